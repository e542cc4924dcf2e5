import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { visitorPart } from './cues.ts';
import type { Demo } from './demo.ts';
import { type ChatEvent, readEvents, textOf } from './page/reading.ts';
import { scenarioByName } from './scenarios/index.ts';
import type { Action, Transport } from './script.ts';

/** What a visitor read and wrote, as its own side of the wire saw it. */
export interface Visit {
  readonly chatId: string;
  readonly events: readonly ChatEvent[];
  /** Whole bodies, frames, or stream data, in order. */
  readonly heard: readonly string[];
  readonly said: readonly string[];
}

/** One transport, seen from Node. `heard` is called with each body, frame or stream event's data. */
interface Line {
  readonly chatId: string;
  send(body: string): Promise<void>;
  close(): void;
}

type Heard = (text: string) => void;

export const API_HEADERS = {
  Authorization: 'MOBILE-API-140-327-PLAIN appId="demo-shop", clientId="node"',
  'Content-Type': 'application/json; charset=UTF-8',
};

/** Plays the visitor's part of a scenario from Node, for tests; resolves when everything has been read. */
export async function visit(demo: Demo, name: string, transport: Transport): Promise<Visit> {
  const scenario = scenarioByName(name);
  if (scenario === undefined) throw new Error(`There is no scenario "${name}"`);
  const { cues, total } = visitorPart(scenario, transport);
  const heard: string[] = [];
  const said: string[] = [];
  const events: ChatEvent[] = [];
  let notice = () => {};
  const until = async (count: number) => {
    while (events.length < count) await new Promise<void>((resolve) => (notice = resolve));
  };
  const line = await LINES[transport](
    demo,
    name,
    (text) => {
      heard.push(text);
      events.push(...readEvents(text));
      notice();
    },
    () => events.length < total,
  );
  for (const { after, action } of cues) {
    await until(after);
    const body = await bodyOf(action, events, demo);
    if (body === null) continue;
    said.push(body);
    await line.send(body);
  }
  await until(total);
  line.close();
  return { chatId: line.chatId, events, heard, said };
}

async function bodyOf(action: Action, events: readonly ChatEvent[], demo: Demo): Promise<string | null> {
  const last = (name: string) => events.findLast(({ event }) => event === name);
  const marked = (event: ChatEvent) =>
    event.ref_msg_id === '@last'
      ? { ...event, ref_msg_id: textOf(last('chat_session_message') ?? { event: '' }, 'msg_id') }
      : event;
  const envelope = (event: object) => JSON.stringify({ events: [event] });
  switch (action.do) {
    case 'send':
      return JSON.stringify({ events: action.events.map(marked) });
    case 'post':
      return action.body;
    case 'answer-form': {
      const form_request_id = textOf(last('chat_session_form_show') ?? { event: '' }, 'form_request_id');
      return envelope({ event: 'chat_session_form_data', form_request_id, form_name: '', data: action.data });
    }
    case 'signal':
      return envelope({ event: 'chat_session_signaling', msg_id: '1', data: action.data });
    case 'upload': {
      const form = new FormData();
      form.append('file', new File([action.content], action.name, { type: action.type }));
      const { Authorization } = API_HEADERS;
      const url = `${origin(demo)}/clientweb/api/v1/files?tenantUrl=shop.example`;
      const answer = await fetch(url, { method: 'POST', headers: { Authorization }, body: form });
      const { file_id } = await answer.json();
      return envelope({ event: 'chat_session_file', file_id, file_type: 'attachment', msg_id: '1' });
    }
    default:
      return null;
  }
}

const LINES: Readonly<
  Record<Transport, (demo: Demo, scenario: string, heard: Heard, more: () => boolean) => Promise<Line>>
> = {
  async xhr(demo, scenario, heard, more) {
    const api = (path: string) => `${origin(demo)}/clientweb/api/v1/${path}?tenantUrl=shop.example`;
    const opened = await fetch(api('chats'), {
      method: 'POST',
      headers: API_HEADERS,
      body: JSON.stringify({ parameters: { scenario, auto: '1' } }),
    });
    const { chat_id: chatId } = await opened.json();
    keepPolling(api(`chats/${chatId}/events`), heard, more);
    return {
      chatId,
      async send(body) {
        const answer = await fetch(api(`chats/${chatId}/events`), {
          method: 'POST',
          headers: API_HEADERS,
          body,
        });
        heard(await answer.text());
      },
      close() {},
    };
  },
  async fetch(demo, scenario, heard, more) {
    const chatId = randomUUID();
    let polling = false;
    return {
      chatId,
      async send(body) {
        await sendByRelay(demo, chatId, scenario, body);
        if (!polling) keepPolling(`${origin(demo)}/relay/poll?chat=${chatId}`, heard, more);
        polling = true;
      },
      close() {},
    };
  },
  async ws(demo, scenario, heard) {
    const chatId = randomUUID();
    const socket = new WebSocket(
      `${origin(demo).replace('http', 'ws')}/rt?chat=${chatId}&scenario=${scenario}&auto=1`,
    );
    socket.on('message', (data) => heard(data.toString()));
    await once(socket, 'open');
    return {
      chatId,
      send: (body) => new Promise((resolve) => socket.send(body, () => resolve())),
      close: () => socket.close(1000),
    };
  },
  async sse(demo, scenario, heard) {
    const chatId = randomUUID();
    const closing = new AbortController();
    const url = `${origin(demo)}/stream?chat=${chatId}&scenario=${scenario}&auto=1`;
    const answer = await fetch(url, { signal: closing.signal });
    readStream(answer, heard).catch(() => {});
    return {
      chatId,
      send: (body) => sendByRelay(demo, chatId, scenario, body),
      close: () => closing.abort(),
    };
  },
};

function origin(demo: Demo): string {
  return demo.url.slice(0, -1);
}

async function keepPolling(url: string, heard: Heard, more: () => boolean): Promise<void> {
  while (more()) {
    const answer = await fetch(url, { headers: API_HEADERS }).catch(() => null);
    if (answer === null || answer.status === 404) return;
    const text = await answer.text().catch(() => null);
    if (text !== null) heard(text);
  }
}

async function sendByRelay(demo: Demo, chatId: string, scenario: string, body: string): Promise<void> {
  const url = `${origin(demo)}/relay/send?chat=${chatId}&scenario=${scenario}&auto=1`;
  await (await fetch(url, { method: 'POST', body })).text();
}

/** Reads an event stream as an EventSource would: the data of each event. */
async function readStream(answer: Response, heard: Heard): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of answer.body ?? []) {
    rest += decoder.decode(bytes, { stream: true });
    const records = rest.split('\n\n');
    rest = records.pop() ?? '';
    for (const record of records) {
      const data = record.split('\n').filter((line) => line.startsWith('data: '));
      // A block without data is no event.
      if (data.length > 0) heard(data.map((line) => line.slice('data: '.length)).join('\n'));
    }
  }
}

/**
 * What a hostile page can make many of, one generator a kind: `make(n)` gives the observations of a trace that has `n` of
 * them. What they cost must grow with their number and not with its square.
 */
import type { Observation } from '../../../src/observation/observation.ts';
import { pollUrl, text, uuid, Wire } from './wire.ts';

export interface Shape {
  readonly what: string;
  make(n: number): readonly Observation[];
}

const CHAT = uuid(0);
const STATES = ['queued', 'connecting', 'connected', 'ivr'];

const message = (at: number, more: object = {}) => ({
  event: 'chat_session_message',
  msg: `message ${at}`,
  msg_id: `m${at}`,
  party_id: uuid(1),
  timestamp: '1790000000',
  ...more,
});
const status = (at: number) => ({
  event: 'chat_session_status',
  state: STATES[at % STATES.length],
  ewt: '1',
});

/** Calls `each` for 0 … n-1 on a fresh wire. */
function shape(what: string, each: (wire: Wire, at: number, n: number) => void, first?: Begin): Shape {
  return {
    what,
    make(n) {
      const wire = new Wire();
      wire.inDocument('document-0');
      first?.(wire, n);
      for (let at = 0; at < n; at += 1) each(wire, at, n);
      return wire.observations;
    },
  };
}

type Begin = (wire: Wire, n: number) => void;

/** All of the trace is one thing that holds `n` of something. */
const whole = (what: string, begin: Begin): Shape => shape(what, () => undefined, begin);

const list = <Item>(n: number, item: (at: number) => Item): Item[] =>
  Array.from({ length: n }, (_, at) => item(at));

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');

export const shapes: readonly Shape[] = [
  whole('findings in one body: elements that are no events', (wire, n) =>
    wire.answer(wire.request('GET', pollUrl(CHAT)), JSON.stringify({ events: list(n, (at) => at) })),
  ),
  whole('findings in one body: events with a fault each', (wire, n) =>
    wire.poll(
      CHAT,
      list(n, (at) => ({ ...message(at), timestamp: 'yesterday' })),
    ),
  ),
  whole('events in one binary message', (wire, n) => {
    const payload = {
      encoding: 'base64',
      data: base64(list(n, (at) => message(at))),
      size: n,
      truncated: false,
    } as const;
    wire.add({ kind: 'frame', of: wire.socket(), direction: 'in', payload });
  }),
  whole('unknown keys of one event', (wire, n) => {
    wire.poll(CHAT, [{ ...message(0), ...Object.fromEntries(list(n, (at) => [`key ${at}`, at])) }]);
  }),
  whole('unknown keys beside the events of a body', (wire, n) => {
    const body = { events: [message(0)], ...Object.fromEntries(list(n, (at) => [`key ${at}`, at])) };
    wire.answer(wire.request('GET', pollUrl(CHAT)), JSON.stringify(body));
  }),
  whole('a key `events` again and again', (wire, n) => {
    const key = `"events":[${JSON.stringify(message(0))}]`;
    wire.answer(wire.request('GET', pollUrl(CHAT)), `{${list(n, () => key).join(',')}}`);
  }),
  whole('one array inside another', (wire, n) => {
    wire.answer(
      wire.request('GET', pollUrl(CHAT)),
      `{"events":[{"event":"x","data":${'['.repeat(n)}${']'.repeat(n)}}]}`,
    );
  }),
  whole('brackets that nothing closes', (wire, n) =>
    wire.answer(wire.request('GET', pollUrl(CHAT)), `{"events":${'['.repeat(n)}`),
  ),
  whole('events that are nested too deeply', (wire, n) => {
    const deep = `{"event":"chat_session_message","data":${'['.repeat(300)}${']'.repeat(300)}}`;
    wire.answer(
      wire.request('GET', pollUrl(CHAT)),
      `{"events":[${list(Math.ceil(n / 10), () => deep).join(',')}]}`,
    );
  }),
  whole('backslashes and quotes', (wire, n) =>
    wire.answer(
      wire.request('GET', pollUrl(CHAT)),
      JSON.stringify({ events: [message(0, { msg: '\\"'.repeat(n) })] }),
    ),
  ),
  whole('members of one list', (wire, n) => {
    const documents = list(n, (at) => ({ at }));
    wire.poll(CHAT, [
      { event: 'chat_session_form_show', form_request_id: '1', form_fields: documents, elements: documents },
    ]);
  }),
  shape('sessions, by their chat ids', (wire, at) => wire.poll(uuid(at), [message(at)])),
  shape('sessions, a connection each', (wire, at) => {
    wire.frameIn(wire.socket(`wss://relay.example/${at}`), { ...message(at), party_id: uuid(at) });
  }),
  shape('sessions that no answer makes known', (wire, at) => {
    wire.request('POST', pollUrl(uuid(at)), '{"events":[]}');
  }),
  shape('sessions × gaps', (wire, at) => {
    wire.poll(uuid(at), [status(at)]);
    const { seq } = wire;
    wire.add({ kind: 'gap', from: seq + 1, to: seq + 1, count: 1, reason: 'ring' });
  }),
  shape('gaps', (wire) => {
    const { seq } = wire;
    wire.add({ kind: 'gap', from: seq + 1, to: seq + 1, count: 1, reason: 'ring' });
  }),
  shape('documents', (wire, at) => wire.inDocument(`document-${at + 1}`, at)),
  shape('documents that are gone, with a poll each', (wire, at) => {
    wire.inDocument(`document-${at + 1}`, at);
    wire.request('GET', pollUrl(uuid(at)));
    wire.add({ kind: 'document', phase: 'gone', url: 'https://page.example/', top: false, origin: null });
  }),
  shape('polls of one chat × documents that are gone', (wire, at) => {
    wire.inDocument(`document-${at + 1}`, at % 7);
    wire.request('GET', pollUrl(CHAT));
    if (at % 2 === 0)
      wire.add({ kind: 'document', phase: 'gone', url: 'https://page.example/', top: false, origin: null });
  }),
  shape('polls in flight', (wire) => {
    wire.request('GET', pollUrl(CHAT));
  }),
  shape('ranges of seq', (wire, at) => {
    wire.seq = at * 1024;
    wire.poll(CHAT, [message(at)]);
  }),
  shape('seq downwards', (wire, at, n) => {
    wire.seq = 4 * (n - at);
    wire.poll(CHAT, [message(at)]);
  }),
  shape('parties', (wire, at) => {
    const party = {
      event: 'chat_session_party_joined',
      party_id: uuid(at),
      display_name: `Party ${at}`,
      type: 'internal',
    };
    wire.poll(CHAT, [party, message(at, { party_id: uuid(at) })]);
  }),
  shape('parties that type', (wire, at) => {
    wire.poll(CHAT, [{ event: 'chat_session_typing', party_id: uuid(at), timestamp: '1790000000' }]);
  }),
  shape('forms', (wire, at) => {
    const form = {
      event: 'chat_session_form_show',
      form_request_id: String(at),
      form_timeout: String(at),
      form_name: 'f',
    };
    wire.poll(CHAT, [form]);
  }),
  shape('forms that are answered before they are shown', (wire, at) => {
    const data = { event: 'chat_session_form_data', form_request_id: String(at), data: {} };
    wire.answer(wire.request('POST', pollUrl(CHAT), JSON.stringify({ events: [data] })), '');
  }),
  shape('steps of a session', (wire, at) => wire.poll(CHAT, [status(at)])),
  shape('messages with ids downwards', (wire, at, n) =>
    wire.poll(CHAT, [message(at, { msg_id: String(n - at) })]),
  ),
  shape('messages of one id', (wire, at) => wire.poll(CHAT, [message(at, { msg_id: 'same' })])),
  shape('marks of one message', (wire, at) => {
    const mark = { event: 'chat_session_message_read', ref_msg_id: 'm0', party_id: uuid(1) };
    wire.poll(CHAT, [at === 0 ? message(0) : mark]);
  }),
  shape('one message again and again', (wire) => wire.poll(CHAT, [message(0)])),
  shape('names of events', (wire, at) => wire.poll(CHAT, [{ ...message(at), event: `chat_session_${at}` }])),
  shape('long names of events', (wire, at) => {
    wire.poll(CHAT, [{ event: `chat_session_${'x'.repeat(200)}${at}`, party_id: `${'p'.repeat(200)}${at}` }]);
  }),
  whole('one long name', (wire, n) => wire.poll(CHAT, [{ event: `chat_session_${'x'.repeat(10 * n)}` }])),
  shape('page errors', (wire) => {
    wire.add({ kind: 'page-error', message: 'no', url: '', line: 1, column: 1, during: 1 });
  }),
  shape('notes of a person', (wire) => {
    wire.add({ kind: 'annotation', of: 1, text: 'see here' });
  }),
  whole('headers of one request and its answer', (wire, n) => {
    const headers = list(n, (at) => [`x-${at}`, 'v'] as const);
    const request = {
      kind: 'request',
      transport: 'fetch',
      method: 'GET',
      url: pollUrl(CHAT),
      body: null,
    } as const;
    const of = wire.add({ ...request, headers });
    wire.add({ kind: 'response', of, status: 200, statusText: '', headers, url: '' });
    wire.add({ kind: 'body', of, role: 'answer', payload: text('{"events":[]}') });
  }),
  shape('frames whose bytes come late, in their order', (wire, at, n) => late(wire, at, n, (turn) => turn)),
  shape('frames whose bytes come late, the last one first', (wire, at, n) =>
    late(wire, at, n, (turn) => n - 1 - turn),
  ),
  shape('sockets that wait for late bytes × gaps', (wire) => {
    wire.add({
      kind: 'frame',
      of: wire.socket(),
      direction: 'in',
      payload: { ...text(''), encoding: 'later' },
    });
    const { seq } = wire;
    if (seq % 2 === 0) wire.inDocument(`document-${seq}`);
    wire.add({ kind: 'document', phase: 'gone', url: 'https://page.example/', top: false, origin: null });
  }),
  shape('sockets', (wire, at) => {
    const of = wire.socket(`wss://relay.example/${at}`);
    wire.frameIn(of, message(at));
    wire.add({ kind: 'socket-close', of, code: 1006, reason: '', clean: false });
  }),
  shape('sockets that turn out to be one chat, the last one first', (wire, at, n) => {
    if (at < n / 2) wire.frameIn(wire.socket(`wss://relay.example/${at}`), status(at));
    else wire.frameIn(2 * (n - 1 - at) + 1, { ...message(at), chat_id: CHAT });
  }),
  shape('sockets that turn out to be one chat, each with forms and parties', (wire, at) => {
    const of = wire.socket(`wss://relay.example/${at}`);
    wire.frameIn(of, { event: 'chat_session_form_show', form_request_id: String(at) });
    wire.frameIn(of, { event: 'chat_session_party_joined', party_id: uuid(at), type: 'internal' });
    wire.frameIn(of, { ...message(at), chat_id: CHAT });
  }),
  shape('chats that a relay begins on one path', (wire, at) => {
    wire.answer(
      wire.request('POST', 'https://relay.example/ask'),
      JSON.stringify({ chat_id: uuid(at), state: 'queued' }),
    );
  }),
  shape('chats that a relay begins on other paths', (wire, at) => {
    wire.answer(wire.request('POST', `https://relay.example/${at}`), JSON.stringify([message(at)]));
    wire.answer(
      wire.request('POST', 'https://relay.example/ask'),
      JSON.stringify({ chat_id: uuid(at), state: 'queued' }),
    );
  }),
  shape('paths of a relay', (wire, at) => {
    wire.answer(wire.request('POST', `https://relay${at}.example/${at}`), JSON.stringify([message(at)]));
  }),
  shape('events of one stream', (wire, at) => {
    const of = at === 0 ? stream(wire, 'text/event-stream') : streamOf;
    wire.add({ kind: 'chunk', of, payload: text(`data: ${JSON.stringify(message(at))}\n\n`) });
  }),
  whole('a stream in chunks of one byte', (wire, n) => {
    const of = stream(wire, 'text/event-stream');
    const events = list(Math.ceil(n / 100), (at) => `data: ${JSON.stringify(message(at))}\n\n`).join('');
    for (const byte of events.slice(0, n)) wire.add({ kind: 'chunk', of, payload: text(byte) });
  }),
  whole('an answer in chunks of one byte', (wire, n) => {
    const of = stream(wire, 'application/json');
    const events = JSON.stringify({ events: list(Math.ceil(n / 100), (at) => message(at)) });
    for (const byte of events) wire.add({ kind: 'chunk', of, payload: text(byte) });
    wire.add({ kind: 'end', of });
  }),
  whole('events of one stream, each in several lines', (wire, n) => {
    const of = stream(wire, 'text/event-stream');
    const events = list(n, (at) => `data: {"event":"chat_session_message",\ndata: "msg":"${at}"}\n\n`).join(
      '',
    );
    wire.add({ kind: 'body', of, role: 'answer', payload: text(events) });
  }),
  whole('lines without end in one message of a stream', (wire, n) => {
    wire.add({ kind: 'chunk', of: stream(wire, 'text/event-stream'), payload: text('data: 1\n'.repeat(n)) });
  }),
  whole('line ends', (wire, n) => {
    wire.add({ kind: 'chunk', of: stream(wire, 'text/event-stream'), payload: text('\n'.repeat(n)) });
  }),
  whole('lines of NDJSON', (wire, n) => {
    const lines = list(n, (at) => `${JSON.stringify(message(at))}\n`).join('');
    wire.add({
      kind: 'body',
      of: stream(wire, 'application/x-ndjson'),
      role: 'answer',
      payload: text(lines),
    });
  }),
  shape('answers that say no', (wire, at) => {
    wire.answer(
      wire.request('GET', pollUrl(CHAT)),
      JSON.stringify({ error_code: '5005', error_message: String(at) }),
      404,
    );
  }),
  shape('requests that say who they are in other words each', (wire, at) => {
    const headers = [['authorization', `MOBILE-API-140-327-PLAIN appId="${at}"`]] as const;
    wire.add({ kind: 'request', transport: 'fetch', method: 'GET', url: pollUrl(CHAT), headers, body: null });
  }),
];

/** The stream that the events of a shape are of: the wire's first request. */
const streamOf = 1;

function stream(wire: Wire, type: string): number {
  const of = wire.request('GET', 'https://relay.example/stream');
  wire.head(of, 200, type);
  return of;
}

/** The first turn makes all frames; each turn, in the order given, brings the bytes of one. */
function late(wire: Wire, at: number, n: number, order: (turn: number) => number): void {
  if (at === 0) {
    const of = wire.socket();
    for (let frame = 0; frame < n; frame += 1) {
      wire.now -= 5;
      wire.add({ kind: 'frame', of, direction: 'in', payload: { ...text(''), encoding: 'later' } });
    }
  }
  wire.now -= 5;
  wire.add({ kind: 'body', of: 2 + order(at), role: 'frame', payload: text(JSON.stringify(message(at))) });
}

/** A session as a test of Playwright: `page.route` for requests, `page.routeWebSocket` for sockets. */
import { quoted } from './code-text.ts';
import { byPrecision, endpointEntry, list, socketEntry, streamEntry } from './data-code.ts';
import { checkConstants, RECORDING_CLASS } from './recording-code.ts';
import type { ScriptAnswer, ScriptBytes, ScriptStream, SessionScript } from './script.ts';
import {
  answerData,
  type CodeOptions,
  constant,
  contentOf,
  cueOf,
  FITS,
  head,
  type Pace,
  STEPS_CLASS,
  serverConstants,
  serversOf,
  stepConstants,
} from './script-code.ts';

export function* writePlaywright(
  script: SessionScript,
  options: CodeOptions,
): Generator<string, void, undefined> {
  const servers = serversOf(script);
  const { pace } = options;
  // A stream that comes all at once is another session than the one that was recorded.
  const checked = script.streams.length === 0;
  yield head(
    script,
    'A test of a chat page',
    [...script.notes, ...limits(script)],
    options,
    checked ? CHECKS : undefined,
  );
  yield IMPORTS;
  yield `/** The page with the chat. */\nconst PAGE = ${quoted(script.page ?? 'http://localhost/')};\n\n`;
  yield serverConstants(servers);
  yield stepConstants(script, false);
  yield '/** What others said: it stands on the page in the end. Take out what your page shows in another way. */\n';
  yield `const HEARD: string[] = ${constant(script.heard)};\n\n`;
  yield checkConstants(options.known, options.wrappers);
  yield `${TEST}${checked ? CHECK : KEEP}});\n\n`;
  yield* list('One queue of answers for each kind of request.', 'ENDPOINTS: Endpoint[]', [
    ...byPrecision(script.endpoints).map((endpoint) => {
      const answers = endpoint.answers.map((answer) => ({ ...answerData(answer, pace), ...content(answer) }));
      return endpointEntry(endpoint, servers, answers);
    }),
    ...script.streams.map((stream) => streamEntry(stream, servers, STREAM, {}, streamAnswer(stream, pace))),
  ]);
  yield* list(
    'One after the other, where a page opens several of the same address.',
    'SOCKETS: Socket[]',
    script.sockets.map((socket) => socketEntry(socket, servers, pace)),
  );
  yield `${FITS}\n${STEPS_CLASS}\n${RECORDING_CLASS}\n`;
  yield RUNTIME;
}

const CHECKS = 'its command line, where it is installed, checks what went over the wire at the end';

const IMPORTS = `import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import {
  expect,
  type Page,
  type Request,
  type Route,
  type TestInfo,
  test,
  type WebSocketRoute,
} from '@playwright/test';

`;

const STREAM =
  'An event stream. Playwright gives it whole and at once, and then it breaks off; it is not asked for again for a day.';

function content({ pieces }: ScriptAnswer): object {
  const [first, ...others] = pieces;
  if (first === undefined) return {};
  if (others.length === 0) return contentOf(first);
  const text = pieces.every(({ encoding }) => encoding === 'text');
  return text ? { text: pieces.map(({ data }) => data).join('') } : contentOf(joined(pieces));
}

function joined(pieces: readonly ScriptBytes[]): ScriptBytes {
  const binary = pieces
    .map(({ encoding, data }) => (encoding === 'base64' ? atob(data) : utf8(data)))
    .join('');
  return { encoding: 'base64', data: btoa(binary) };
}

function utf8(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}

function streamAnswer({ events }: ScriptStream, pace: Pace): object {
  const text = `retry: 86400000\n\n${events.map(streamText).join('')}`;
  const cue = cueOf({ after: 0, wait: events[0]?.wait ?? 0 }, pace);
  return { ...cue, status: 200, headers: { 'content-type': 'text/event-stream' }, text };
}

/** An event as it stands in a stream. */
export function streamText({ event, id, data }: ScriptStream['events'][number]): string {
  const line = (text: string) => text.replace(/[\r\n]+/g, ' ');
  const name = event === '' || event === 'message' ? '' : `event: ${line(event)}\n`;
  const place = id === '' ? '' : `id: ${line(id)}\n`;
  const lines = data.split(/\r\n|\r|\n/).map((each) => `data: ${each}\n`);
  return `${name}${place}${lines.join('')}\n`;
}

function limits({ streams, endpoints }: SessionScript): readonly string[] {
  const pieces = endpoints.some(({ answers }) => answers.some((answer) => answer.pieces.length > 1));
  return [
    ...(streams.length > 0
      ? [
          'Playwright cannot give an event stream piece by piece: its events come all at once, before the steps between them. So what went over the wire is not checked.',
        ]
      : []),
    ...(pieces
      ? ['Playwright cannot give an answer piece by piece: those that were read so come whole.']
      : []),
  ];
}

const TEST = `test.use({ serviceWorkers: 'block' });

test('the chat goes as it was recorded', async ({ page }) => {
  const chat = await serveChat(page);
  await page.goto(PAGE);
  // Where your page waits for a visitor, let one act here, such as:
  // await page.getByRole('button', { name: 'Start' }).click();
  await expect.poll(() => chat.sent, { message: 'what the page sends', timeout: 20_000 }).toEqual(STEPS);
  for (const text of HEARD) {
    await expect.poll(() => isShown(page, text), { message: \`the page shows: \${text}\` }).toBe(true);
  }
  expect(chat.sent).toEqual(STEPS);
  expect(chat.unexpected).toEqual([]);
`;

const CHECK = `  // What the page and the servers said is checked as the recorded session was.
  expect(await chat.recording.check(test.info()), 'what the recorded session had not').toEqual([]);
`;

const KEEP = `  await chat.recording.keep(test.info());
`;

const RUNTIME = `/** What a server says: once the first \`after\` steps are made, and \`wait\` milliseconds later. */
interface Said {
  after: number;
  wait?: number;
  json?: unknown;
  text?: string;
  base64?: string;
  /** Of \`json\`: in a binary message. */
  binary?: boolean;
}

interface Answer extends Said {
  /** 0 fails the request. */
  status: number;
  headers?: Record<string, string>;
}

interface Endpoint extends Address {
  method: string;
  /** What a request of it is called as a step. */
  step?: string;
  /** Of polls, how many are open at once. */
  held?: number;
  answers: Answer[];
}

interface Socket extends Address {
  messages: Said[];
  close?: { after: number; wait?: number; code: number; reason: string };
}

/** \`sent\`: the page's steps so far. \`unexpected\`: what it should not have done. */
interface Chat {
  readonly sent: string[];
  readonly unexpected: string[];
  readonly recording: Recording;
}

/** Answers the page in the servers' place. */
async function serveChat(page: Page): Promise<Chat> {
  const steps = new Steps();
  const recording = new Recording();
  const unexpected: string[] = [];
  const open = new Map<Request, Endpoint>();
  page.on('requestfailed', (request) => open.delete(request));
  const queues = new Map(ENDPOINTS.map((endpoint) => [endpoint, [...endpoint.answers]]));
  await page.route(
    (url) => ENDPOINTS.some((endpoint) => fits(url.href, endpoint)),
    async (route) => {
      const request = route.request();
      const started = Date.now();
      const endpoint = ENDPOINTS.find(
        (each) => each.method === request.method() && fits(request.url(), each),
      );
      if (!endpoint) return route.fallback();
      const queue = queues.get(endpoint) ?? [];
      if (endpoint.held !== undefined) {
        open.set(request, endpoint);
        const beside = [...open.values()].filter((each) => each === endpoint).length;
        if (beside > endpoint.held)
          unexpected.push(\`\${beside} polls at once: \${endpoint.method} \${endpoint.url}\`);
      }
      steps.take(request.postDataBuffer()?.toString('latin1') ?? '', endpoint.step);
      const answer = queue.length > 1 || endpoint.held !== undefined ? queue.shift() : queue[0];
      // A poll for which nothing was recorded is held.
      if (!answer) return;
      if (endpoint.held !== undefined) await steps.before(answer);
      open.delete(request);
      // The page may have given it up, or be gone.
      recording.request(request, started, answer);
      await give(route, answer).catch(() => {});
    },
  );
  const sockets = [...SOCKETS];
  await page.routeWebSocket(
    (url) => SOCKETS.some((socket) => fits(url.href, socket)),
    (socket) => {
      const at = sockets.findIndex((each) => fits(socket.url(), each));
      const [recorded] = at < 0 ? [] : sockets.splice(at, 1);
      const note = recording.socket(socket.url());
      socket.onMessage((message) => {
        note('send', message);
        steps.take(typeof message === 'string' ? message : message.toString('latin1'));
      });
      // A connection more than was recorded stays open and silent.
      if (recorded) talk(socket, recorded, steps, note).catch(() => {});
    },
  );
  return { sent: steps.sent, unexpected, recording };
}

async function give(route: Route, answer: Answer): Promise<void> {
  if (answer.status === 0) return route.abort();
  const { status, headers = {} } = answer;
  await route.fulfill({ status, headers, body: bytesOf(answer) });
}

async function talk(
  socket: WebSocketRoute,
  { messages, close }: Socket,
  steps: Steps,
  note: (type: 'receive', message: string | Buffer) => void,
): Promise<void> {
  for (const message of messages) {
    await steps.before(message);
    note('receive', bytesOf(message));
    socket.send(bytesOf(message));
  }
  if (!close) return;
  await steps.before(close);
  await socket.close({ code: close.code, reason: close.reason });
}

function bytesOf({ json, text = '', base64, binary }: Said): string | Buffer {
  if (base64 !== undefined) return Buffer.from(base64, 'base64');
  if (json === undefined) return text;
  return binary ? Buffer.from(JSON.stringify(json)) : JSON.stringify(json);
}

/** Whether a text stands somewhere on the page or in one of its frames. */
async function isShown(page: Page, text: string): Promise<boolean> {
  const one = (all: string) => all.replace(/\\s+/g, ' ').trim();
  for (const frame of page.frames()) {
    const body = frame.locator('body');
    const shown = await body.textContent().catch(() => '');
    if (one(shown ?? '').includes(one(text))) return true;
    // Also in shadow trees.
    const found = await frame.getByText(text).count();
    if (found > 0) return true;
  }
  return false;
}
`;

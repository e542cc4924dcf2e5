/** A session as handlers of MSW, for the browser and for Node: `http`, and `ws` for sockets. */
import { byPrecision, endpointEntry, list, socketEntry, streamEntry } from './data-code.ts';
import { streamText } from './playwright.ts';
import type { ScriptAnswer, ScriptStream, SessionScript } from './script.ts';
import {
  answerData,
  type CodeOptions,
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

export function* writeMsw(script: SessionScript, options: CodeOptions): Generator<string, void, undefined> {
  const servers = serversOf(script);
  const { pace } = options;
  const sockets = script.sockets.length > 0;
  yield head(
    script,
    'The servers of a chat, as handlers of MSW 2.15 or 3',
    [...script.notes, ...LIMITS],
    options,
  );
  yield `import { ${sockets ? 'http, HttpResponse, ws' : 'http, HttpResponse'} } from 'msw';\n\n`;
  yield serverConstants(servers);
  yield stepConstants(script, true);
  yield* list('One queue of answers for each kind of request.', 'ENDPOINTS: Endpoint[]', [
    ...byPrecision(script.endpoints).map((endpoint) => {
      const answers = endpoint.answers.map((answer) => ({
        ...answerData(answer, pace),
        ...content(answer, pace),
      }));
      return endpointEntry(endpoint, servers, answers);
    }),
    ...script.streams.map((stream) =>
      streamEntry(stream, servers, STREAM, { staysOpen: true }, streamAnswer(stream, pace)),
    ),
  ]);
  if (sockets)
    yield* list(
      'One after the other, where a page opens several of the same address.',
      'SOCKETS: Socket[]',
      script.sockets.map((socket) => socketEntry(socket, servers, pace)),
    );
  yield `${FITS}\n${STEPS_CLASS}\n`;
  yield runtime(sockets);
}

function content({ pieces }: ScriptAnswer, pace: Pace): object {
  if (pieces.length === 0) return {};
  return { pieces: pieces.map((piece) => ({ ...cueOf(piece, pace), ...contentOf(piece) })) };
}

const STREAM = 'An event stream: its events come as their turn is, and it stays open.';

function streamAnswer({ events }: ScriptStream, pace: Pace): object {
  // A browser says that a stream is open when its first bytes have come.
  const open = { after: 0, text: ': open\n\n' };
  const said = events.map((event) => ({ ...cueOf(event, pace), text: streamText(event) }));
  const headers = { 'content-type': 'text/event-stream' };
  return { after: 0, status: 200, headers, pieces: [open, ...said] };
}

const LIMITS = [
  "In a browser MSW's worker answers the pages of its own origin: what frames of another origin and workers ask for, it does not see. Give those pages the handlers as well.",
];

function runtime(sockets: boolean): string {
  return `/** What a server says: once the first \`after\` steps are made, and \`wait\` milliseconds later. */
interface Said {
  after: number;
  wait?: number;
  json?: unknown;
  text?: string;
  base64?: string;
  /** Of \`json\`: in a binary message. */
  binary?: boolean;
}

interface Answer {
  after: number;
  wait?: number;
  /** 0 fails the request. */
  status: number;
  headers?: Record<string, string>;
  /** One, or several where the page reads the answer while it comes. */
  pieces?: Said[];
}

interface Endpoint extends Address {
  method: string;
  /** What a request of it is called as a step. */
  step?: string;
  /** Of polls, how many are open at once. */
  held?: number;
  /** A stream that does not end. */
  staysOpen?: boolean;
  answers: Answer[];
}
${
  sockets
    ? `
interface Socket extends Address {
  messages: Said[];
  close?: { after: number; wait?: number; code: number; reason: string };
}
`
    : ''
}
const steps = new Steps();

/** The steps that the page has made so far, in order. */
export const sent: readonly string[] = steps.sent;
/** What the page should not have done. */
export const unexpected: string[] = [];

const queues = new Map(ENDPOINTS.map((endpoint) => [endpoint, [...endpoint.answers]]));
const open = new Map<Endpoint, number>();

export const handlers = [
  ...ENDPOINTS.map((endpoint) =>
    http.all(
      ({ request }) => request.method === endpoint.method && fits(request.url, endpoint),
      ({ request }) => answered(request, endpoint),
    ),
  ),
${sockets ? SOCKET_HANDLERS : ''}];

async function answered(request: Request, endpoint: Endpoint): Promise<Response> {
  const { held, step, method, url } = endpoint;
  const queue = queues.get(endpoint) ?? [];
  if (held !== undefined) {
    const beside = (open.get(endpoint) ?? 0) + 1;
    open.set(endpoint, beside);
    if (beside > held) unexpected.push(\`\${beside} polls at once: \${method} \${url}\`);
    request.signal.addEventListener('abort', () => open.set(endpoint, beside - 1));
  }
  steps.take(latin1(await request.clone().arrayBuffer()), step);
  const answer = queue.length > 1 || held !== undefined ? queue.shift() : queue[0];
  // A poll for which nothing was recorded is held.
  if (answer === undefined) return new Promise<never>(() => {});
  if (held !== undefined) {
    await steps.before(answer);
    open.set(endpoint, (open.get(endpoint) ?? 1) - 1);
  }
  const { status, headers = {}, pieces = [] } = answer;
  if (status === 0) return HttpResponse.error();
  const hasBody = ![101, 204, 205, 304].includes(status);
  return new HttpResponse(hasBody ? bodyOf(pieces, endpoint.staysOpen === true) : null, { status, headers });
}

function bodyOf(pieces: Said[], staysOpen: boolean): ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> {
  const [first, ...others] = pieces;
  if (others.length === 0 && !staysOpen) return first === undefined ? new Uint8Array() : bytesOf(first);
  return new ReadableStream({
    async start(stream) {
      for (const piece of pieces) {
        await steps.before(piece);
        stream.enqueue(bytesOf(piece));
      }
      if (!staysOpen) stream.close();
    },
  });
}

function textOf({ json, text = '' }: Said): string {
  return json === undefined ? text : JSON.stringify(json);
}

function bytesOf(said: Said): Uint8Array<ArrayBuffer> {
  if (said.base64 === undefined) return new TextEncoder().encode(textOf(said));
  return Uint8Array.from(atob(said.base64), (character) => character.charCodeAt(0));
}

${
  sockets
    ? `function isBinary({ base64, binary }: Said): boolean {
  return base64 !== undefined || binary === true;
}

/** Binary messages, as the page's \`binaryType\` wants them. */
function asAskedFor(client: object, bytes: Uint8Array<ArrayBuffer>): Blob | ArrayBuffer {
  const { socket } = client as { socket?: WebSocket };
  return socket?.binaryType === 'arraybuffer' ? bytes.buffer : new Blob([bytes]);
}

`
    : ''
}function latin1(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
}
`;
}

const SOCKET_HANDLERS = `  ...[...new Set(SOCKETS.map(({ url }) => url))].map((url) =>
    ws
      .link(new RegExp(\`^\${url.replace(/[.+?^\${}()|[\\]\\\\]/g, '\\\\$&').replaceAll('*', '[^/]*')}(?:\\\\?.*)?$\`))
      .addEventListener('connection', async ({ client }) => {
        const at = SOCKETS.findIndex((each) => fits(client.url.href, each));
        const [recorded] = at < 0 ? [] : SOCKETS.splice(at, 1);
        client.addEventListener('message', ({ data }) => {
          if (typeof data === 'string') steps.take(data);
          else void new Response(data as BodyInit).arrayBuffer().then((bytes) => steps.take(latin1(bytes)));
        });
        // A connection more than was recorded stays open and silent.
        if (recorded === undefined) return;
        for (const message of recorded.messages) {
          await steps.before(message);
          client.send(isBinary(message) ? asAskedFor(client, bytesOf(message)) : textOf(message));
        }
        if (recorded.close === undefined) return;
        await steps.before(recorded.close);
        client.close(recorded.close.code, recorded.close.reason);
      }),
  ),
`;

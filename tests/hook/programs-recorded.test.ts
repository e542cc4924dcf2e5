import { afterAll, beforeAll, expect, test } from 'vitest';
import type { InspectedBrowser } from '../../scripts/browser/inspected-browser.ts';
import { launch } from '../../scripts/browser/launch.ts';
import { until } from '../../scripts/browser/until.ts';
import type { Observation, Payload, RequestObservation } from '../../src/observation/observation.ts';
import { BROWSER, exportTrace } from '../e2e/harness/inspection.ts';
import { openPanel, unbroken } from './hooked.ts';
import { runInPage } from './programs/page.ts';
import { PROGRAM_NAMES } from './programs/programs.ts';
import { type HookServer, type ServedConnection, type ServedExchange, startHookServer } from './server.ts';

/** So many programs of each kind; `PROGRAMS=1000` asks for more, `SEED=17` for others. */
const COUNT = Number(process.env.PROGRAMS ?? 30);
const SEED = Number(process.env.SEED ?? 1);

let browser: InspectedBrowser;
let server: HookServer;

beforeAll(async () => {
  server = await startHookServer();
  browser = await launch(BROWSER);
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

test('what random programs asked of a chat server and got from it is in the trace, once and whole', async () => {
  await browser.open(`${server.origin}/page`);
  const panel = await openPanel(browser);
  for (const [which, name] of PROGRAM_NAMES.entries()) {
    if (name === 'eventSourceProgram') continue;
    const seeds = Array.from({ length: COUNT }, (_, at) => SEED + at);
    await runInPage({ browser, server }, which, seeds);
  }
  // Addresses that are objects with a `toString` are seen by DevTools alone, and shown some seconds later.
  let seen: readonly Observation[] = [];
  await until(
    'every exchange of the server',
    async () => {
      seen = (await exportTrace(panel)).observations;
      return compare(seen, server.exchanges).missing.length === 0 && missedConnections(seen).length === 0;
    },
    30_000,
  ).catch(() => undefined); // The comparison says it better.
  expect(compare(seen, server.exchanges).missing).toEqual([]);
  expect(missedConnections(seen)).toEqual([]);
  expect(unbroken(seen)).toBe(true);
  // What never left the browser, or left it for another server, had no answer of this one.
  const { extra } = compare(seen, server.exchanges);
  expect(extra.filter(({ path, answered, doubt }) => answered && !doubt && isAsked(path))).toEqual([]);
});

/** What the trace does not have of the server's exchanges, and what it has beside them. */
function compare(seen: readonly Observation[], exchanges: readonly ServedExchange[]) {
  // Those first of which most is known: one that was given up may be like another that was not.
  const extra = seen
    .flatMap((each) => (each.kind === 'request' ? exchangeIn(seen, each) : []))
    .sort((one, other) => known(other) - known(one));
  const missing = exchanges.filter((exchange) => {
    if (!isAsked(exchange.path) || exchange.method === 'OPTIONS') return false;
    const exact = extra.findIndex((each) => each.body !== null && !each.doubt && agrees(each, exchange));
    const at = exact >= 0 ? exact : extra.findIndex((each) => agrees(each, exchange));
    if (at >= 0) extra.splice(at, 1);
    return at < 0;
  });
  return { missing, extra };
}

/** Connections of the server that the trace does not have, from their first chat message on, in order. */
function missedConnections(seen: readonly Observation[]): readonly ServedConnection[] {
  const recorded = seen.flatMap((each) =>
    each.kind === 'socket-open' && each.phase === 'connecting' ? connectionIn(seen, each) : [],
  );
  return server.connections.filter((connection) => {
    // Its path says nothing of chat: what was sent does.
    if (!connection.heard.some((text) => text.includes('chat_session_message'))) return false;
    const at = recorded.findIndex(
      ({ path, sent, received }) =>
        path === connection.path &&
        isBeginning([...sent].reverse(), [...connection.heard].reverse()) &&
        received.every((text) => text === null || connection.sent.includes(text)),
    );
    if (at >= 0) recorded.splice(at, 1);
    return at < 0;
  });
}

function connectionIn(all: readonly Observation[], opened: Observation) {
  const own = all.filter(({ documentId }) => documentId === opened.documentId);
  const frames = own
    .filter((each) => each.kind === 'frame')
    .filter(({ of, dropped }) => of === opened.seq && dropped !== true);
  const texts = (direction: 'in' | 'out') =>
    frames.filter((frame) => frame.direction === direction).map((frame) => textOf(bytesOf(own, frame)));
  const { pathname, search } = new URL('url' in opened ? opened.url : '');
  return { path: pathname + search, sent: texts('out'), received: texts('in') };
}

/** The payload of a frame or of a body, which may have come later. */
function bytesOf(own: readonly Observation[], part: Observation & { readonly payload: Payload }): Payload {
  const later = own.find((each) => each.kind === 'body' && each.of === part.seq);
  return part.payload.encoding === 'later' && later?.kind === 'body' ? later.payload : part.payload;
}

/** Texts that were not captured may be any. */
function isBeginning(some: readonly (string | null)[], whole: readonly string[]): boolean {
  return some.length <= whole.length && some.every((text, at) => text === null || text === whole[at]);
}

function known({ doubt, whole, answered, body, answer }: RecordedExchange): number {
  return [whole, answered, body !== null, answer !== null].filter(Boolean).length - (doubt ? 5 : 0);
}

/** The leg of a redirection that the page did not ask for by itself is in the trace with the leg before. */
function isAsked(path: string): boolean {
  return path.startsWith('/clientweb/') && !path.includes('/chats/2/');
}

interface RecordedExchange {
  /** Said to be perhaps the same as another. */
  readonly doubt: boolean;
  readonly method: string;
  readonly path: string;
  readonly body: string | null;
  readonly answered: boolean;
  /** Whether the page got all of it. */
  readonly whole: boolean;
  /** Null where it was not captured. */
  readonly answer: string | null;
}

function exchangeIn(all: readonly Observation[], request: RequestObservation): RecordedExchange {
  const own = all.filter(({ documentId }) => documentId === request.documentId);
  const parts = own.filter((each) => 'of' in each && each.of === request.seq);
  const { pathname, search } = new URL(request.url);
  let { body } = request;
  let answer: string | null = '';
  for (const part of parts) {
    if (part.kind === 'body' && part.role === 'request') body = part.payload;
    // DevTools give the events of a stream, not its text.
    else if (part.kind === 'stream-event') answer = null;
    else if (part.kind === 'body' || part.kind === 'chunk') {
      const text = textOf(bytesOf(own, part));
      answer = answer === null || text === null ? null : answer + text;
    }
  }
  return {
    doubt: request.doubt !== undefined,
    method: request.method,
    path: pathname + search,
    body: body === null ? '' : textOf(body),
    // To what is no method the server's parser says so by itself.
    answered: parts.some((each) => each.kind === 'response' && each.status !== 400),
    whole: parts.some(({ kind }) => kind === 'end'),
    answer: request.url.includes('/redirect') || request.method === 'HEAD' ? null : answer,
  };
}

/** Of a form the page's side cannot know the bytes. */
const FORM = 'a form';

/** Null for what is not the bytes themselves. */
function textOf({ encoding, data, note }: Payload): string | null {
  if (note === 'form-data') return FORM;
  if (encoding === 'none' || encoding === 'later' || note === 'parsed-json') return null;
  return encoding === 'base64' ? Buffer.from(data, 'base64').toString() : data;
}

function agrees(recorded: RecordedExchange, { method, path, body, answer }: ServedExchange): boolean {
  if (recorded.method !== method || recorded.path !== path) return false;
  if (recorded.body === FORM ? !body.startsWith('--') : recorded.body !== null && recorded.body !== body)
    return false;
  if (recorded.answer === null) return true;
  return recorded.whole ? recorded.answer === answer : answer.startsWith(recorded.answer);
}

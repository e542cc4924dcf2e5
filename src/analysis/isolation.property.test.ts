/** What a document of one origin says never changes what is said of another origin's chats. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Observation } from '../observation/observation.ts';
import { createAnalysis } from './create-analysis.ts';
import {
  AGENT,
  apiUrl,
  CHAT,
  form,
  joined,
  message,
  status,
  text,
  trace,
  typing,
} from './testing/trace-builder.ts';

const SHOP = 'https://shop.example';

function honest(): readonly Observation[] {
  const built = trace();
  built.documentId = 'shop';
  built.add({ kind: 'document', phase: 'start', url: `${SHOP}/`, origin: SHOP, top: true });
  built.requestChat().poll([status('connected'), joined()]);
  built
    .poll([form(), typing()])
    .poll([message({ party_id: AGENT })])
    .wait(5_000);
  const socket = built.socket('wss://relay.example/rt');
  built.frameIn(socket, message({ chat_id: CHAT })).frameIn(socket, typing());
  built.request('GET', `chats/${CHAT}/events`);
  built.wait(40_000).poll([status('queued')]);
  return built.observations;
}

const TRACE = honest();

/** What is said of the shop's own chat and rows. */
function saidOfShop(observations: readonly Observation[], batch: number): string {
  const analysis = createAnalysis();
  for (let at = 0; at < observations.length; at += batch) analysis.add(observations.slice(at, at + batch));
  analysis.end();
  const rows = Array.from({ length: analysis.totals.rows }, (_, row) => row);
  const own = rows.filter((row) => analysis.row(row).origin === SHOP);
  const place = new Map(own.map((row, at) => [row, at]));
  const rules = own.map((row) =>
    analysis.findingsOfRow(row).map(({ rule, severity, path, params, related }) => {
      return {
        rule,
        severity,
        path,
        params,
        related: related.map((each) => place.get(each) ?? 'another origin'),
      };
    }),
  );
  const chat = analysis.sessions().find(({ origins }) => origins.includes(SHOP));
  const views = own.map((row) => ({ ...analysis.row(row), index: 0, seq: 0, session: '', letter: '' }));
  return JSON.stringify([rules, views, { ...chat, id: '', letter: '', sameChat: [], second: false }]);
}

const huge = fc.constantFrom(0, 1, 1_614_718_748_000, 1_614_718_900_000, 1e300, -1e300, 2 ** 53 - 1);
const seq = fc.oneof(fc.nat(40), fc.constantFrom(2 ** 31, 2 ** 53 - 1));
const payload = fc
  .constantFrom(
    { events: [{ event: 'chat_session_ended' }] },
    { ...message({ chat_id: CHAT, party_id: CHAT }) },
    { ...joined(CHAT), chat_id: CHAT },
    { chat_id: CHAT, state: 'failed' },
    { error_code: '5005' },
    [status('failed'), 1, null],
  )
  .map((value) => text(JSON.stringify(value)));
const url = fc.constantFrom(
  apiUrl(`chats/${CHAT}/events`),
  apiUrl('chats'),
  'wss://relay.example/rt',
  `https://relay.example/${CHAT}`,
);
const headers = fc.constant([['content-type', 'application/json']] as const);
const word = <Word extends string>(value: Word) => fc.constant(value);
const body = fc.oneof(
  fc.record({
    kind: word('request'),
    transport: word('xhr'),
    method: fc.constantFrom('GET', 'POST'),
    url,
    headers,
    body: fc.option(payload),
  }),
  fc.record({
    kind: word('response'),
    of: seq,
    status: fc.constantFrom(0, 200, 404),
    statusText: word(''),
    headers,
    url: word(''),
  }),
  fc.record({ kind: word('body'), of: seq, role: fc.constantFrom('answer', 'request', 'frame'), payload }),
  fc.record({
    kind: word('socket-open'),
    of: seq,
    phase: fc.constantFrom('connecting', 'open'),
    url,
    protocols: fc.constant([]),
  }),
  fc.record({ kind: word('frame'), of: seq, direction: fc.constantFrom('in', 'out'), payload }),
  fc.record({ kind: word('chunk'), of: seq, payload }),
  fc.record({ kind: word('gap'), from: seq, to: seq, count: huge.map(Math.abs), reason: word('ring') }),
  fc.record({
    kind: word('document'),
    phase: fc.constantFrom('start', 'gone', 'restored'),
    url,
    origin: fc.constantFrom(SHOP, 'null', null),
    top: fc.boolean(),
  }),
  fc.record({ kind: word('end'), of: seq }),
);
/** The browser stamps document, frame and origin; the rest is whatever the page likes. */
const attack = fc.array(fc.tuple(body, huge, seq, fc.nat(40)), { maxLength: 25 });

test('an advertisement’s frame changes nothing of the shop’s chat, whatever it says and when', () => {
  const alone = saidOfShop(TRACE, 1);
  fc.assert(
    fc.property(
      attack,
      fc.constantFrom('https://ads.example', 'null'),
      fc.integer({ min: 1, max: 60 }),
      (says, origin, batch) => {
        const mixed: Observation[] = [...TRACE];
        const hostile = { documentId: 'ads', frame: 7, monotonicTime: 0, source: 'hook' } as const;
        const start = { kind: 'document', phase: 'start', url: '', origin, top: false } as const;
        for (const [said, wallTime, number, at] of says) {
          const given = said.kind === 'document' ? { ...said, origin } : said;
          mixed.splice(Math.min(at, mixed.length), 0, {
            ...hostile,
            seq: number,
            wallTime,
            ...given,
          } as Observation);
        }
        mixed.unshift({ ...hostile, seq: 0, wallTime: 0, ...start });
        expect(saidOfShop(mixed, batch)).toBe(alone);
      },
    ),
    { numRuns: 200 },
  );
});

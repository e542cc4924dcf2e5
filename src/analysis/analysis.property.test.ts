/** What holds for any trace at all: bytes, JSON and order are the page's, and the page may be hostile. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Observation } from '../observation/observation.ts';
import { brightPattern } from '../protocol/bright-pattern/bright-pattern.ts';
import type { Analysis } from './api/analysis.ts';
import { createAnalysis } from './create-analysis.ts';
import { sentence } from './rules/sentence.ts';
import { AGENT, apiUrl, BOT, CHAT, START } from './testing/trace-builder.ts';

const name = fc.oneof(
  fc.constantFrom(...brightPattern.events.map((event) => event.name)),
  fc.constantFrom('chat_session_nonsense', '__proto__', ''),
);
const value = fc.oneof(
  fc.constantFrom('connected', 'queued', 'ended', '1614718748', '1614718748000', AGENT, BOT, CHAT, '7', ''),
  fc.jsonValue({ maxDepth: 2 }),
);
const field = fc.constantFrom(
  'party_id',
  'msg_id',
  'msg',
  'timestamp',
  'state',
  'type',
  'form_request_id',
  'form_timeout',
  '__proto__',
  'chat_id',
  'file_url',
);
const event = fc
  .tuple(name, fc.array(fc.tuple(field, value), { maxLength: 5 }))
  .map(([event, fields]) => JSON.stringify(Object.fromEntries<unknown>([['event', event], ...fields])));
const carrierText = fc.oneof(
  fc.array(event, { maxLength: 4 }).map((events) => `{"events":[${events.join(',')}]}`),
  fc.array(event, { maxLength: 3 }).map((events) => `[${events.join(', ')}]`),
  event,
  event.map((text) => `data: ${text}\n\n`),
  fc.string(),
  fc.json(),
  fc.tuple(event, fc.nat(40)).map(([text, cut]) => text.slice(0, -cut)),
  fc.constant(
    '{"chat_id":"d6c1adc2-385b-42e5-9e0a-1883c2bc5f81","state":"ivr","ewt":"0","is_new_chat":true}',
  ),
  fc.constant('{"error_code":"5005"}'),
);
const payload = fc.record({
  encoding: fc.constantFrom('text' as const, 'base64' as const, 'none' as const, 'later' as const),
  data: fc.oneof(
    carrierText,
    carrierText.map((text) => Buffer.from(text).toString('base64')),
  ),
  size: fc.nat(),
  truncated: fc.boolean(),
});
const of = fc.nat(12);
const url = fc.constantFrom(
  apiUrl(`chats/${CHAT}/events`),
  apiUrl(`chats/${CHAT}/history`),
  apiUrl('chats'),
  apiUrl('chats/active'),
  'https://relay.example/poll',
  `wss://relay.example/rt?chat=${CHAT}`,
  '%%%',
);
const method = fc.constantFrom('GET', 'POST', 'OPTIONS');
const type = fc.constantFrom('application/json', 'text/event-stream', 'application/x-ndjson', '');

const body = fc.oneof(
  fc.record({
    kind: fc.constant('request' as const),
    transport: fc.constantFrom('xhr' as const, 'fetch' as const, 'eventsource' as const),
    method,
    url,
    headers: fc.constant([]),
    body: fc.option(payload),
  }),
  fc.record({
    kind: fc.constant('response' as const),
    of,
    status: fc.constantFrom(0, 200, 204, 404, 500),
    statusText: fc.string(),
    headers: type.map((each) => [['content-type', each] as const]),
    url: fc.constant(''),
  }),
  fc.record({
    kind: fc.constant('body' as const),
    of,
    role: fc.constantFrom('answer', 'request', 'frame'),
    payload,
  }),
  fc.record({ kind: fc.constant('chunk' as const), of, payload }),
  fc.record({ kind: fc.constant('end' as const), of }),
  fc.record({ kind: fc.constant('abort' as const), of, reason: fc.string() }),
  fc.record({ kind: fc.constant('error' as const), of, message: fc.string(), retrying: fc.boolean() }),
  fc.record({
    kind: fc.constant('socket-open' as const),
    of,
    phase: fc.constantFrom('connecting', 'open'),
    url,
    protocols: fc.constant([]),
  }),
  fc.record({ kind: fc.constant('frame' as const), of, direction: fc.constantFrom('in', 'out'), payload }),
  fc.record({
    kind: fc.constant('socket-close' as const),
    of,
    code: fc.nat(5000),
    reason: fc.string(),
    clean: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('stream-event' as const), of, event: fc.string(), id: fc.string(), payload }),
  fc.record({ kind: fc.constant('served' as const), of, by: fc.constant('service-worker' as const) }),
  fc.record({
    kind: fc.constant('gap' as const),
    from: fc.nat(9),
    to: fc.nat(9),
    count: fc.nat(9),
    reason: fc.constantFrom('ring', 'malformed'),
  }),
  fc.record({
    kind: fc.constant('document' as const),
    phase: fc.constantFrom('start', 'hidden', 'restored', 'gone'),
    url: fc.string(),
    origin: fc.constantFrom(null, 'null', 'https://shop.example'),
    top: fc.boolean(),
  }),
);

const trace = fc.array(fc.tuple(body, fc.nat(40_000), fc.nat(1)), { maxLength: 40 }).map((parts) => {
  let wallTime = START;
  return parts.map(([part, later, frame], seq) => {
    wallTime += later;
    const common = {
      documentId: `document-${frame}`,
      frame,
      seq: seq % 13,
      wallTime,
      monotonicTime: seq,
      source: 'hook',
    };
    return { ...common, ...part } as Observation;
  });
});

/** Everything that can be asked, as text. */
function told(analysis: Analysis): string {
  const rows = Array.from({ length: analysis.totals.rows }, (_, row) => [
    analysis.row(row),
    analysis.decoded(row)?.fields.length,
    analysis.carrier(row)?.slice,
    analysis.exchangeOfRow(row)?.siblings,
    analysis.findingsOfRow(row),
    analysis.rowMatches(row, 'agent'),
  ]);
  const machines = analysis
    .sessions()
    .map(({ id }) => [analysis.machine(id), analysis.machine(id, 3), analysis.conformance(id)]);
  return JSON.stringify([
    analysis.totals,
    rows,
    analysis.findings(),
    analysis.findings().map(sentence),
    machines,
  ]);
}

/**
 * Whether an event's slice is the event: an object with that name as it stands or in strings of JSON. Of base64 only the
 * whole can be pointed at, so that it names the event among others.
 */
function isEvent(slice: string, name: string): boolean {
  const value = parsed(slice);
  if (value !== undefined)
    return typeof value === 'object' && value !== null && Reflect.get(value, 'event') === name;
  const inner = parsed(`"${slice}"`);
  if (typeof inner === 'string' && inner !== slice) return isEvent(inner, name);
  return /^[A-Za-z0-9+/_=-]+$/.test(slice) && Buffer.from(slice, 'base64').toString().includes(name);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

describe('any trace', () => {
  test('is taken without an exception, and gives the same one by one as all at once', () => {
    fc.assert(
      fc.property(trace, (observations) => {
        const whole = createAnalysis();
        whole.add(observations);
        whole.end();
        const parts = createAnalysis();
        for (const observation of observations) parts.add([observation]);
        parts.end();
        expect(told(parts)).toBe(told(whole));
      }),
      { numRuns: 300 },
    );
  });

  test('counts each event in one session, in the order of seq, and gives findings a place', () => {
    fc.assert(
      fc.property(trace, (observations) => {
        const analysis = createAnalysis();
        analysis.add(observations);
        analysis.end();
        const { events, errors, warnings, notes } = analysis.totals;
        const counted = analysis.sessions().reduce((sum, session) => sum + session.eventCount, 0);
        expect(counted).toBe(events);
        const findings = analysis.findings();
        expect(findings).toHaveLength(errors + warnings + notes);
        for (const { seq, row, exchange, event } of findings) {
          expect(row !== null || exchange !== null).toBe(true);
          if (seq !== null) expect([analysis.rowOfEvent(seq), event === null]).toEqual([row, false]);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("shows each event's own bytes: its slice parses to an object with its name", () => {
    fc.assert(
      fc.property(trace, (observations) => {
        const analysis = createAnalysis();
        analysis.add(observations);
        for (let seq = 0; seq < analysis.totals.events; seq += 1) {
          const row = analysis.rowOfEvent(seq) ?? -1;
          const carrier = analysis.carrier(row);
          if (carrier?.slice == null || carrier.encoding !== 'text') continue;
          const [start, end] = carrier.slice;
          const { event } = analysis.row(row);
          const slice = carrier.text.slice(start, end);
          expect(isEvent(slice, event ?? ''), `${slice} is ${event}`).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});

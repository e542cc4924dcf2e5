/** Files of programs that could not be run here give the plain trace's events, and no finding that it does not give. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnalysis } from '../../src/analysis/create-analysis.ts';
import { readHar } from '../../src/trace/har.ts';
import { dialects } from '../fixtures/har/dialects.ts';
import { otherWriterNames, otherWriters } from '../fixtures/har/other-writers.ts';

function judged(har: unknown) {
  const analysis = createAnalysis();
  analysis.add(readHar(JSON.parse(JSON.stringify(har))).observations);
  analysis.end();
  const rows = Array.from({ length: analysis.totals.rows }, (_, row) => analysis.row(row));
  return {
    events: rows.flatMap(({ kind, event, transport }) =>
      kind === 'event'
        ? [`${transport === 'websocket' || transport === 'eventsource' ? transport : 'http'} ${event}`]
        : [],
    ),
    findings: analysis.findings().map(({ rule, severity }) => `${severity} ${rule}`),
    sessions: analysis.sessions().map(({ state }) => state),
  };
}

const plain = judged(dialects.chrome());

describe.each(otherWriterNames)('a HAR of %s', (name) => {
  const { write, without } = otherWriters[name];
  const told = judged(write());
  const left = without as readonly string[];

  it('gives the events of the conversation, but for what the program leaves out', () => {
    const kept = plain.events.filter((event) => {
      if (event.startsWith('websocket')) return !left.includes('sockets');
      if (event.startsWith('eventsource')) return !left.includes('streams');
      return !left.includes('answers') || event.endsWith('chat_session_message');
    });
    const stream = (event: string) => event.replace('eventsource', 'http');
    if (left.includes('answers')) expect(told.events).toEqual(['http chat_session_message']);
    else expect(told.events.map(stream).sort()).toEqual(kept.map(stream).sort());
  });

  it('accuses nobody of what it does not hold', () => {
    expect(plain.findings.filter((finding) => !finding.startsWith('note'))).toEqual([]);
    const bodiless = left.includes('answers') ? ['note schema/invalid-json'] : [];
    const known = [...plain.findings, ...bodiless];
    expect(told.findings.filter((finding) => !known.includes(finding))).toEqual([]);
  });
});

type Entry = Record<string, unknown> & {
  readonly request: Record<string, unknown> & { readonly method: string; readonly url: string };
  readonly response: Record<string, unknown>;
};
interface Har {
  readonly log: { readonly entries: readonly Entry[] };
}
const chrome = (): readonly Entry[] => (JSON.parse(JSON.stringify(dialects.chrome())) as Har).log.entries;
const of = (entries: readonly unknown[]) => ({ log: { entries } });
const isCall = ({ request }: Entry) => request.url.includes('/clientweb/') && request.method !== 'OPTIONS';

describe('a call that stands in the file more than once', () => {
  const OLD = 'https://old.example.com/clientweb/api/v2/moved';

  it.each([301, 302, 303, 307, 308])('for each server that it was redirected to (%i) is one', (status) => {
    const locations = [
      (url: string) => ({ headers: [{ name: 'location', value: url }] }),
      (url: string) => ({ headers: [], redirectURL: url }),
    ];
    for (const location of locations) {
      const twice = chrome().flatMap((entry) => {
        if (!isCall(entry)) return [entry];
        const { url } = entry.request;
        const request = { ...entry.request, url: url.replace('chat.example', 'old.example') };
        const response = { status, content: { size: 0 }, ...location(url) };
        return [{ ...entry, time: 0.5, request, response }, entry];
      });
      expect(judged(of(twice))).toEqual(plain);
      const untimed = twice.map((entry) => ({ ...entry, startedDateTime: null }));
      expect(judged(of(untimed)).events.toSorted()).toEqual(plain.events.toSorted());
    }
  });

  it('over several servers is one, as the page asked and with the last answer', () => {
    const [call] = chrome().filter(isCall);
    const step = (url: string, to: string) => ({
      ...call,
      time: 1,
      request: { ...call?.request, url },
      response: { status: 307, headers: [{ name: 'Location', value: to }] },
    });
    const last = { ...call, request: { ...call?.request, url: `${OLD}?c=3` } };
    const { observations } = readHar(of([step(OLD, `?b=2`), step(`${OLD}?b=2`, `${OLD}?c=3`), last]));
    expect(observations.flatMap((each) => (each.kind === 'request' ? [each.url] : []))).toEqual([OLD]);
    expect(observations.flatMap((each) => (each.kind === 'response' ? [each.url, each.status] : []))).toEqual(
      [`${OLD}?c=3`, 200],
    );
  });

  it('is two where the page followed the redirect itself, later', () => {
    const [call] = chrome().filter(isCall);
    const moved = { ...call, time: 1, response: { status: 302, headers: [], redirectURL: OLD } };
    const later = new Date(Date.parse(String(call?.startedDateTime)) + 10_000).toISOString();
    const again = { ...call, startedDateTime: later, request: { ...call?.request, url: OLD } };
    expect(readHar(of([moved, again])).entryOfExchange).toEqual([0, 1]);
  });

  it('with its preflight is one', () => {
    const asked = { name: 'Access-Control-Request-Method', value: 'POST' };
    for (const more of [{ headers: [asked] }, { headers: [] }, { headers: [asked], method: 'options' }]) {
      const entries = chrome().flatMap((entry) => {
        const { postData: _, ...request } = entry.request as Record<string, unknown>;
        const preflight = { ...entry, time: 0.5, request: { ...request, method: 'OPTIONS', ...more } };
        return isCall(entry) ? [{ ...preflight, _resourceType: 'fetch' }, entry] : [entry];
      });
      expect(judged(of(entries))).toEqual(plain);
    }
  });

  it('as a service worker passed it on is one, in the words of Safari too', () => {
    const entries = chrome().flatMap((entry) =>
      isCall(entry)
        ? [
            { ...entry, _fetchType: 'Service Worker' },
            { ...entry, _resourceType: 'fetch' },
          ]
        : [entry],
    );
    expect(judged(of(entries))).toEqual(plain);
  });
});

it('times of several kinds in one file are one order', () => {
  const kinds: readonly ((ms: number) => unknown)[] = [
    (ms) => ms,
    (ms) => ms / 1000,
    (ms) => String(ms),
    (ms) => new Date(ms).toISOString().replace('Z', '+00:00'),
  ];
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat(kinds.length - 1)), (stream) => {
      const entries = chrome().map((entry) => {
        const kind = kinds[stream.next().value ?? 0];
        return { ...entry, startedDateTime: kind?.(Date.parse(String(entry.startedDateTime))) };
      });
      expect(judged(of(entries))).toEqual(plain);
    }),
    { numRuns: 50 },
  );
});

/** Paths to all members of a value. */
function paths(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [
    [key],
    ...paths(each).map((path) => [key, ...path]),
  ]);
}

it('one odd member costs only itself: every other entry is read as before', { timeout: 60_000 }, () => {
  const odd = fc.constantFrom<unknown>(null, 7, -1, '', 'x', true, [], {}, [null], '2020', [[]], '{"a":1}');
  const files = [
    ...otherWriterNames.map((name) => otherWriters[name].write()),
    ...Object.values(dialects).map((write) => write()),
  ];
  const file = fc.constantFrom(...files.map((each) => JSON.stringify(each)));
  fc.assert(
    fc.property(file, fc.nat(), fc.nat(), odd, (text, nth, member, value) => {
      const { entries } = (JSON.parse(text) as Har).log;
      const at = nth % entries.length;
      const others = judged(of(entries.filter((_, index) => index !== at))).events;
      const all = paths(entries[at]);
      const path = all[member % all.length] ?? [];
      const holder = path
        .slice(0, -1)
        .reduce<unknown>((inner, key) => Reflect.get(Object(inner), key), entries[at]);
      Reflect.set(Object(holder), path.at(-1) ?? '', value);
      const left = [...judged(of(entries)).events];
      for (const event of others) {
        const found = left.indexOf(event);
        expect(found, `${event} beside an odd ${path.join('.')}`).not.toBe(-1);
        left.splice(found, 1);
      }
    }),
    { numRuns: 300 },
  );
});

/** A trace in each format: nothing planted is in any of them, and what can be read back is judged as before. */
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAnalysis } from '../analysis/create-analysis.ts';
import {
  CHAT,
  ended,
  joined,
  message,
  ownMessage,
  status,
  text,
  trace,
} from '../analysis/testing/trace-builder.ts';
import type { Observation } from '../observation/observation.ts';
import { readHar } from '../trace/har.ts';
import { parseTrace } from '../trace/ndjson.ts';
import { CONVERT_FORMATS, type ConvertFormat, type ConvertOptions, convertTrace, WHOLE } from './convert.ts';
import { csvCell } from './formats/csv.ts';
import { DATA_PLACE } from './formats/html.ts';
import { PROFILES, parseProfile } from './redaction/profile.ts';
import { judgement } from './testing/judgement.ts';
import { plantedSession, secretsIn } from './testing/planted.ts';

function converted(
  observations: readonly Observation[],
  to: ConvertFormat,
  more: Partial<ConvertOptions> = {},
): string {
  const source = { observations, created: null, dropped: 0, redacted: null, wrappers: [] };
  const options = { to, profile: PROFILES.share, selection: WHOLE, version: '1', page: DATA_PLACE, ...more };
  return [...convertTrace(source, options)].join('');
}

/** With what is packed in a report unpacked in its place: six letters stand in that much base64 by chance. */
function unpacked(text: string): string {
  return text.replace(/(id="trace">)([^<]*)</, (_, open: string, packed: string) => {
    return `${open}${gunzipSync(Buffer.from(packed, 'base64')).toString()}<`;
  });
}

const RUNS = process.env.E2E_LONG ? 2_000 : 25;

test('no planted secret is in any format', { timeout: 3_600_000 }, () => {
  fc.assert(
    fc.property(plantedSession, ({ observations, secrets }) => {
      for (const format of CONVERT_FORMATS)
        expect(secretsIn(unpacked(converted(observations, format)), secrets), format).toEqual([]);
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
});

function conversation(): readonly Observation[] {
  const built = trace();
  built.add({
    kind: 'document',
    phase: 'start',
    url: 'https://shop.example/',
    origin: 'https://shop.example',
    top: true,
  });
  built
    .requestChat()
    .poll([status('connected'), joined()])
    .poll([message({ msg: 'Hello, this is Dana Sample' })]);
  built.post([ownMessage({ msg: 'call me at +49 30 9015 1234 or mail kim@mail.example' })]);
  const socket = built.socket();
  built.frameIn(socket, status('connected')).frameOut(socket, ownMessage({ msg: 'over the socket' }));
  const payload = text(JSON.stringify(ownMessage({ msg: 'while it closes' })));
  built.add({ kind: 'frame', of: socket, direction: 'out', dropped: true, payload });
  built.add({ kind: 'socket-close', of: socket, code: 1000, reason: '', clean: true });
  const stream = built.request('GET', 'https://relay.example/stream', { transport: 'fetch' });
  built.head(stream, 200, 'text/event-stream');
  for (const part of [
    `data: ${JSON.stringify(status('queued'))}\n`,
    `\ndata: ${JSON.stringify(message())}\n\n`,
  ])
    built.add({
      kind: 'chunk',
      of: stream,
      payload: { encoding: 'text', data: part, size: part.length, truncated: false },
    });
  built.add({ kind: 'end', of: stream });
  return built.observations;
}

test('a trace that was converted twice is the same, byte for byte', () => {
  const once = converted(conversation(), 'ndjson');
  const { observations, header } = parseTrace(once);
  expect(header).toMatchObject({ redacted: true, profile: 'share' });
  expect(converted(observations, 'ndjson')).toBe(once);
});

test('a HAR has what Chrome asks for, and is read back with the same findings and sessions', () => {
  const observations = conversation();
  const har = JSON.parse(converted(observations, 'har'));
  expect(har.log.creator).toEqual({ name: 'chat-inspector', version: '1' });
  for (const entry of har.log.entries) {
    expect(Number.isFinite(Date.parse(entry.startedDateTime))).toBe(true);
    const numbers = [
      ...[entry.time, entry.response.status, entry.response.content.size],
      ...[
        entry.request.headersSize,
        entry.request.bodySize,
        entry.response.headersSize,
        entry.response.bodySize,
      ],
      ...[entry.timings.send, entry.timings.wait, entry.timings.receive],
    ];
    expect(numbers.every((number) => Number.isFinite(number))).toBe(true);
    for (const { time, opcode, data } of entry._webSocketMessages ?? [])
      expect([typeof time, typeof opcode, typeof data]).toEqual(['number', 'number', 'string']);
    for (const each of entry._eventSourceMessages ?? [])
      expect(Object.keys(each)).toEqual(['time', 'eventName', 'eventId', 'data']);
  }
  expect(JSON.stringify(har)).not.toContain('null');
  const stream = har.log.entries.find(
    (entry: { _eventSourceMessages?: unknown }) => entry._eventSourceMessages,
  );
  expect(stream.response.content.mimeType).toBe('text/event-stream');
  const said = (list: readonly Observation[]) => {
    const { findings, sessions } = judgement(list) as {
      findings: { rule: string; path: unknown }[];
      sessions: { state: string; eventCount: number }[];
    };
    return {
      findings: findings.map(({ rule, path }) => ({ rule, path })),
      sessions: sessions.map(({ state, eventCount }) => ({ state, eventCount })),
    };
  };
  expect(said(readHar(har).observations)).toEqual(said(observations));
});

test('a HAR keeps the order of what came within one tick of the clock', () => {
  const built = trace();
  built.requestChat().poll([status('connected'), joined()]);
  const poll = built.request('GET', `${CHAT}/events`);
  const socket = built.socket();
  built.frameIn(socket, status('connected'));
  const at = built.observations.length;
  built.frameIn(socket, message({ msg: 'first' }));
  built.answer(poll, { events: [message({ msg: 'second' })] });
  built.post([ownMessage({ msg: 'third' })]);
  const tick = built.observations[at]?.wallTime ?? 0;
  const observations = built.observations.map((each, index) =>
    index < at ? each : { ...each, wallTime: tick },
  );
  const messages = (list: readonly Observation[]) => {
    const analysis = createAnalysis();
    analysis.add(list);
    return Array.from({ length: analysis.totals.rows }, (_, row) => analysis.row(row))
      .filter(({ seq }) => seq !== null)
      .map(({ event, summary }) => `${event} ${summary}`);
  };
  const har = converted(observations, 'har', { profile: PROFILES.none });
  expect(messages(readHar(JSON.parse(har)).observations)).toEqual(messages(observations));
});

test('in a HAR an answer is over with its body, whatever is said of it later', () => {
  const built = trace();
  built.requestChat().poll([status('connected'), joined()]);
  const poll = built.request('GET', `${CHAT}/events`);
  built.head(poll, 200, 'application/json');
  built.add({ kind: 'body', of: poll, role: 'answer', payload: text(JSON.stringify({ events: [ended] })) });
  // Sent before the page had read the answer to its end.
  const sent = built.request('POST', `${CHAT}/events`, {
    body: { events: [ownMessage({ msg: 'too late' })] },
  });
  built.add({ kind: 'end', of: poll });
  built.answer(sent, { state: 'success' });
  const rules = (list: readonly Observation[]) => {
    const analysis = createAnalysis();
    analysis.add(list);
    return analysis.findings('error').map(({ rule }) => rule);
  };
  expect(rules(built.observations)).toContain('lifecycle/after-end');
  const har = JSON.parse(converted(built.observations, 'har', { profile: PROFILES.none }));
  expect(rules(readHar(har).observations)).toEqual(rules(built.observations));
});

test('what was cut off when it was captured is held against nobody, read from a HAR either', () => {
  const built = trace();
  built.requestChat().poll([status('connected'), joined()]);
  const cut = (value: object) => {
    const whole = JSON.stringify(value);
    return { encoding: 'text', data: whole.slice(0, -9), size: whole.length, truncated: true } as const;
  };
  const answer = built.request('GET', `${CHAT}/events`);
  built.head(answer, 200, 'application/json');
  built.add({
    kind: 'body',
    of: answer,
    role: 'answer',
    payload: cut({ events: [message({ msg: 'long' })] }),
  });
  built.add({ kind: 'end', of: answer });
  const socket = built.socket();
  built.frameIn(socket, status('connected'));
  built.add({ kind: 'frame', of: socket, direction: 'in', payload: cut(message({ msg: 'long' })) });
  const stream = built.request('GET', 'https://relay.example/stream', { transport: 'eventsource' });
  built.head(stream, 200, 'text/event-stream');
  const event = { event: 'message', id: '', payload: cut(message({ msg: 'long' })) };
  built.add({
    kind: 'stream-event',
    of: stream,
    ...event,
    payload: text(JSON.stringify(status('connected'))),
  });
  built.add({ kind: 'stream-event', of: stream, ...event });
  const problems = (list: readonly Observation[]) => {
    const analysis = createAnalysis();
    analysis.add(list);
    return analysis.findings('warning').map(({ rule }) => rule);
  };
  const har = JSON.parse(converted(built.observations, 'har', { profile: PROFILES.none }));
  expect(JSON.stringify(har).match(/"_truncated":true/g)).toHaveLength(3);
  expect(problems(readHar(har).observations)).toEqual(problems(built.observations));
});

test('of one session all is there that it takes to understand it, and nothing of the others', () => {
  const built = trace();
  const other = 'e3e6056b-0000-4000-8000-000000000001';
  built.requestChat().requestChat('queued', other);
  built.poll([status('connected'), joined()]).poll([status('connected'), message({ msg: 'theirs' })], other);
  const only = (name: string) =>
    parseTrace(
      converted(built.observations, 'ndjson', {
        profile: PROFILES.none,
        selection: { ...WHOLE, sessions: [name] },
      }),
    ).observations;
  for (const name of [other, 'e3e6056b', 'B', 'b']) {
    const text = JSON.stringify(only(name));
    expect(text).toContain('theirs');
    expect(text).not.toContain(CHAT);
  }
  expect(() => only('C')).toThrow('there is no session "C"');
});

test('a range has the opening of its sessions and their parties', () => {
  const built = trace();
  built
    .requestChat()
    .poll([status('connected'), joined()])
    .wait(60_000)
    .poll([message({ msg: 'too early' })])
    .wait(60_000);
  const from = built.now;
  built.poll([message({ msg: 'in the range' })]);
  const until = built.now;
  built.wait(60_000).poll([message({ msg: 'too late' })]);
  const selection = { ...WHOLE, from, until };
  const text = converted(built.observations, 'ndjson', { profile: PROFILES.none, selection });
  expect(text).toContain('in the range');
  expect(text).toContain('chat_session_party_joined');
  expect(text).toContain('is_new_chat');
  expect(text).not.toMatch(/too (?:early|late)/);
});

test('with internal a URL stays a URL, and an id an id whose digits look like a telephone number', () => {
  const built = trace();
  const chat = '5f9098b2-1234-5678-9484-690c801f0d07';
  built.request('GET', `https://10.1.2.3:8443/api/${chat}?from=10.1.2.4`);
  built.request('GET', 'https://[2001:db8:1:2:3:4:5:6]/api');
  const urls = parseTrace(converted(built.observations, 'ndjson', { profile: PROFILES.internal }))
    .observations.flatMap((each) => (each.kind === 'request' ? [each.url] : []))
    .map((url) => new URL(url));
  expect(urls.map(({ host, pathname }) => host + pathname)).toEqual([
    `host-1.invalid:8443/api/${chat}`,
    'host-2.invalid/api',
  ]);
  expect(String(urls)).not.toMatch(/10\.1\.2|2001/);
});

test('with internal texts stay, and in them names, numbers, addresses and tokens go', () => {
  const text = converted(conversation(), 'ndjson', { profile: PROFILES.internal });
  expect(text).toContain('Hello, this is ‹name#');
  expect(text).toContain('over the socket');
  expect(text).toMatch(/call me at ‹phone#\d+› or mail ‹email#\d+›/);
  expect(text).not.toMatch(/Dana|Sample|9015|kim@/);
});

test('an own profile goes by field, pointer and pattern', () => {
  const profile = parseProfile(
    '{"name":"ours","fields":{"msg":"search"},"pointers":{"/state":"keep"},"patterns":[{"pattern":"ORD-\\\\d+"}]}',
  );
  const built = trace()
    .requestChat()
    .poll([message({ msg: 'about ORD-77' })]);
  const text = converted(built.observations, 'ndjson', { profile });
  expect(text).toContain('about ‹custom#1›');
  expect(() => parseProfile('{"fields":{"msg":"hide"}}')).toThrow('a field is one of replace, search, keep');
});

test('no cell of a CSV is taken for a formula', () => {
  for (const text of ['=1+1', '+1', '-1', '@a', ' =1', '|a', '＝1']) expect(csvCell(text)).toMatch(/^"?'/);
  expect(csvCell('a "b", c')).toBe('"a ""b"", c"');
});

test('a report holds the trace that the same call writes by itself, and nothing of it as markup', () => {
  const built = trace();
  const hostile = '</script><script>alert(1)</script><!--<script>\u2028\ud800 __proto__';
  built
    .requestChat()
    .poll([status('connected'), joined()])
    .poll([message({ msg: hostile })]);
  const more = { profile: PROFILES.none, page: `<!doctype html><i>${DATA_PLACE}</i>` };
  const report = converted(built.observations, 'html', more);
  expect(unpacked(report)).toContain(`id="trace">${converted(built.observations, 'ndjson', more)}<`);
  expect(report.match(/<[^>]*>/g)).toEqual([
    ...[
      '<!doctype html>',
      '<i>',
      '<script type="application/x-chat-inspector-trace" id="trace">',
      '</script>',
    ],
    ...['<script type="application/json" id="about">', '</script>', '</i>'],
  ]);
  expect(() => converted(built.observations, 'html', { page: '' })).toThrow('npm run build');
});

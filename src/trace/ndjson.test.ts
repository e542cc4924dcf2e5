import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Observation } from '../observation/observation.ts';
import { parseTrace, TraceReader, traceFileName, writeTrace } from './ndjson.ts';

const base = { documentId: 'd1', frame: 0, wallTime: 1.5, monotonicTime: 0.25, source: 'hook' } as const;
const payload = (data: string) => ({ encoding: 'text', data, size: data.length, truncated: false }) as const;
const frame = (seq: number, data: string): Observation => ({
  ...base,
  kind: 'frame',
  seq,
  of: 0,
  direction: 'in',
  payload: payload(data),
});
const headerLine =
  '{"format":"chat-inspector-trace","version":1,"created":"2026-11-23","producer":"x","dropped":0,"redacted":false}';

/** Any text, lone surrogates and line ends included. */
const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
});
const anySeq = fc.nat();
const anyTime = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const anyPayload = fc.oneof(
  fc.record(
    {
      encoding: fc.constantFrom('text', 'none', 'later'),
      data: anyText,
      size: fc.nat(),
      truncated: fc.boolean(),
      note: anyText,
    },
    { requiredKeys: ['encoding', 'data', 'size', 'truncated'] },
  ),
  fc.record({
    encoding: fc.constant('base64' as const),
    data: fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('base64')),
    size: fc.nat(),
    truncated: fc.boolean(),
  }),
);
const anyHeaders = fc.array(fc.tuple(anyText, anyText), { maxLength: 3 });
const common = {
  documentId: anyText,
  frame: fc.option(fc.nat()),
  seq: anySeq,
  wallTime: anyTime,
  monotonicTime: anyTime,
  source: fc.constantFrom('hook', 'devtools.network', 'import', 'played'),
};
const kind = <K extends string>(name: K) => ({ kind: fc.constant(name), ...common });
const anyObservation: fc.Arbitrary<Observation> = fc.oneof(
  fc.record({
    ...kind('document'),
    phase: fc.constantFrom('start', 'hidden', 'restored', 'gone'),
    url: anyText,
    top: fc.boolean(),
  }),
  fc.record({
    ...kind('request'),
    transport: fc.constantFrom('fetch', 'xhr', 'beacon', 'eventsource'),
    method: anyText,
    url: anyText,
    headers: anyHeaders,
    body: fc.option(anyPayload),
  }),
  fc.record({
    ...kind('response'),
    of: anySeq,
    status: fc.nat(),
    statusText: anyText,
    headers: anyHeaders,
    url: anyText,
  }),
  fc.record({
    ...kind('body'),
    of: anySeq,
    role: fc.constantFrom('answer', 'request', 'frame'),
    payload: anyPayload,
  }),
  fc.record({ ...kind('chunk'), of: anySeq, payload: anyPayload }),
  fc.record({ ...kind('end'), of: anySeq }),
  fc.record({ ...kind('abort'), of: anySeq, reason: anyText }),
  fc.record({ ...kind('error'), of: anySeq, message: anyText, retrying: fc.boolean() }),
  fc.record({
    ...kind('socket-open'),
    of: anySeq,
    phase: fc.constantFrom('connecting', 'open'),
    url: anyText,
    protocols: fc.array(anyText, { maxLength: 2 }),
  }),
  fc.record({ ...kind('frame'), of: anySeq, direction: fc.constantFrom('in', 'out'), payload: anyPayload }),
  fc.record({ ...kind('socket-close'), of: anySeq, code: fc.nat(), reason: anyText, clean: fc.boolean() }),
  fc.record({ ...kind('stream-event'), of: anySeq, event: anyText, id: anyText, payload: anyPayload }),
  fc.record({
    ...kind('gap'),
    from: fc.constant(0),
    to: anySeq,
    count: fc.nat(),
    reason: fc.constantFrom('ring', 'recorder', 'panel', 'frame-gone', 'file'),
  }),
  fc.record({
    ...kind('page-error'),
    message: anyText,
    url: anyText,
    line: fc.nat(),
    column: fc.nat(),
    during: fc.option(anySeq),
  }),
  fc.record({ ...kind('annotation'), of: anySeq, text: anyText }),
  fc.record({ ...kind('played'), of: anySeq }),
);

describe('a trace file', () => {
  it('gives back exactly the observations it was written from, cut into pieces anywhere', () => {
    fc.assert(
      fc.property(fc.array(anyObservation), fc.integer({ min: 1, max: 40 }), (observations, size) => {
        const written = [...writeTrace(observations)].join('');
        // What a disk keeps is UTF-8.
        const text = new TextDecoder().decode(new TextEncoder().encode(written));
        const pieces: string[] = [];
        for (let at = 0; at < text.length; at += size) pieces.push(text.slice(at, at + size));
        const read = parseTrace(pieces);
        expect(read.observations).toEqual(observations);
        expect(read.header.observations).toBe(observations.length);
      }),
    );
  });

  it('keeps each body and frame as one string, and one observation on one line', () => {
    const body = '{"msg":"a\r\nb\u2028\ud800 \\u0041"}';
    const text = [...writeTrace([frame(0, body)])].join('');
    expect(text.split('\n')).toHaveLength(3);
    expect(parseTrace(text).observations[0]).toEqual(frame(0, body));
  });

  it('is written in pieces, never as one giant text', () => {
    const observations = Array.from({ length: 40 }, (_, seq) => frame(seq, 'x'.repeat(32 * 1024)));
    const pieces = [...writeTrace(observations)];
    expect(pieces.length).toBeGreaterThan(3);
    expect(parseTrace(pieces).observations).toEqual(observations);
  });

  it('says what its writer knows of loss', () => {
    const { header } = parseTrace([...writeTrace([frame(0, '')].values(), { dropped: 7, producer: 'test' })]);
    expect(header).toMatchObject({ version: 1, dropped: 7, producer: 'test', redacted: false });
    expect(header).not.toHaveProperty('observations');
  });

  it('ignores keys it does not know, hostile ones included', () => {
    const line = JSON.stringify(frame(0, 'x'));
    const deep = '['.repeat(10_000) + ']'.repeat(10_000);
    const text = `${headerLine}\n${line.slice(0, -1)},"later":${deep},"__proto__":{"polluted":true}}\n`;
    const [read] = parseTrace(text).observations;
    expect(read).toEqual(frame(0, 'x'));
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(Object.hasOwn(read ?? {}, 'later')).toBe(false);
  });

  it('may end without a line end, have empty lines, a byte order mark and Windows line ends', () => {
    const line = JSON.stringify(frame(0, 'x'));
    expect(parseTrace(`\uFEFF${headerLine}\r\n\r\n${line}`).observations).toEqual([frame(0, 'x')]);
  });

  it('gives its observations as they come', () => {
    const reader = new TraceReader();
    const line = JSON.stringify(frame(0, 'x'));
    expect(reader.push(`${headerLine}\n${line.slice(0, 20)}`)).toEqual([]);
    expect(reader.push(`${line.slice(20)}\n`)).toEqual([frame(0, 'x')]);
    expect(reader.end()).toEqual([]);
  });
});

describe('a damaged trace file', () => {
  const line = JSON.stringify(frame(0, 'x'));
  const sentence = (text: string): string => {
    try {
      parseTrace(text);
    } catch (error) {
      return String(error);
    }
    return 'it was read';
  };

  it.each([
    ['', 'TraceError: not a Chat Inspector trace: it has no header line'],
    ['<html>\n', 'TraceError: not a Chat Inspector trace: its first line is no JSON'],
    ['{"log":{}}\n', 'its first line has no "format":"chat-inspector-trace"'],
    ['null', 'its first line has no "format":"chat-inspector-trace"'],
    ['x'.repeat(70_000), 'its first line is longer than 65536 characters'],
    [
      `{"format":"chat-inspector-trace","version":2}\n`,
      'line 1: version 2 of the trace format is newer than 1',
    ],
    [
      `{"format":"chat-inspector-trace","version":1}\n`,
      'line 1: the header has a wrong or missing `created`',
    ],
    [`${headerLine}\n${line}\n${line.slice(0, 30)}`, 'line 3 is cut off after 30 characters'],
    [`${headerLine}\n${line.slice(0, 30)}\n${line}`, 'line 2 is no JSON'],
    [`${headerLine}\n[]\n`, 'line 2: the observation is no object'],
    [`${headerLine}\n{"kind":"x"}\n`, 'line 2: the observation has a wrong `kind`: a kind that this version'],
    [`${headerLine}\n${line.replace('"seq":0', '"seq":-1')}\n`, 'line 2: the observation has a wrong `seq`'],
    [`${headerLine}\n${line.replace('1.5', '"1"')}\n`, 'a wrong `wallTime`: number expected'],
    [`${headerLine}\n${line.replace('"text"', '"base64"')}\n`, 'a wrong `payload.data`: is no base64'],
    [
      `${headerLine}\n${line.replace('"text"', '"utf8"')}\n`,
      'one of "text", "base64", "none", "later" expected',
    ],
  ])('%.40j is refused in one sentence', (text, expected) => {
    expect(sentence(text)).toContain(expected);
  });

  it('says how much is missing when it ends at a line’s end', () => {
    const text = [...writeTrace([frame(0, 'x'), frame(1, 'y')])].join('');
    expect(sentence(text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1))).toContain(
      'the file is cut off after line 2: it holds 1 of its 2 observations',
    );
  });

  it('never makes the reader throw anything but a sentence', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.json(), anyText, fc.constant(line))), (lines) => {
        const result = sentence([headerLine, ...lines].join('\n'));
        expect(result).toMatch(/^it was read$|^TraceError: /);
      }),
    );
  });
});

it('a file’s name says the time of the export and what is in it', () => {
  expect(traceFileName(new Date(2026, 10, 23, 10, 45, 0), 'sensitive')).toBe(
    'chat-inspector-2026-11-23-104500-sensitive.ndjson',
  );
});

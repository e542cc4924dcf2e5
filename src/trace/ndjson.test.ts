import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Observation } from '../observation/observation.ts';
import { anyObservation, anyText } from '../observation/testing/any-observation.ts';
import { parseTrace, TraceReader, writeTrace } from './ndjson.ts';

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
    expect(header).toMatchObject({ version: 2, dropped: 7, producer: 'test', redacted: false });
    expect(header).not.toHaveProperty('observations');
  });

  it('of version 1 names no origins', () => {
    const start = '"kind":"document","phase":"start","url":"https://shop.example/","top":true,"seq":0';
    const line = `${JSON.stringify(base).slice(0, -1)},${start}}`;
    expect(parseTrace(`${headerLine}\n${line}`).observations).toEqual([
      { ...JSON.parse(line), origin: null },
    ]);
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
    ['', 'TextError: not a Chat Inspector trace: it has no header line'],
    ['<html>\n', 'TextError: not a Chat Inspector trace: its first line is no JSON'],
    ['{"log":{}}\n', 'its first line has no "format":"chat-inspector-trace"'],
    ['null', 'its first line has no "format":"chat-inspector-trace"'],
    ['x'.repeat(70_000), 'its first line is longer than 65536 characters'],
    [
      `{"format":"chat-inspector-trace","version":3}\n`,
      'line 1: version 3 of the trace format is newer than 2',
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
        expect(result).toMatch(/^it was read$|^TextError: /);
      }),
    );
  });
});

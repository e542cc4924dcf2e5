import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dialects } from '../../tests/fixtures/har/dialects.ts';
import { parseJson, TextError } from './file-error.ts';
import { readHar } from './har.ts';
import { HarText } from './har-text.ts';

/** The entries with their places, and the rest; or the sentence that says what is wrong. */
function read(text: string, size = 7) {
  const har = new HarText();
  try {
    const entries = [];
    for (let at = 0; at < text.length; at += size) entries.push(...har.push(text.slice(at, at + size)));
    return { entries, rest: har.end() };
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    return { fault: error.message };
  }
}

function parseWhole(text: string): { value: unknown } | { fault: string } {
  try {
    return { value: parseJson(text) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : '' };
  }
}

const small = JSON.stringify(
  {
    log: {
      version: '1.2',
      creator: { name: '"log": {"entries": [' },
      pages: [{ entries: [1, 2], log: {} }],
      entries: [
        { request: { url: 'https://x.test/é"\\' }, log: { entries: [{}] } },
        null,
        [[], {}],
        '",]}',
        -1.5e3,
      ],
      comment: 'end',
    },
  },
  null,
  1,
);

describe('the text of a HAR file', () => {
  it('gives each entry with the place where it begins, and the rest', () => {
    const text = '{"log": {\n  "entries": [\n    {"a":\n1}, 7,\n {"b": 2}],\n "creator": {"name": "x"}}}';
    expect(read(text)).toEqual({
      entries: [
        { value: { a: 1 }, text: '{"a":\n1}', place: { line: 3, column: 5 } },
        { value: 7, text: '7', place: { line: 4, column: 5 } },
        { value: { b: 2 }, text: '{"b": 2}', place: { line: 5, column: 2 } },
      ],
      rest: { log: { entries: [], creator: { name: 'x' } } },
    });
  });

  it('has no entries where there is no log.entries, and the file as the rest', () => {
    for (const text of [
      '{"entries":[{}]}',
      '[{"log":1}]',
      '{"log":[{"entries":[1]}]}',
      '{"log":{"entries":{}}}',
    ])
      expect(read(text)).toEqual({ entries: [], rest: JSON.parse(text) });
    expect(read('{"log":{"entries":[ ]}}')).toEqual({ entries: [], rest: { log: { entries: [] } } });
  });

  it.each(Object.entries(dialects))('of %s is read as its value is', (_, dialect) => {
    for (const space of [undefined, 2]) {
      const json = JSON.stringify(dialect(), null, space);
      const { entries = [] } = read(json, 1000);
      const value = JSON.parse(json);
      expect(entries.map((entry) => entry.value)).toEqual(value.log.entries);
      for (const { place } of entries)
        expect(json.split('\n')[place.line - 1]?.charAt(place.column - 1)).toBe('{');
      expect(readHar(value).entries).toBe(entries.length);
    }
  });

  it('nested without end, or with entries without end, is refused where it gets too much', () => {
    expect(read('['.repeat(200_000), 1000)).toEqual({
      fault: 'line 1, column 100001: the JSON is nested more than 100000 deep',
    });
    const deep = `{"log":{"entries":[${'['.repeat(50_000)}${']'.repeat(50_000)}]}}`;
    expect(read(deep, 1000)).toHaveProperty('rest');
  });

  it('cut off at any character says so where the file ends', () => {
    for (let end = 1; end < small.length; end += 1) {
      const cut = small.slice(0, end);
      expect(read(cut)).toEqual(parseWhole(cut));
    }
  });

  it('is read alike in pieces of any size, and its first fault is found where it is', () => {
    fc.assert(
      fc.property(
        fc.nat(small.length - 1),
        fc.oneof(
          fc.constantFrom('{', '}', '[', ']', ',', '"', ':', '\\', '\n', 'x', '\u0000', ''),
          fc.string(),
        ),
        fc.integer({ min: 1, max: 400 }),
        (at, put, size) => {
          const text = small.slice(0, at) + put + small.slice(at + 1);
          const whole = parseWhole(text);
          const pieces = read(text, size);
          expect(pieces).toEqual(read(text, text.length));
          if ('fault' in whole) expect(pieces).toEqual(whole);
          else expect(pieces).toHaveProperty('rest');
        },
      ),
      { numRuns: 2000 },
    );
  });
});

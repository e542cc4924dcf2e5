import { expect, test } from 'vitest';
import type { DecodedField } from '../../../src/analysis/api/analysis.ts';
import { fieldLines, valueText } from './field-rows.ts';

function field(path: (string | number)[], value: unknown, children: DecodedField[] = []): DecodedField {
  return {
    path,
    value,
    type: typeof value,
    readable: null,
    meaning: null,
    documentedType: null,
    evidence: null,
    source: null,
    sensitive: false,
    presence: 'present',
    findings: [],
    children,
  };
}

const names = (fields: DecodedField[], toggled: string[] = [], limit = 100) =>
  fieldLines(fields, new Set(toggled), limit).lines.map((line) => `${'>'.repeat(line.depth)}${line.key}`);

test('children stand below their field, one level in', () => {
  const data = field(['data'], {}, [field(['data', 'type'], 'x'), field(['data', 'sdp'], 'y')]);
  expect(names([field(['event'], 'e'), data, field(['msg'], 'm')])).toEqual([
    'event',
    'data',
    '>data.type',
    '>data.sdp',
    'msg',
  ]);
});

test('the third level is closed until it is opened', () => {
  const deep = field(['a'], {}, [
    field(['a', 'b'], {}, [field(['a', 'b', 'c'], {}, [field(['a', 'b', 'c', 'd'], 1)])]),
  ]);
  expect(names([deep])).toEqual(['a', '>a.b', '>>a.b.c']);
  expect(names([deep], ['a.b.c'])).toEqual(['a', '>a.b', '>>a.b.c', '>>>a.b.c.d']);
  expect(names([deep], ['a'])).toEqual(['a']);
});

test('ten thousand levels do not overflow and stop at the limit', () => {
  let nested = field(['x', 9999], 1);
  const keys: string[] = [];
  for (let depth = 9998; depth >= 0; depth--) {
    nested = field(['x', depth], {}, [nested]);
    keys.push(`x[${depth}]`);
  }
  const opened = fieldLines([nested], new Set(keys.slice(0, -2)), 500);
  expect(opened.lines).toHaveLength(500);
  expect(opened.more).toBe(true);
});

test('values read like JSON, and containers say how much they hold', () => {
  expect(valueText(field(['a'], 'say "hi"'))).toBe('"say \\"hi\\""');
  expect(valueText(field(['a'], [1, 2]))).toBe('[ 2 ]');
  expect(valueText(field(['a'], JSON.parse('{"__proto__":1}')))).toBe('{ 1 }');
  expect(valueText(field(['a'], null))).toBe('null');
});

import { expect, test } from 'vitest';
import type { Analysis } from '../../src/analysis/analysis.ts';
import { narrows, parseFilter, rowsMatching } from './filter-terms.ts';

const words = (text: string) =>
  parseFilter(text).map(
    ({ wanted, key, needle }) => (wanted ? '+' : '-') + (key === null ? '' : `${key}=`) + needle,
  );

const analysisOf = (...texts: string[]) =>
  ({
    rowMatches: (row: number, needle: string) => (texts[row] ?? '').includes(needle),
  }) as unknown as Analysis;

test('words are taken apart at spaces and in lower case', () => {
  expect(words('  Agent  joined\tNOW ')).toEqual(['+agent', '+joined', '+now']);
});

test('a quoted phrase is one term, with its spaces', () => {
  expect(words('"agent joined" x')).toEqual(['+agent joined', '+x']);
});

test('a quote that is not closed reaches to the end', () => {
  expect(words('a "b c')).toEqual(['+a', '+b c']);
});

test('a minus before a word or a phrase asks for its absence', () => {
  expect(words('-typing -"not typing"')).toEqual(['-typing', '-not typing']);
});

test('a lone minus and a minus inside a word are text', () => {
  expect(words('- a-b')).toEqual(['+-', '+a-b']);
});

test('empty quotes ask for nothing', () => {
  expect(words('"" -""')).toEqual([]);
});

test('characters of regular expressions are text', () => {
  expect(words('(a+)+$ .*')).toEqual(['+(a+)+$', '+.*']);
});

test('a known key takes what follows its colon, a word or a phrase', () => {
  expect(words('event:Typing -party:"Anna Lee" DIR:in')).toEqual([
    '+event=typing',
    '-party=anna lee',
    '+dir=in',
  ]);
});

test('a key that is none is part of its word, and so is one in quotes', () => {
  expect(words('https://x msg:hi "event:x"')).toEqual(['+https://x', '+msg:hi', '+event:x']);
});

test('a key without a value asks for nothing yet', () => {
  expect(words('event: -rule: x')).toEqual(['+x']);
});

test('a row matches when it has all wanted terms and none of the unwanted', () => {
  const analysis = analysisOf('agent joined', 'agent typing', 'customer joined');
  expect(rowsMatching(analysis, [0, 1, 2], parseFilter('agent -typing'))).toEqual([0]);
});

test('a longer wanted word narrows, a longer unwanted word does not', () => {
  expect(narrows(parseFilter('ag'), parseFilter('agent'))).toBe(true);
  expect(narrows(parseFilter('ag'), parseFilter('agent -x'))).toBe(true);
  expect(narrows(parseFilter('agent'), parseFilter('ag'))).toBe(false);
  expect(narrows(parseFilter('-ag'), parseFilter('-agent'))).toBe(false);
  expect(narrows(parseFilter('-agent'), parseFilter('-ag'))).toBe(true);
  expect(narrows(parseFilter('a b'), parseFilter('a'))).toBe(false);
});

test('a key narrows only within itself', () => {
  expect(narrows(parseFilter('event:mes'), parseFilter('event:message'))).toBe(true);
  expect(narrows(parseFilter('event:mes'), parseFilter('message'))).toBe(false);
  expect(narrows(parseFilter('mes'), parseFilter('event:message'))).toBe(false);
});

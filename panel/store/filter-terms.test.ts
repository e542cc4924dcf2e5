import { expect, test } from 'vitest';
import type { Analysis } from '../../src/analysis/analysis.ts';
import { narrows, parseFilter, rowsMatching } from './filter-terms.ts';

const words = (text: string) => parseFilter(text).map((term) => (term.wanted ? '+' : '-') + term.needle);

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

import { expect, test } from 'vitest';
import type { Analysis } from '../../src/analysis/api/analysis.ts';
import { compileFilter } from '../../src/filter/compiled-filter.ts';
import { FilteredRows } from './filtered-rows.ts';

const filterOf = (text: string) => compileFilter(text, null);

function traceOf(texts: string[]): { analysis: Analysis; tested: number[] } {
  const tested: number[] = [];
  const analysis = {
    get totals() {
      return { rows: texts.length };
    },
    rowMatches(row: number, needle: string) {
      tested.push(row);
      return (texts[row] ?? '').includes(needle);
    },
  } as unknown as Analysis;
  return { analysis, tested };
}

const rowsOf = (filtered: FilteredRows) =>
  Array.from({ length: filtered.found.length }, (_, position) => filtered.found.at(position));

/** A clock on which every reading is a millisecond later. */
function ticking(): () => number {
  let now = 0;
  return () => now++;
}

test('all rows are looked at, in slices', () => {
  const { analysis } = traceOf(Array.from({ length: 1000 }, (_, n) => (n % 100 === 0 ? 'hit' : 'miss')));
  const filtered = new FilteredRows(analysis, filterOf('hit'), null);
  filtered.search(2, ticking());
  expect(filtered.complete).toBe(false);
  expect(filtered.searched).toBeLessThan(200);
  while (!filtered.complete) filtered.search(2, ticking());
  expect(rowsOf(filtered)).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900]);
});

test('rows that arrive later are tested when the search goes on', () => {
  const texts = ['a', 'b'];
  const { analysis } = traceOf(texts);
  const filtered = new FilteredRows(analysis, filterOf('a'), null);
  filtered.search(100, ticking());
  texts.push('a', 'c');
  expect(filtered.complete).toBe(false);
  filtered.search(100, ticking());
  expect(rowsOf(filtered)).toEqual([0, 2]);
});

test('a narrower filter looks only through what the wider one found, and through what came since', () => {
  const texts = ['agent', 'customer', 'agency', 'agent two'];
  const { analysis, tested } = traceOf(texts);
  const wide = new FilteredRows(analysis, filterOf('ag'), null);
  wide.search(100, ticking());
  texts.push('agent three', 'nobody');
  tested.length = 0;
  const narrow = new FilteredRows(analysis, filterOf('agent'), wide);
  while (!narrow.complete) narrow.search(100, ticking());
  expect(tested).toEqual([0, 2, 3, 4, 5]);
  expect(rowsOf(narrow)).toEqual([0, 3, 4]);
});

test('a narrower filter of a search that was cut short goes on where that stood', () => {
  const { analysis } = traceOf(Array.from({ length: 500 }, (_, n) => `row ${n}`));
  const wide = new FilteredRows(analysis, filterOf('row'), null);
  wide.search(1, ticking());
  const narrow = new FilteredRows(analysis, filterOf('"row 49"'), wide);
  while (!narrow.complete) narrow.search(1, ticking());
  expect(rowsOf(narrow)).toEqual([49, 490, 491, 492, 493, 494, 495, 496, 497, 498, 499]);
});

test('a row that changed after it was looked at is let in, or leaves', () => {
  const texts = ['hit', 'miss', 'hit', 'miss'];
  const { analysis } = traceOf(texts);
  const filtered = new FilteredRows(analysis, filterOf('hit'), null);
  filtered.search(100, ticking());
  texts[1] = 'hit now';
  texts[2] = 'withdrawn';
  expect(filtered.revise([2, 1])).toBe(true);
  expect(rowsOf(filtered)).toEqual([0, 1]);
  expect(filtered.revise([0, 3])).toBe(false);
});

test('a row that the wider filter passed over is found when it changes before the narrower one comes to it', () => {
  const texts = Array.from({ length: 500 }, (_, n) => (n % 2 === 0 ? `row ${n}` : ''));
  const { analysis } = traceOf(texts);
  const wide = new FilteredRows(analysis, filterOf('row'), null);
  while (!wide.complete) wide.search(100, ticking());
  const narrow = new FilteredRows(analysis, filterOf('row hit'), wide);
  narrow.search(0, () => 0);
  expect(narrow.complete).toBe(false);
  texts[1] = 'row hit';
  texts[401] = 'row hit';
  texts[402] = 'row hit';
  expect(narrow.revise([1, 401, 402])).toBe(true);
  while (!narrow.complete) narrow.search(100, ticking());
  expect(rowsOf(narrow)).toEqual([1, 401, 402]);
});

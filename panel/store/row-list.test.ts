import { expect, test } from 'vitest';
import { RowList } from './row-list.ts';

function listOf(...rows: number[]): RowList {
  const list = new RowList();
  for (const row of rows) list.push(row);
  return list;
}

test('a list gives back what was put in, past every growth', () => {
  const list = listOf(...Array.from({ length: 5000 }, (_, n) => n * 3));
  expect(list.length).toBe(5000);
  expect(list.at(4999)).toBe(14997);
  expect(list.at(5000)).toBeUndefined();
});

test('a row is found by halves, or the place where it would stand', () => {
  const list = listOf(2, 4, 8);
  expect([0, 2, 3, 4, 5, 8, 9].map((row) => list.positionFrom(row))).toEqual([0, 0, 1, 1, 2, 2, 3]);
});

test('rows are taken in and out wherever they stand', () => {
  const list = new RowList();
  for (const row of [2, 4, 6, 8]) list.push(row);
  expect(list.settle([1, 2, 5, 6, 9], new Set([1, 5, 6, 9]))).toBe(true);
  expect(rowsOf(list)).toEqual([1, 4, 5, 6, 8, 9]);
  expect(list.settle([1, 2, 3], new Set([1]))).toBe(false);
  expect(list.settle([1, 4, 5, 6, 8, 9], new Set())).toBe(true);
  expect(rowsOf(list)).toEqual([]);
});

test('a list that is full takes rows in', () => {
  const list = new RowList();
  for (let row = 0; row < 1024; row++) list.push(2 * row);
  list.settle([1, 3, 5000], new Set([1, 3, 5000]));
  expect(list.length).toBe(1027);
  expect([list.at(1), list.at(3), list.at(1026)]).toEqual([1, 3, 5000]);
});

const rowsOf = (list: RowList) => Array.from({ length: list.length }, (_, position) => list.at(position));

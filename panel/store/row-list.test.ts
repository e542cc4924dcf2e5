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

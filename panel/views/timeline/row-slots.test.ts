import { expect, test } from 'vitest';
import { RowSlots } from './row-slots.ts';

const slots = (rows: RowSlots, from: number, to: number) => {
  rows.move(from, to);
  return Array.from({ length: to - from }, (_, at) => rows.slot(from + at));
};

test('rows that stay keep their slot, and one that comes gets a new one', () => {
  const rows = new RowSlots();
  expect(slots(rows, 0, 4)).toEqual([0, 1, 2, 3]);
  expect(slots(rows, 1, 5)).toEqual([1, 2, 3, 4]);
  expect(slots(rows, 0, 4)).toEqual([5, 1, 2, 3]);
});

test('after a jump the rows take over the slots that are there, in their order', () => {
  const rows = new RowSlots();
  slots(rows, 0, 4);
  expect(slots(rows, 999, 1004)).toEqual([0, 1, 2, 3, 4]);
});

test('no two rows share a slot', () => {
  const rows = new RowSlots();
  for (const [from, to] of [
    [10, 14],
    [8, 15],
    [3, 10],
    [0, 5],
    [0, 0],
    [2, 9],
  ] as const) {
    const taken = slots(rows, from, to);
    expect(new Set(taken).size).toBe(taken.length);
  }
});

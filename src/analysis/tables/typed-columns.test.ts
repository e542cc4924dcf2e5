import { describe, expect, test } from 'vitest';
import { Float64Column, Int32Table } from './typed-columns.ts';

/** More than two chunks. */
const MANY = 10_000;

describe('a table of numbers', () => {
  test('gives back what each cell was set to, across its chunks', () => {
    const table = new Int32Table(3);
    for (let row = 0; row < MANY; row += 1) {
      expect(table.grow()).toBe(row);
      table.set(row, 0, row);
      table.set(row, 2, ~row);
    }
    expect(table.length).toBe(MANY);
    for (const row of [0, 1, 4095, 4096, 4097, 8191, 8192, MANY - 1]) {
      expect([table.at(row, 0), table.at(row, 1), table.at(row, 2)]).toEqual([row, 0, ~row]);
      expect(table.cells(row)[table.start(row)]).toBe(row);
    }
  });

  test('has nothing where no row is, and takes nothing there', () => {
    const table = new Int32Table(2);
    table.grow();
    for (const row of [-1, 1, 5000, Number.NaN, 1e12]) {
      table.set(row, 0, 7);
      expect(table.at(row, 0)).toBe(0);
    }
    expect(table.at(0, 0)).toBe(0);
  });
});

test('a column of times keeps each exactly, and may set one again', () => {
  const column = new Float64Column();
  for (let row = 0; row < MANY; row += 1) column.push(1_790_000_000_000.25 + row);
  column.set(4096, Number.NaN);
  column.set(MANY, 1);
  expect(column.at(4095)).toBe(1_790_000_004_095.25);
  expect(column.at(4096)).toBeNaN();
  expect(column.at(MANY - 1)).toBe(1_790_000_000_000.25 + MANY - 1);
  expect([column.at(-1), column.at(MANY)]).toEqual([0, 0]);
});

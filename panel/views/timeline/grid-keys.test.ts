import { expect, test } from 'vitest';
import { targetPosition } from './grid-keys.ts';

test('arrows go row by row and stop at the ends', () => {
  expect(targetPosition('ArrowDown', 3, 10, 5)).toBe(4);
  expect(targetPosition('ArrowDown', 9, 10, 5)).toBe(9);
  expect(targetPosition('ArrowUp', 0, 10, 5)).toBe(0);
});

test('with nothing chosen, down begins at the first row and up at the last', () => {
  expect(targetPosition('ArrowDown', null, 10, 5)).toBe(0);
  expect(targetPosition('ArrowUp', null, 10, 5)).toBe(9);
});

test('pages, Home and End', () => {
  expect(targetPosition('PageDown', 7, 10, 5)).toBe(9);
  expect(targetPosition('PageUp', 7, 10, 5)).toBe(2);
  expect(targetPosition('Home', 7, 10, 5)).toBe(0);
  expect(targetPosition('End', 7, 1_000_000, 5)).toBe(999_999);
});

test('an empty list and other keys move nothing', () => {
  expect(targetPosition('End', null, 0, 5)).toBeNull();
  expect(targetPosition('x', 1, 10, 5)).toBeNull();
});

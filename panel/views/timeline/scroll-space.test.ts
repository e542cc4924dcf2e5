import { describe, expect, test } from 'vitest';
import { ScrollSpace } from './scroll-space.ts';

function spaceOf(rows: number, viewport = 440, limit?: number): ScrollSpace {
  const space = new ScrollSpace(22, limit);
  space.resize(rows, viewport);
  return space;
}

describe('a list that fits', () => {
  test('is scrolled one to one', () => {
    const space = spaceOf(1000);
    expect(space.space).toBe(22_000);
    space.scrolled(2200);
    expect(space.offset).toBe(2200);
    expect(space.top(100)).toBe(2200);
    expect(space.visible(0)).toEqual([100, 120]);
  });

  test('has its rows where they were when more come', () => {
    const space = spaceOf(100);
    space.scrolled(220);
    const before = space.top(12);
    space.resize(101, 440);
    expect(space.top(12)).toBe(before);
    expect(space.scrollTop).toBe(220);
  });

  test('shorter than the window begins at the top and is at its end', () => {
    const space = spaceOf(3);
    expect(space.visible(5)).toEqual([0, 3]);
    expect(space.atEnd).toBe(true);
  });
});

describe('a list higher than an element can be', () => {
  test('stays under the limit, and its last row is reached at the bottom', () => {
    const space = spaceOf(1_000_000);
    expect(space.space).toBeLessThan(6_000_000);
    space.scrolled(space.space - 440);
    expect(space.visible(0)).toEqual([999_980, 1_000_000]);
    expect(space.atEnd).toBe(true);
    expect(space.top(999_999) + 22).toBe(space.space);
  });

  test('begins with its first row at the top', () => {
    const space = spaceOf(1_000_000);
    space.scrolled(3_000_000);
    space.scrolled(0);
    expect(space.offset).toBe(0);
    expect(space.top(0)).toBe(0);
  });

  test('goes to the same share when the thumb is dragged', () => {
    const space = spaceOf(1_000_000);
    space.scrolled((space.space - 440) / 2);
    expect(space.visible(0)[0]).toBeCloseTo(500_000, -2);
  });

  test('moves by as many pixels as a wheel asks for', () => {
    const space = spaceOf(1_000_000);
    space.scrolled(1_000_000);
    const before = space.offset;
    space.scrolled(1_000_100);
    expect(space.offset - before).toBe(100);
  });

  test('shows every row that is asked for, wherever it is', () => {
    const space = spaceOf(1_000_000);
    for (const position of [0, 1, 499_999, 999_998, 999_999, 3]) {
      space.reveal(position);
      const [from, to] = space.visible(0);
      expect(from <= position && position < to).toBe(true);
      const y = space.top(position) - space.scrollTop;
      expect(y).toBeGreaterThanOrEqual(-1);
      expect(y).toBeLessThanOrEqual(440 - 21);
    }
  });

  test('asks for whole pixels, which no browser rounds, and shows a revealed row to the pixel', () => {
    const space = spaceOf(1_000_000, 178);
    for (const position of [999_991, 123_457, 765_432]) {
      space.reveal(position);
      expect(Number.isInteger(space.scrollTop)).toBe(true);
      const y = space.top(position) - space.scrollTop;
      expect([0, 178 - 22]).toContain(y);
    }
  });

  test('keeps what is in sight when scrollTop is put right', () => {
    const space = spaceOf(1_000_000);
    space.scrolled(1_000_000);
    for (let step = 1; step <= 50; step++) space.scrolled(1_000_000 + step * 100);
    const seen = space.visible(0);
    space.scrollToOffset(space.offset);
    expect(space.visible(0)).toEqual(seen);
  });
});

import { describe, expect, test } from 'vitest';
import { fit } from './place.ts';
import type { TravellingObservation } from './private-port.ts';

const end = (seq: number): TravellingObservation => ({
  kind: 'end',
  of: 0,
  seq,
  wallTime: 0,
  monotonicTime: 0,
});
const gap = (from: number, to: number): TravellingObservation => ({
  kind: 'gap',
  from,
  to,
  seq: to,
  count: to - from + 1,
  reason: 'ring',
  wallTime: 0,
  monotonicTime: 0,
});

describe('a batch at a receiver that has everything before 3', () => {
  test('is taken whole when it begins there', () => {
    expect(fit(3, [end(3), end(4)])).toEqual({ fit: 'contiguous', fresh: [end(3), end(4)], next: 5 });
  });
  test('loses what the receiver has', () => {
    expect(fit(3, [end(1), end(2), end(3)])).toEqual({ fit: 'contiguous', fresh: [end(3)], next: 4 });
    expect(fit(3, [end(0), end(1)])).toEqual({ fit: 'contiguous', fresh: [], next: 3 });
  });
  test('is a hole when something before it is missing', () => {
    expect(fit(3, [end(4)])).toEqual({ fit: 'hole' });
    expect(fit(3, [end(3), end(5)])).toEqual({ fit: 'hole' });
  });
  test('may be a gap, of which only the missing part counts', () => {
    expect(fit(3, [gap(1, 6), end(7)])).toEqual({ fit: 'contiguous', fresh: [gap(3, 6), end(7)], next: 8 });
    expect(fit(3, [gap(0, 2), end(3)])).toEqual({ fit: 'contiguous', fresh: [end(3)], next: 4 });
  });
});

import { describe, expect, test } from 'vitest';
import { fit, weight } from './place.ts';
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

describe('the weight of an observation', () => {
  const long = 'x'.repeat(10_000);
  const common = { seq: 1, wallTime: 0, monotonicTime: 0 };
  const payload = { encoding: 'text', data: 'x', size: 1, truncated: false } as const;
  const heavy: readonly TravellingObservation[] = [
    { kind: 'document', phase: 'start', url: long, top: true, ...common },
    {
      kind: 'request',
      transport: 'xhr',
      method: 'GET',
      url: '/',
      headers: [['accept', long]],
      body: null,
      ...common,
    },
    { kind: 'response', of: 0, status: 200, statusText: long, headers: [], url: '', ...common },
    { kind: 'error', of: 0, message: long, retrying: false, ...common },
    { kind: 'abort', of: 0, reason: long, ...common },
    { kind: 'socket-open', of: 0, phase: 'open', url: '', protocols: ['', long], ...common },
    { kind: 'socket-close', of: 0, code: 1000, reason: long, clean: true, ...common },
    { kind: 'stream-event', of: 0, event: 'x', id: long, payload, ...common },
    { kind: 'frame', of: 0, direction: 'in', payload: { ...payload, data: long }, ...common },
    { kind: 'page-error', message: long, url: '', line: 1, column: 1, during: null, ...common },
  ];
  test.each(heavy)('counts a long text wherever it stands: $kind', (observation) => {
    expect(weight(observation)).toBeGreaterThan(10_000);
  });
});

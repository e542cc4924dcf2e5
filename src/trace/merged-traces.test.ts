import { expect, test } from 'vitest';
import type { Observation } from '../observation/observation.ts';
import { mergedTraces } from './merged-traces.ts';

/** A note of a document at a time. */
function said(documentId: string, seq: number, wallTime: number): Observation {
  const place = { documentId, frame: 0, seq, wallTime, monotonicTime: 0, source: 'hook' } as const;
  return { ...place, kind: 'annotation', of: seq, text: `${documentId}${seq}` };
}

const merged = (...traces: readonly (readonly Observation[])[]): string[] =>
  [...mergedTraces(traces.map((observations) => ({ observations: () => observations })))].map(
    ({ documentId, seq, wallTime }) => `${documentId}${seq}@${wallTime}`,
  );

test('traces of other documents are one by their times, each in its own order', () => {
  expect(
    merged([said('a', 0, 1), said('a', 1, 5), said('a', 2, 4)], [said('b', 0, 2), said('b', 1, 6)]),
  ).toEqual(['a0@1', 'b0@2', 'a1@5', 'a2@4', 'b1@6']);
});

test('what stands in several of them is there once', () => {
  const whole = [said('a', 0, 1), said('a', 1, 2), said('a', 2, 3), said('a', 3, 4)];
  expect(merged(whole, whole)).toEqual(merged(whole));
  expect(merged(whole.slice(0, 3), whole.slice(1))).toEqual(merged(whole));
  expect(merged(whole.slice(2), whole.slice(0, 3), whole)).toEqual(merged(whole));
});

test('two documents that are called alike stay two', () => {
  const one = [said('page', 0, 1), said('page', 1, 3)];
  const other = [said('page', 0, 2), said('page', 1, 4)];
  expect(merged(one, other, other)).toEqual(['page0@1', 'page (2)0@2', 'page1@3', 'page (2)1@4']);
});

test('nothing and nothing is nothing', () => {
  expect(merged()).toEqual([]);
  expect(merged([], [])).toEqual([]);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Observation } from '../../src/observation/observation.ts';
import { FairQueue } from './fair-queue.ts';

const common = { frame: 0, wallTime: 0, monotonicTime: 0, source: 'hook' } as const;
const start = (documentId: string, origin: string): Observation => ({
  ...{ ...common, documentId, seq: 0, kind: 'document', phase: 'start', url: origin, top: true, origin },
});
const ends = (documentId: string, from: number, count: number, frame = 0): Observation[] =>
  Array.from({ length: count }, (_, at) => ({
    ...common,
    documentId,
    frame,
    seq: from + at,
    kind: 'end',
    of: 0,
  }));

test('what comes in ordinary numbers is given in the order in which it came', () => {
  const queue = new FairQueue();
  queue.push([start('a', 'https://a'), ...ends('a', 1, 300)]);
  queue.push([start('b', 'https://b'), ...ends('b', 1, 10)]);
  queue.push(ends('a', 301, 50));
  const order = queue.clear().map(({ documentId, seq }) => `${documentId} ${seq}`);
  expect(order[0]).toBe('a 0');
  expect(order.slice(301, 312).map((each) => each[0])).toEqual(Array(11).fill('b'));
  expect(order.at(-1)).toBe('a 350');
});

test('a flood of one origin, over however many documents and frames, lets another wait for no more than its share', () => {
  const queue = new FairQueue();
  for (let at = 0; at < 500; at++) {
    queue.push([start(`flood ${at}`, 'https://ad'), ...ends(`flood ${at}`, 1, 99, at)]);
  }
  queue.push([start('victim', 'https://shop')]);
  let before = 0;
  for (let portion = queue.shift(); portion?.key === 'https://ad'; portion = queue.shift())
    before += portion.observations.length;
  expect(before).toBeLessThanOrEqual(2_100);
  expect(queue.clear()).toHaveLength(50_000 - before);
});

test('nothing is lost, and within an origin nothing changes its place', () => {
  const pushes = fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 900 }), fc.nat(6)), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(pushes, (list) => {
      const queue = new FairQueue();
      const pushed: Observation[] = [];
      const given: Observation[] = [];
      const next = [0, 0, 0, 0];
      for (const [frame, count, shifts] of list) {
        const observations = ends(`of ${frame}`, next[frame] ?? 0, count, frame);
        next[frame] = (next[frame] ?? 0) + count;
        pushed.push(...observations);
        queue.push(observations);
        for (let at = 0; at < shifts; at++) given.push(...(queue.shift()?.observations ?? []));
      }
      given.push(...queue.clear());
      expect(queue.isEmpty).toBe(true);
      for (const frame of [0, 1, 2, 3]) {
        const of = (all: readonly Observation[]) => all.filter((each) => each.frame === frame);
        expect(of(given)).toEqual(of(pushed));
      }
    }),
    { numRuns: 50 },
  );
});

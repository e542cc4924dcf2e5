import { expect, test } from 'vitest';
import { FrameCensus, type FrameReport } from './frame-census.ts';

const report = (frame: number, more: Partial<FrameReport> = {}): FrameReport => ({
  ...{ frame, documentId: `${frame}`, url: `https://f${frame}.example/`, round: 1 },
  ...{ workers: 0, children: 0, fetches: 0, newFrame: false },
  ...more,
});

function census(...reports: readonly FrameReport[]): FrameCensus {
  const made = new FrameCensus();
  made.asked(true);
  for (const each of reports) made.report(each);
  return made;
}

/** The count of the second of two rounds with the same answers. */
function secondCount(...reports: readonly FrameReport[]) {
  const made = census(...reports);
  made.count();
  for (const each of reports) made.report({ ...each, round: 2 });
  return made.count();
}

test('a frame that does not answer is missed by the one that contains it', () => {
  expect(secondCount(report(0, { children: 2 }), report(7)).unhookedFrames).toBe(1);
  expect(
    secondCount(report(0, { children: 2 }), report(7, { children: 3 }), report(9), report(10)).unhookedFrames,
  ).toBe(2);
  expect(secondCount(report(0, { children: 1 }), report(7)).unhookedFrames).toBe(0);
});

test('a frame that one round misses and the next does not was loading, or gone, and is not counted', () => {
  const made = census(report(0, { children: 2 }), report(7));
  expect(made.count().unhookedFrames).toBe(0);
  expect(made.missesAny).toBe(true);
  // More that the same round brings is no second round.
  made.report(report(0, { children: 2, fetches: 1 }));
  expect(made.count().unhookedFrames).toBe(0);
  for (const each of [report(0, { children: 1 }), report(7)]) made.report({ ...each, round: 2 });
  expect(made.count().unhookedFrames).toBe(0);
  expect(made.missesAny).toBe(false);
});

test('a round whose answers were not waited for says nothing of the frames that it missed', () => {
  const made = census(report(0, { children: 2 }));
  made.report(report(0, { round: 2, children: 2 }));
  expect(made.count().unhookedFrames).toBe(0);
});

test('a frame that is missed and then gone is no longer counted', () => {
  const made = census(report(0, { children: 1 }));
  made.count();
  made.report(report(0, { round: 2, children: 1 }));
  expect(made.count().unhookedFrames).toBe(1);
  made.report(report(0, { round: 3 }));
  expect(made.count().unhookedFrames).toBe(0);
});

test('workers of all frames are counted', () => {
  const made = census(report(0, { workers: 1, children: 1 }), report(7, { workers: 2 }));
  expect(made.count().workers).toBe(3);
});

test('a new round forgets the frames of the last one, and what comes late from it', () => {
  const made = census(report(0, { children: 1, workers: 1 }), report(7));
  made.report(report(0, { round: 2 }));
  made.report(report(7, { workers: 5 }));
  expect(made.frames.map(({ frame }) => frame)).toEqual([0]);
  expect(made.count()).toEqual({ workers: 0, unhookedFrames: 0 });
});

test('a tab whose top document does not answer has one frame at least without a hook', () => {
  const made = census(report(0, { children: 4 }));
  made.asked(false);
  expect(made.count().unhookedFrames).toBe(1);
  expect(made.missesAny).toBe(false);
});

test('before the top frame has answered nothing is missed', () => {
  expect(secondCount(report(7, { children: 2 })).unhookedFrames).toBe(0);
});

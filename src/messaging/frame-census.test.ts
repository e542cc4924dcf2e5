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

test('a frame that does not answer is missed by the one that contains it', () => {
  expect(census(report(0, { children: 2 }), report(7)).counts.unhookedFrames).toBe(1);
  expect(
    census(report(0, { children: 1 }), report(7, { children: 3 }), report(9)).counts.unhookedFrames,
  ).toBe(2);
  expect(census(report(0, { children: 1 }), report(7)).counts.unhookedFrames).toBe(0);
});

test('workers of all frames are counted', () => {
  expect(census(report(0, { workers: 1, children: 1 }), report(7, { workers: 2 })).counts.workers).toBe(3);
});

test('a new round forgets the frames of the last one, and what comes late from it', () => {
  const made = census(report(0, { children: 1, workers: 1 }), report(7));
  made.report(report(0, { round: 2 }));
  made.report(report(7, { workers: 5 }));
  expect(made.frames.map(({ frame }) => frame)).toEqual([0]);
  expect(made.counts).toEqual({ workers: 0, unhookedFrames: 0 });
});

test('a tab whose top document does not answer has one frame at least without a hook', () => {
  const made = census(report(0, { children: 4 }));
  made.asked(false);
  expect(made.counts.unhookedFrames).toBe(1);
});

test('before the top frame has answered nothing is missed', () => {
  expect(census(report(7, { children: 2 })).counts.unhookedFrames).toBe(0);
});

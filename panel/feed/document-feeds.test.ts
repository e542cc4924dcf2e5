import { expect, test } from 'vitest';
import { UNKNOWN_FRAME } from '../../src/messaging/last-words.ts';
import type { TravellingObservation } from '../../src/messaging/private-port.ts';
import type { Observation } from '../../src/observation/observation.ts';
import { DocumentFeeds } from './document-feeds.ts';

const end = (seq: number): TravellingObservation => ({
  kind: 'end',
  of: 0,
  seq,
  wallTime: 0,
  monotonicTime: 0,
});
const hidden = (seq: number): TravellingObservation => ({
  kind: 'document',
  phase: 'hidden',
  url: '',
  top: true,
  seq,
  wallTime: 0,
  monotonicTime: 0,
});

function panel() {
  const taken: Observation[] = [];
  const asked: string[] = [];
  const withheld: number[] = [];
  const due: (() => void)[] = [];
  const feeds = new DocumentFeeds({
    observations: (batch) => taken.push(...batch),
    withheld: (batch) => withheld.push(...batch.map(({ seq }) => seq)),
    resume: (documentId, from) => asked.push(`resume ${documentId} ${from}`),
    acknowledge: (documentId, next) => asked.push(`have ${documentId} ${next}`),
    later: (run) => due.push(run),
  });
  const pass = () => due.splice(0).forEach((run) => void run());
  return { feeds, asked, taken, withheld, pass, seqs: () => taken.map(({ seq }) => seq) };
}

test('a batch that comes twice is taken once, and acknowledged twice', () => {
  const { feeds, asked, seqs } = panel();
  feeds.onBatch('a', 0, 2, [end(0), end(1)]);
  feeds.onBatch('a', 0, 2, [end(0), end(1)]);
  expect(seqs()).toEqual([0, 1]);
  expect(asked).toEqual(['have a 2', 'have a 2']);
});

test('a hole is asked for once, and what follows it waits', () => {
  const { feeds, asked, seqs } = panel();
  feeds.onBatch('a', 0, 4, [end(2)]);
  feeds.onBatch('a', 0, 4, [end(3)]);
  feeds.onBatch('a', 0, 4, [end(0), end(1), end(2), end(3)]);
  expect(seqs()).toEqual([0, 1, 2, 3]);
  expect(asked).toEqual(['resume a 0', 'have a 4']);
});

test('after an interruption each document goes on where it stopped', () => {
  const { feeds, asked } = panel();
  feeds.onBatch('a', 0, 1, [end(0)]);
  feeds.interrupted();
  expect(feeds.have()).toEqual({ a: 1 });
  feeds.onDocument('a');
  expect(asked).toEqual(['have a 1', 'resume a 1']);
});

test('what a frame had made when its connection ended and did not arrive is a gap', () => {
  const { feeds, taken, pass } = panel();
  feeds.onBatch('a', 3, 5, [end(0), end(1)]);
  feeds.onGone('a', 3);
  pass();
  expect(taken.at(-1)).toMatchObject({
    kind: 'gap',
    from: 2,
    to: 4,
    count: 3,
    reason: 'frame-gone',
    frame: 3,
  });
});

test('a document in the back/forward cache loses nothing when its connection ends', () => {
  const { feeds, seqs } = panel();
  feeds.onBatch('a', 0, 3, [end(0), hidden(1)]);
  feeds.onGone('a', 0);
  expect(seqs()).toEqual([0, 1]);
});

test('observations are stamped with their document and frame', () => {
  const { feeds, taken } = panel();
  feeds.onBatch('a', 7, 1, [end(0)]);
  expect(taken).toEqual([{ ...end(0), documentId: 'a', frame: 7, source: 'hook' }]);
});

test('a paused frame is not shown, and goes on where it stopped', () => {
  const { feeds, asked, seqs, withheld } = panel();
  feeds.onBatch('a', 7, 1, [end(0)]);
  feeds.pause(7);
  feeds.onBatch('a', 7, 3, [end(1), end(2)]);
  feeds.onBatch('b', 0, 1, [end(0)]);
  expect(seqs()).toEqual([0, 0]);
  expect(withheld).toEqual([1, 2]);
  expect(feeds.documents[0]).toMatchObject({ frame: 7, taken: 1, held: 2, alive: true });
  expect(feeds.resumeFrame(7)).toBe(false);
  // Acknowledged meanwhile, so that neither the hook nor the recorder waits for the panel.
  expect(asked).toEqual(['have a 1', 'have a 3', 'have b 1', 'resume a 1']);
  feeds.onBatch('a', 7, 4, [end(3)]);
  feeds.onBatch('a', 7, 4, [end(1), end(2), end(3)]);
  expect(seqs()).toEqual([0, 0, 1, 2, 3]);
});

test('a document of a paused frame that is gone comes from the recorder when the frame goes on', () => {
  const { feeds, seqs } = panel();
  feeds.pause(7);
  feeds.onDocument('a', 7);
  feeds.onBatch('a', 7, 1, [end(0)]);
  feeds.onGone('a', 7);
  // Its last words may come behind the news of its end.
  feeds.onBatch('a', 7, 2, [end(1)]);
  expect(seqs()).toEqual([]);
  expect(feeds.resumeFrame(7)).toBe(true);
  feeds.onRecorded('a', 7, [end(0), end(1)]);
  feeds.recordedAll();
  expect(seqs()).toEqual([0, 1]);
});

test('what the recorder does not have of it either is a gap', () => {
  const { feeds, taken, pass } = panel();
  feeds.pause(7);
  feeds.onBatch('a', 7, 2, [end(0), end(1)]);
  feeds.onGone('a', 7);
  feeds.resumeFrame(7);
  feeds.recordedAll();
  pass();
  expect(taken).toMatchObject([{ kind: 'gap', from: 0, to: 1, count: 2, reason: 'frame-gone' }]);
});

test('of another page that the tab shows, what has spoken already stays: itself and frames, not the page before', () => {
  const { feeds } = panel();
  const start = (top: boolean): TravellingObservation => ({
    ...{ kind: 'document', phase: 'start', url: '', top },
    ...{ seq: 0, wallTime: 0, monotonicTime: 0 },
  });
  feeds.onBatch('old', 0, 1, [start(true)]);
  feeds.onBatch('its frame', 3, 1, [start(false)]);
  feeds.onGone('its frame', 3);
  feeds.onBatch('kept by the browser', 4, 2, [start(false), hidden(1)]);
  feeds.onBatch('new', 0, 1, [start(true)]);
  feeds.onBatch('a frame of the new', 5, 1, [start(false)]);
  expect(feeds.staying('new')).toEqual(['new', 'a frame of the new']);
  expect(feeds.staying('')).toEqual(['a frame of the new']);
});

test('a frame that was gone before anybody knew its number has none in the trace', () => {
  const { feeds, taken } = panel();
  feeds.onBatch('known', 7, 1, [end(0)]);
  feeds.onRecorded('gone', UNKNOWN_FRAME, [end(0)]);
  expect(taken.map(({ frame }) => frame)).toEqual([7, null]);
});

test('what was cleared is not taken again, and what comes after it is, with what it refers to', () => {
  const { feeds, asked, seqs } = panel();
  feeds.onBatch('a', 0, 3, [end(0), end(1), end(2)]);
  expect(feeds.clear(50)).toEqual({ a: 3 });
  feeds.onBatch('a', 0, 4, [end(3)]);
  feeds.onRecorded('a', 0, [end(0), end(1)]);
  feeds.onDocument('a', 0, 49);
  expect(seqs()).toEqual([0, 1, 2]);
  feeds.onDocument('a', 0, 50);
  expect(asked.at(-1)).toBe('resume a 0');
  const forgotten = {
    from: 1,
    to: 2,
    count: 0,
    reason: 'ring',
    seq: 2,
    wallTime: 0,
    monotonicTime: 0,
  } as const;
  feeds.onBatch('a', 0, 4, [end(0), { kind: 'gap', ...forgotten }, end(3)]);
  expect(seqs()).toEqual([0, 1, 2, 0, 3]);
});

test('of documents that are gone or paused nothing from before is wanted once the tab was cleared, and nothing is missed', () => {
  const { feeds, taken } = panel();
  feeds.onBatch('gone', 1, 3, [end(0), end(1)]);
  feeds.onBatch('paused', 2, 3, [end(0)]);
  feeds.onGone('gone', 1);
  feeds.pause(2);
  feeds.onBatch('paused', 2, 3, [end(1), end(2)]);
  const before = taken.length;
  expect(feeds.clear(50)).toEqual({});
  feeds.recordedAll();
  expect(feeds.resumeFrame(2)).toBe(false);
  feeds.onGone('paused', 2);
  expect(taken).toHaveLength(before);
});

const gone = (seq: number): TravellingObservation => ({
  ...hidden(seq),
  kind: 'document',
  phase: 'gone',
  url: '',
  top: true,
});

test('a frame that ends without a word leaves a gap, also where nobody knows whether it had said more', () => {
  const { feeds, taken, pass } = panel();
  feeds.onDocument('told of', 3, 0, 2);
  feeds.onBatch('heard', 4, 2, [end(0), end(1)]);
  feeds.onGone('told of', 3);
  feeds.onGone('heard', 4);
  // It may live, and its relay has not yet said so.
  feeds.onRecorded('recorded', 5, [end(0)]);
  pass();
  expect(taken.filter(({ kind }) => kind === 'gap')).toMatchObject([
    { documentId: 'told of', from: 0, to: 1, count: 2, reason: 'frame-gone' },
    { documentId: 'heard', from: 2, to: 2, count: 0, reason: 'frame-gone' },
  ]);
});

test('a frame that says good-bye, or is there again, leaves none', () => {
  const { feeds, taken, pass } = panel();
  feeds.onBatch('said', 3, 1, [end(0)]);
  feeds.onGone('said', 3);
  // On a connection of their own, behind the news of its end.
  feeds.onBatch('said', 3, 2, [gone(1)]);
  feeds.onBatch('chatted while it went', 6, 1, [end(0)]);
  feeds.onFarewell('chatted while it went');
  feeds.onGone('chatted while it went', 6);
  feeds.onRecorded('recorded', 5, [end(0), gone(1)]);
  feeds.onBatch('back', 4, 3, [end(0)]);
  feeds.onGone('back', 4);
  feeds.onDocument('back', 4, 0, 3);
  pass();
  expect(taken.filter(({ kind }) => kind === 'gap')).toEqual([]);
});

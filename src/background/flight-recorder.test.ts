import { expect, test } from 'vitest';
import type { TravellingObservation } from '../messaging/private-port.ts';
import { FlightRecorder } from './flight-recorder.ts';
import { memory } from './storage-in-memory.ts';

const CAPS = { recorderTabBytes: 3_000, recorderBytes: 6_000, recorderIdleMinutes: 30 };
const ALL = () => true;

/** A frame of about 1,000 bytes. */
const frame = (seq: number): TravellingObservation => ({
  kind: 'frame',
  of: 0,
  direction: 'in',
  payload: { encoding: 'text', data: 'x'.repeat(850), size: 850, truncated: false },
  seq,
  wallTime: 0,
  monotonicTime: 0,
});

const shown = (observations: readonly TravellingObservation[]): string[] =>
  observations.map((each) =>
    each.kind === 'gap' ? `gap ${each.from}-${each.to}` : `${each.kind} ${each.seq}`,
  );

test('a worker that starts again has what was stored, and knows what comes next', async () => {
  const storage = memory();
  const first = new FlightRecorder(storage, CAPS);
  await first.load();
  first.take(1, 0, 'a', [frame(0), frame(1)]);
  await first.flush();
  const second = new FlightRecorder(storage, CAPS);
  await second.load();
  expect(second.next('a')).toBe(2);
  expect(second.take(1, 0, 'a', [frame(3)])).toBe(false);
  const [document] = await second.replay(1, ALL);
  expect(shown(document?.observations ?? [])).toEqual(['frame 0', 'frame 1']);
});

test('what was not stored when the worker died is asked for again', async () => {
  const storage = memory();
  const first = new FlightRecorder(storage, CAPS);
  await first.load();
  first.take(1, 0, 'a', [frame(0)]);
  await first.flush();
  first.take(1, 0, 'a', [frame(1)]);
  const second = new FlightRecorder(storage, CAPS);
  await second.load();
  expect(second.next('a')).toBe(1);
});

test('the oldest document goes first, and what went is counted', async () => {
  const recorder = new FlightRecorder(memory(), CAPS, counter());
  await recorder.load();
  for (const documentId of ['a', 'b']) {
    for (let seq = 0; seq < 2; seq++) {
      recorder.take(1, 0, documentId, [frame(seq)]);
      await recorder.flush();
    }
  }
  const documents = await recorder.replay(1, ALL);
  expect(documents.map(({ documentId, observations }) => [documentId, ...shown(observations)])).toEqual([
    ['a', 'gap 0-0', 'frame 1'],
    ['b', 'frame 0', 'frame 1'],
  ]);
});

test('of the newest document the beginning stays, because it names the connections', async () => {
  const recorder = new FlightRecorder(memory(), CAPS);
  await recorder.load();
  for (let seq = 0; seq < 5; seq++) {
    recorder.take(1, 0, 'a', [frame(seq)]);
    await recorder.flush();
  }
  const [document] = await recorder.replay(1, ALL);
  expect(shown(document?.observations ?? [])).toEqual(['frame 0', 'gap 1-2', 'frame 3', 'frame 4']);
});

test('a tab that is closed leaves nothing, nor does half an hour without traffic', async () => {
  const storage = memory();
  let now = 0;
  const recorder = new FlightRecorder(storage, CAPS, () => now);
  await recorder.load();
  recorder.take(1, 0, 'a', [frame(0)]);
  recorder.take(2, 0, 'b', [frame(0)]);
  await recorder.flush();
  await recorder.forgetTab(1);
  expect(await recorder.replay(1, ALL)).toEqual([]);
  now = 31 * 60_000;
  expect(await recorder.replay(2, ALL)).toEqual([]);
  expect([...storage.items.keys()]).toEqual(['documents']);
});

test('last words behind a hole are kept, with a gap for what will never come', async () => {
  const recorder = new FlightRecorder(memory(), CAPS);
  await recorder.load();
  recorder.take(1, 0, 'a', [frame(0)]);
  recorder.takeLast(1, 0, 'a', [frame(3)]);
  // Said twice, over the port and by letter.
  recorder.takeLast(1, 0, 'a', [frame(3)]);
  const [document] = await recorder.replay(1, ALL);
  expect(shown(document?.observations ?? [])).toEqual(['frame 0', 'gap 1-2', 'frame 3']);
  expect(document?.gone).toBe(true);
});

test('a batch that the storage has lost is a gap, not silence', async () => {
  const storage = memory();
  const recorder = new FlightRecorder(storage, CAPS);
  await recorder.load();
  for (const seq of [0, 1, 2]) {
    recorder.take(1, 0, 'a', [frame(seq)]);
    await recorder.flush();
  }
  storage.items.delete('batch/a/1');
  const [document] = await recorder.replay(1, ALL);
  expect(shown(document?.observations ?? [])).toEqual(['frame 0', 'gap 1-1', 'frame 2']);
});

test('over all tabs the one that holds the most gives, and what went is counted', async () => {
  const recorder = new FlightRecorder(memory(), CAPS, counter());
  await recorder.load();
  for (const tab of [1, 2, 3]) {
    for (let seq = 0; seq < 2; seq++) {
      recorder.take(tab, 0, `of ${tab}`, [frame(seq)]);
      await recorder.flush();
    }
  }
  recorder.take(3, 0, 'of 3', [frame(2)]);
  await recorder.flush();
  const kept = async (tab: number) => shown((await recorder.replay(tab, ALL))[0]?.observations ?? []);
  expect([await kept(1), await kept(2), await kept(3)]).toEqual([
    ['frame 0', 'frame 1'],
    ['frame 0', 'frame 1'],
    ['frame 0', 'gap 1-1', 'frame 2'],
  ]);
});

test('where the browser has less room than the caps, the oldest go until it fits, and are counted', async () => {
  const storage = memory();
  const room = async (items: Record<string, unknown>): Promise<void> => {
    const batches = new Set([...storage.items.keys(), ...Object.keys(items)]);
    if (batches.size > 3) throw new Error('QUOTA_BYTES quota exceeded');
    await storage.set(items);
  };
  const recorder = new FlightRecorder({ ...storage, set: room }, CAPS, counter());
  await recorder.load();
  for (const documentId of ['a', 'b', 'c', 'd']) {
    recorder.take(1, 0, documentId, [{ kind: 'end', of: 0, seq: 0, wallTime: 0, monotonicTime: 0 }]);
    await recorder.flush();
  }
  const documents = await recorder.replay(1, ALL);
  expect(documents.map(({ documentId, observations }) => [documentId, ...shown(observations)])).toEqual([
    ...[
      ['a', 'gap 0-0'],
      ['b', 'gap 0-0'],
    ],
    ...[
      ['c', 'end 0'],
      ['d', 'end 0'],
    ],
  ]);
});

test('a loud tab, and a loud frame in it, take nothing from the others', async () => {
  const recorder = new FlightRecorder(memory(), CAPS, counter());
  await recorder.load();
  recorder.take(1, 0, 'quiet', [frame(0)]);
  recorder.take(1, 3, 'ad', [frame(0)]);
  recorder.take(2, 0, 'other', [frame(0), frame(1)]);
  await recorder.flush();
  for (let seq = 1; seq < 20; seq++) {
    recorder.take(1, 3, 'ad', [frame(seq)]);
    recorder.take(3, 0, `of ${seq}`, [frame(0)]);
    await recorder.flush();
  }
  const kept = async (tab: number) =>
    (await recorder.replay(tab, ALL)).map(({ documentId, observations }) => [
      documentId,
      ...shown(observations),
    ]);
  expect(await kept(1)).toContainEqual(['quiet', 'frame 0']);
  expect(await kept(2)).toEqual([['other', 'frame 0', 'frame 1']]);
});

test('of a flood of tiny documents of one frame the index stays small, and the loss is counted', async () => {
  const recorder = new FlightRecorder(
    memory(),
    { ...CAPS, recorderTabBytes: 1e6, recorderBytes: 1e6 },
    counter(),
  );
  await recorder.load();
  recorder.take(1, 0, 'page', [frame(0)]);
  for (let at = 0; at < 300; at++) recorder.take(1, 7, `tiny ${at}`, [{ ...frame(0), kind: 'end', of: 0 }]);
  await recorder.flush();
  const documents = await recorder.replay(1, ALL);
  expect(documents).toHaveLength(101);
  expect(documents.map(({ observations }) => observations.length)).toEqual(Array(101).fill(1));
  expect(documents.find(({ documentId }) => documentId === 'tiny 0')?.observations).toMatchObject([
    { kind: 'gap', from: 0, to: 200, count: 201, reason: 'recorder' },
  ]);
  expect(documents.find(({ documentId }) => documentId === 'page')?.observations).toHaveLength(1);
});

test('where others have filled the storage, nothing is taken from anybody for it, and the writing is told as failed', async () => {
  const storage = memory();
  let full = false;
  const set = (items: Record<string, unknown>): Promise<void> =>
    full ? Promise.reject(new Error('QUOTA_BYTES quota exceeded')) : storage.set(items);
  const recorder = new FlightRecorder({ ...storage, set }, { ...CAPS, recorderBytes: 60_000 });
  await recorder.load();
  recorder.take(1, 0, 'a', [frame(0)]);
  await recorder.flush();
  full = true;
  recorder.take(2, 0, 'b', [frame(0)]);
  await expect(recorder.flush()).rejects.toThrow('takes nothing');
  full = false;
  expect(shown((await recorder.replay(1, ALL))[0]?.observations ?? [])).toEqual(['frame 0']);
  expect(shown((await recorder.replay(2, ALL))[0]?.observations ?? [])).toEqual(['gap 0-0']);
});

test('a writing that fails is told, and the next one goes on', async () => {
  const storage = memory();
  let broken = true;
  const remove = (keys: string[]): Promise<void> =>
    broken ? Promise.reject(new Error('the disk is gone')) : storage.remove(keys);
  const recorder = new FlightRecorder({ ...storage, remove }, CAPS);
  await recorder.load();
  for (let seq = 0; seq < 3; seq++) recorder.take(1, 0, 'a', [frame(seq)]);
  await recorder.flush();
  recorder.take(1, 0, 'a', [frame(3), frame(4)]);
  await expect(recorder.flush()).rejects.toThrow('the disk is gone');
  broken = false;
  recorder.take(2, 0, 'b', [frame(0)]);
  await recorder.flush();
  expect(shown((await recorder.replay(2, ALL))[0]?.observations ?? [])).toEqual(['frame 0']);
});

function counter(): () => number {
  let at = 0;
  return () => at++;
}

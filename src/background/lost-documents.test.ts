import { expect, test } from 'vitest';
import { type FrameAddress, type LastWords, lastWordsKey, UNKNOWN_FRAME } from '../messaging/last-words.ts';
import type { Batch } from '../messaging/private-port.ts';
import { LostDocuments, type Witnesses } from './lost-documents.ts';

const ID = '0123456789abcdef0123456789abcdef';
const NOBODY: Witnesses = { tabs: async () => [], seenBy: async () => null };

const batch = (seq: number): Batch => ({
  documentId: ID,
  total: seq + 1,
  from: seq,
  next: seq + 1,
  text: `[{"kind":"end","of":0,"seq":${seq},"wallTime":0,"monotonicTime":0}]`,
});

const words = (seq: number, address: FrameAddress | null, at = 0): LastWords => ({
  url: 'http://x/',
  origin: 'http://x',
  top: false,
  at,
  shown: 0,
  address,
  batch: batch(seq),
});

function letterbox(...letters: LastWords[]) {
  const items = new Map<string, unknown>(letters.map((each) => [lastWordsKey(each.batch), each]));
  return {
    items,
    keys: async () => [...items.keys()],
    get: async (keys: string[]) => Object.fromEntries(keys.map((key) => [key, items.get(key)])),
    remove: async (keys: string[]) => {
      for (const key of keys) items.delete(key);
    },
  };
}

function recipient() {
  const got: [FrameAddress, number][] = [];
  return {
    got,
    onLastWords: async (address: FrameAddress, { batch: { from } }: LastWords) => {
      got.push([address, from]);
    },
  };
}

test('letters are handed on in the order in which they were written, and taken out', async () => {
  const box = letterbox(words(7, { tab: 1, frame: 2 }), words(3, { tab: 1, frame: 2 }));
  box.items.set('batch/other', 'stays');
  box.items.set('last-words/forged', { url: 1 });
  const to = recipient();
  await new LostDocuments(box, to, NOBODY).collect();
  expect(to.got).toEqual([
    [{ tab: 1, frame: 2 }, 3],
    [{ tab: 1, frame: 2 }, 7],
  ]);
  expect([...box.items.keys()]).toEqual(['batch/other']);
});

test('a letter stays where it is until it was received', async () => {
  const box = letterbox(words(0, { tab: 1, frame: 0 }));
  const dead = { onLastWords: () => Promise.reject(new Error('the worker is killed')) };
  await new LostDocuments(box, dead, NOBODY).collect();
  expect(box.items.size).toBe(1);
  const to = recipient();
  await new LostDocuments(box, to, NOBODY).collect();
  expect(to.got).toHaveLength(1);
});

test('a letter without an address goes to the tab whose times are nearest', async () => {
  const box = letterbox(words(0, null));
  const delivered = new Promise<FrameAddress>((resolve) => {
    const seen = new Map([
      [1, null],
      [2, 50],
      [3, 7],
      [4, 60],
    ]);
    const lost = new LostDocuments(
      box,
      { onLastWords: async (address) => resolve(address) },
      { tabs: async () => [...seen.keys()], seenBy: async (tab) => seen.get(tab) ?? null },
    );
    void lost.collect();
  });
  expect(await delivered).toEqual({ tab: 3, frame: UNKNOWN_FRAME });
});

test('a tab that never answers holds up nothing but the letters of nobody', async () => {
  const box = letterbox(words(0, null), words(5, { tab: 1, frame: 0 }));
  const to = recipient();
  const mute: Witnesses = { tabs: async () => [9], seenBy: () => new Promise(() => {}) };
  const lost = new LostDocuments(box, to, mute);
  await lost.collect();
  await lost.collect();
  expect(to.got).toEqual([[{ tab: 1, frame: 0 }, 5]]);
});

test('a letter that nobody claims is kept for a while, and then no more', async () => {
  const box = letterbox(words(0, null, 1_000));
  let now = 2_000;
  const lost = new LostDocuments(box, recipient(), NOBODY, () => now);
  await lost.collect();
  await lost.addressOf(words(0, null));
  expect(box.items.size).toBe(1);
  now = 60_000;
  const taken = new Promise<void>((resolve) => {
    const { remove } = box;
    box.remove = async (keys) => {
      await remove(keys);
      resolve();
    };
  });
  await lost.collect();
  await taken;
  expect(box.items.size).toBe(0);
});

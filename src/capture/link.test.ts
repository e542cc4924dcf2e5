import { beforeEach, expect, test, vi } from 'vitest';
import { observationsIn, parseBatch } from '../messaging/batch.ts';
import type { Batch, TravellingObservation } from '../messaging/private-port.ts';

vi.useFakeTimers({ now: 0, toFake: ['setTimeout', 'performance', 'Date'] });
// After the clock is ours: the hook keeps copies of what it finds.
const { Link } = await import('./link.ts');
const { Ring } = await import('./ring.ts');

const frame = (seq: number, text = ''): TravellingObservation => ({
  kind: 'frame',
  of: 0,
  direction: 'in',
  payload: { encoding: 'text', data: text, size: text.length, truncated: false },
  seq,
  wallTime: 0,
  monotonicTime: 0,
});
const open: TravellingObservation = {
  kind: 'socket-open',
  of: 0,
  phase: 'connecting',
  url: 'ws://x/',
  protocols: [],
  seq: 0,
  wallTime: 0,
  monotonicTime: 0,
};

function setUp(count = 5_000, bytes = 16 * 1024 * 1024) {
  const ring = new Ring(count, bytes);
  const posted: Batch[] = [];
  const last: Batch[] = [];
  const documentId = 'd'.repeat(32);
  const link = new Link('name', { ring, documentId }, (_name, said) => {
    const batch = parseBatch(said);
    if (batch) (batch.last ? last : posted).push(batch);
  });
  const add = (observation: TravellingObservation, patient = false) => {
    ring.push(observation, 100);
    link.wake(patient);
  };
  return { ring, link, add, posted, last };
}

const shown = (batches: readonly Batch[]): string[] =>
  batches.map((batch) =>
    (observationsIn(batch) ?? [])
      .map((each) => (each.kind === 'gap' ? `gap ${each.from}-${each.to}` : each.seq))
      .join(' '),
  );
const seqs = (batches: readonly Batch[]): number[] =>
  batches.flatMap((batch) => (observationsIn(batch) ?? []).map(({ seq }) => seq));

const held = (ring: { text(seq: number): string }, seq: number): unknown => JSON.parse(ring.text(seq)).seq;

beforeEach(() => {
  vi.advanceTimersByTime(1_000);
});

test('live: the first is posted at once, the next within a frame, and then there is no timer', () => {
  const { add, posted } = setUp();
  add(frame(0));
  add(frame(1));
  add(frame(2));
  expect(shown(posted)).toEqual(['0']);
  vi.advanceTimersByTime(17);
  expect(shown(posted)).toEqual(['0', '1 2']);
  expect(vi.getTimerCount()).toBe(0);
});

test('live: what more belongs to waits for it, but not for long', () => {
  const { add, posted } = setUp();
  add(frame(0), true);
  vi.advanceTimersByTime(50);
  add(frame(1), true);
  expect(posted).toEqual([]);
  add(frame(2));
  expect(shown(posted)).toEqual(['0 1 2']);
  add(frame(3), true);
  vi.advanceTimersByTime(101);
  expect(shown(posted)).toEqual(['0 1 2', '3']);
  expect(vi.getTimerCount()).toBe(0);
});

test('what hurries does not wait for the timer of what does not', () => {
  const { add, posted } = setUp();
  add(frame(0));
  add(frame(1), true);
  add(frame(2));
  vi.advanceTimersByTime(17);
  expect(shown(posted)).toEqual(['0', '1 2']);
});

test('lazy: posted 200 ms after the first; quiet: not at all', () => {
  const { add, posted, link } = setUp();
  link.pace('lazy');
  add(frame(0));
  add(frame(1));
  expect(posted).toEqual([]);
  vi.advanceTimersByTime(200);
  expect(shown(posted)).toEqual(['0 1']);
  link.pace('quiet');
  add(frame(2));
  expect(vi.getTimerCount()).toBe(0);
});

test('a receiver that does not acknowledge stops the posting; one that does sets it going', () => {
  const { add, posted, link } = setUp();
  for (let seq = 0; seq < 2_600; seq++) add(frame(seq));
  vi.advanceTimersByTime(1_000);
  const sent = seqs(posted).length;
  expect(sent).toBeLessThan(2_600);
  link.acknowledge(sent);
  vi.advanceTimersByTime(1_000);
  expect(seqs(posted)).toEqual(Array.from({ length: 2_600 }, (_, seq) => seq));
});

test('resume goes back; what the ring no longer holds is a gap, and a connection keeps its name', () => {
  const { ring, link, posted } = setUp(3);
  ring.push(open, 100);
  for (let seq = 1; seq < 8; seq++) ring.push(frame(seq), 100);
  link.resume(0);
  expect(shown(posted)).toEqual(['0 gap 1-4 5 6 7']);
});

test('the last words are what may not have arrived', () => {
  const { add, link, last } = setUp();
  add(frame(0));
  add(frame(1));
  link.acknowledge(1);
  add(frame(2));
  link.farewell();
  expect(shown(last)).toEqual(['1 2']);
});

test('the ring keeps to its bytes, and always the newest', () => {
  const { ring } = setUp(10, 1_000);
  ring.push(frame(0), 400);
  ring.push(frame(1), 400);
  ring.push(frame(2), 400);
  expect([ring.first, ring.next]).toEqual([1, 3]);
  ring.push(frame(3), 5_000);
  expect([ring.first, ring.next]).toEqual([3, 4]);
  expect(ring.text(2)).toBe('');
  expect(JSON.parse(ring.text(3))).toEqual(frame(3));
});

test('commands that make no sense change nothing', () => {
  const { add, link, posted } = setUp();
  add(frame(0));
  for (const nonsense of [-1, 1e9, Number.NaN, 0.5]) {
    link.acknowledge(nonsense);
    link.resume(nonsense);
  }
  add(frame(1));
  vi.advanceTimersByTime(20);
  expect(shown(posted).at(-1)).toMatch(/1$/);
});

test('a ring that is made smaller drops its oldest, and goes on in order', () => {
  const { ring, link, add, posted } = setUp(10);
  for (let seq = 0; seq < 8; seq++) ring.push(frame(seq), 100);
  ring.resize(3, 1_000);
  expect([ring.first, ring.next]).toEqual([5, 8]);
  link.resume(0);
  expect(shown(posted)).toEqual(['gap 0-4 5 6 7']);
  add(frame(8));
  expect([ring.first, held(ring, 6), held(ring, 8)]).toEqual([6, 6, 8]);
});

test('a ring that is made larger keeps what it has, up to its bytes', () => {
  const { ring } = setUp(3);
  for (let seq = 0; seq < 5; seq++) ring.push(frame(seq), 100);
  ring.resize(6, 1_000);
  for (let seq = 5; seq < 8; seq++) ring.push(frame(seq), 100);
  expect([ring.first, ring.next, held(ring, 2), held(ring, 7)]).toEqual([2, 8, 2, 7]);
  ring.resize(6, 250);
  expect(ring.first).toBe(6);
});

test('what was forgotten on purpose is not told again, nor missed, but for the names of what goes on', () => {
  const { ring, link, add, posted } = setUp();
  add(open);
  for (let seq = 1; seq < 6; seq++) add(frame(seq));
  ring.forget(4);
  posted.length = 0;
  link.resume(0);
  expect(shown(posted)).toEqual(['0 gap 1-3 4 5']);
  const gaps = (observationsIn(posted[0] as Batch) ?? []).filter(({ kind }) => kind === 'gap');
  expect(gaps).toMatchObject([{ count: 0 }]);
  expect(ring.text(3)).toBe('');
});

test('the name of a socket is forgotten with what came before its close', () => {
  const { ring, link, add, posted } = setUp();
  add(open);
  add({ ...frame(1), kind: 'socket-close', of: 0, code: 1000, reason: '', clean: true });
  add(frame(2));
  ring.forget(99);
  posted.length = 0;
  add(frame(3));
  vi.advanceTimersByTime(1_000);
  posted.length = 0;
  link.resume(0);
  expect(shown(posted)).toEqual(['gap 0-2 3']);
});

test('what runs over after it was forgotten in part is missed from there on only', () => {
  const { ring, link, add, posted } = setUp(3);
  for (let seq = 0; seq < 3; seq++) add(frame(seq));
  ring.forget(2);
  for (let seq = 3; seq < 7; seq++) add(frame(seq));
  posted.length = 0;
  link.resume(0);
  expect(shown(posted)).toEqual(['gap 0-1 gap 2-3 4 5 6']);
  expect((observationsIn(posted[0] as Batch) ?? []).slice(0, 2)).toMatchObject([{ count: 0 }, { count: 2 }]);
});

test('a ring that has forgotten all says nothing until more comes, not even when it is asked for all', () => {
  const { ring, link, add, posted, last } = setUp();
  add(open);
  add(frame(1));
  ring.forget(Number.MAX_SAFE_INTEGER);
  posted.length = 0;
  link.resume(0);
  link.farewell();
  vi.advanceTimersByTime(1_000);
  expect([...posted, ...last]).toEqual([]);
  link.resume(0);
  add(frame(2));
  vi.advanceTimersByTime(1_000);
  expect(shown(posted)).toEqual(['0 gap 1-1 2']);
});

test('a poll that is held while the ring forgets keeps its name until it is answered', () => {
  const { ring, link, add, posted } = setUp();
  const times = { wallTime: 0, monotonicTime: 0 };
  const payload = { encoding: 'text', data: '', size: 0, truncated: false } as const;
  const answer = (seq: number, of: number): TravellingObservation => ({
    kind: 'body',
    role: 'answer',
    of,
    payload,
    seq,
    ...times,
  });
  const request = {
    kind: 'request',
    transport: 'fetch',
    method: 'GET',
    url: 'http://x/',
    headers: [],
  } as const;
  const response = { kind: 'response', status: 200, statusText: '', headers: [], url: '' } as const;
  add({ ...request, body: null, seq: 0, ...times });
  add({ ...response, of: 0, seq: 1, ...times });
  add(answer(2, 0));
  add({ ...request, body: null, seq: 3, ...times });
  add({ ...response, of: 3, seq: 4, ...times });
  add({
    ...request,
    method: 'POST',
    body: { encoding: 'text', data: 'secret', size: 6, truncated: false },
    seq: 5,
    ...times,
  });
  ring.forget(6);
  posted.length = 0;
  link.resume(0);
  add(answer(6, 3));
  vi.advanceTimersByTime(1_000);
  expect(shown(posted)).toEqual(['gap 0-2 3 4 gap 5-5 6']);
  expect(posted.map(({ text }) => text).join()).not.toContain('secret');
});

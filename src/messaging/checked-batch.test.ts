import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isUnstamped, UNBOUNDED } from '../observation/shape.ts';
import { anyObservation, nearlyObservation } from '../observation/testing/any-observation.ts';
import { checkedBatch } from './checked-batch.ts';
import { firstSeq } from './place.ts';
import type { Batch } from './private-port.ts';

const DOCUMENT_ID = '0123456789abcdef0123456789abcdef';
const end = (seq: number) => ({ kind: 'end', of: 0, seq, wallTime: 5, monotonicTime: 1 });
const gap = (from: number, to: number, reason = 'ring') => ({
  ...{ kind: 'gap', from, to, count: to - from + 1, reason },
  ...{ seq: to, wallTime: 5, monotonicTime: 1 },
});
const batch = (from: number, next: number, text: string): Batch => ({
  ...{ documentId: DOCUMENT_ID, total: next, from, next, text },
});
const check = (from: number, next: number, given: unknown) =>
  checkedBatch(batch(from, next, typeof given === 'string' ? given : JSON.stringify(given)), (url) => url, 9);

describe('a batch from a page', () => {
  test('goes on as the text it came as where all of it is what it says', () => {
    const text = ` ${JSON.stringify([gap(2, 4), end(5)])}`;
    expect(check(2, 6, text)).toMatchObject({ text, observations: [gap(2, 4), end(5)] });
  });

  test('loses exactly what is no observation, and says so', () => {
    const { observations, text } = check(0, 5, [
      end(0),
      { ...end(1), of: null },
      end(2),
      { kind: 'frame' },
      end(4),
    ]);
    expect(observations).toEqual([end(0), gap(1, 1, 'malformed'), end(2), gap(3, 3, 'malformed'), end(4)]);
    expect(JSON.parse(text)).toEqual(observations);
  });

  test('is one gap where it is no list', () => {
    for (const text of ['', '{', 'null', '{"length":2}', '7', '['.repeat(10_000)]) {
      expect(check(3, 5, text).observations).toEqual([
        { ...gap(3, 4, 'malformed'), wallTime: 9, monotonicTime: 0 },
      ]);
    }
  });

  test('has no place twice and none beyond its end', () => {
    const given = [end(0), end(0), end(2), end(1), end(7), end(1e15)];
    expect(check(0, 4, given).observations).toEqual([
      ...[end(0), gap(1, 1, 'malformed'), end(2), gap(3, 3, 'malformed')],
    ]);
  });

  test('says nothing in the name of others', () => {
    const named = { documentId: 'another', frame: 0, source: 'import', origin: 'https://bank.example' };
    const kept = check(0, 1, [{ ...end(0), ...named }]);
    expect(kept.text).not.toMatch(/another|import|bank/);
    for (const wrong of [
      { ...end(1), kind: 'annotation', text: 'a note' },
      { ...end(1), kind: 'played' },
      { ...end(1), of: 2 },
      gap(1, 1, 'recorder'),
      { ...gap(1, 1), count: 1e300 },
    ]) {
      expect(check(0, 2, [end(0), wrong]).observations[1]).toMatchObject({
        kind: 'gap',
        reason: 'malformed',
      });
    }
  });

  test('holds no text longer than any that a hook can say', () => {
    const long = { ...end(0), kind: 'abort', reason: 'x'.repeat(2 * 1024 * 1024 + 1) };
    expect(check(0, 1, [long]).observations).toMatchObject([{ reason: 'malformed' }]);
    const data = 'x'.repeat(12 * 1024 * 1024);
    const payload = { encoding: 'text', data, size: 1, truncated: false };
    const frame = { ...end(0), kind: 'frame', direction: 'in', payload };
    expect(check(0, 1, [frame]).observations).toMatchObject([{ reason: 'malformed' }]);
  });

  test('has no passwords, and documents have the address that the browser bears out', () => {
    const open = { ...end(0), kind: 'socket-open', phase: 'open', protocols: [] };
    const start = { ...end(1), of: undefined, kind: 'document', phase: 'start', top: true };
    const text = JSON.stringify([
      { ...open, url: 'wss://me:secret@chat.example/rt' },
      { ...start, url: 'https://bank.example/' },
    ]);
    const { observations } = checkedBatch(batch(0, 2, text), () => 'https://me:secret@shop.example/', 9);
    expect(observations).toMatchObject([{ url: 'wss://chat.example/rt' }, { url: 'https://shop.example/' }]);
  });

  test('whatever it is, gives each of its places once, in order, and nothing that is no observation', () => {
    const seqs = fc.oneof(fc.nat(12), fc.constantFrom(-1, 0.5, 1e300));
    const given = fc.oneof(
      fc.array(
        fc
          .tuple(fc.oneof(anyObservation, nearlyObservation), seqs)
          .map(([each, seq]) => ({ ...(typeof each === 'object' ? each : {}), seq })),
      ),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(given, fc.nat(10), fc.integer({ min: 1, max: 5 }), (list, from, count) => {
        const { observations, text } = check(from, from + count, list);
        let at = from;
        for (const observation of observations) {
          expect(isUnstamped(observation, UNBOUNDED)).toBe(true);
          expect(firstSeq(observation)).toBe(at);
          at = observation.seq + 1;
        }
        expect(at).toBe(from + count);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(observations)));
      }),
      { numRuns: 500 },
    );
  });
});

test('what only all traffic let in is shown, and left out of the recorder without being missed', () => {
  const nonChat = (seq: number) => ({ ...end(seq), nonChat: true });
  const { observations, ofChat, text } = check(0, 6, [
    ...[end(0), nonChat(1), nonChat(2), end(3), nonChat(4), gap(5, 5)],
  ]);
  expect(observations).toEqual([end(0), end(1), end(2), end(3), end(4), gap(5, 5)]);
  expect(JSON.parse(text)).toEqual(observations);
  const left = (from: number, to: number) => ({ ...gap(from, to), count: 0 });
  expect(ofChat).toEqual([end(0), left(1, 2), end(3), left(4, 4), gap(5, 5)]);
});

test('no secret of a URL and of a subprotocol goes on, whatever said it', () => {
  const at = { wallTime: 5, monotonicTime: 1 };
  const { text } = check(0, 3, [
    {
      kind: 'document',
      phase: 'start',
      url: 'https://me:secret@a.example/#secret',
      top: true,
      seq: 0,
      ...at,
    },
    {
      ...{
        kind: 'socket-open',
        of: 1,
        phase: 'connecting',
        url: 'wss://me:secret@a.example/rt',
        seq: 1,
        ...at,
      },
      protocols: ['graphql-ws', 'bearer.secret'],
    },
    {
      ...{ kind: 'response', of: 2, status: 302, statusText: '', url: '', seq: 2, ...at },
      headers: [['location', '//me:secret@a.example/b#secret']],
    },
  ]);
  expect(text).not.toContain('secret');
  expect(JSON.parse(text)[1].protocols).toEqual(['graphql-ws', '***(13)']);
});

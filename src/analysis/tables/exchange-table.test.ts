import { describe, expect, test } from 'vitest';
import { ExchangeStore, RELAY } from './exchange-table.ts';

function opened(store: ExchangeStore, documentId: string, seq: number): number {
  return store.open({
    documentId,
    seq,
    kind: 'http',
    operation: RELAY,
    protocol: 0,
    transport: 'xhr',
    observation: seq,
    startedAt: 0,
  });
}

describe('an exchange is found again', () => {
  test('by its document and seq, whatever the holes and the order', () => {
    const store = new ExchangeStore();
    const seqs = [0, 1, 1023, 1024, 1025, 5_000_000, 7, 2 ** 31 + 3, 2 ** 40, 1022];
    const ids = seqs.map((seq) => opened(store, 'one', seq));
    const others = seqs.map((seq) => opened(store, 'other', seq));
    expect(seqs.map((seq) => store.find('one', seq))).toEqual(ids);
    expect(seqs.map((seq) => store.find('other', seq))).toEqual(others);
    expect([2, 1026, 2 ** 41].map((seq) => store.find('one', seq))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(store.find('third', 0)).toBeUndefined();
  });

  test('when it was asked for in vain before it was opened', () => {
    const store = new ExchangeStore();
    expect(store.find('one', 3)).toBeUndefined();
    const first = opened(store, 'one', 3);
    expect(store.find('one', 3)).toBe(first);
    expect(store.find('one', 4000)).toBeUndefined();
    const second = opened(store, 'one', 4000);
    expect([store.find('one', 3), store.find('one', 4000)]).toEqual([first, second]);
  });

  test('and never by a seq that is none', () => {
    const store = new ExchangeStore();
    opened(store, 'one', 0);
    for (const seq of [-1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(store.find('one', seq)).toBeUndefined();
  });
});

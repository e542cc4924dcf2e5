import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SeqIndex } from './seq-index.ts';

/** Cells of 4 bytes that an exchange may cost. */
const CELLS = 64;

describe('the exchanges of a document', () => {
  test('are found by their seqs, whatever these are', () => {
    const seq = fc.oneof(fc.nat(5000), fc.nat(2 ** 40), fc.integer({ min: 0, max: 40 }));
    fc.assert(
      fc.property(fc.array(seq, { maxLength: 300 }), (seqs) => {
        const index = new SeqIndex();
        const known = new Map<number, number>();
        for (const [at, each] of seqs.entries()) {
          index.set(each, at);
          known.set(each, at);
        }
        for (const each of [...seqs, 7, 2 ** 41]) expect(index.get(each)).toBe(known.get(each));
      }),
    );
  });

  test('cost what they are, and not what their seqs leave room for', () => {
    const cells = (seqs: Iterable<number>) => {
      const index = new SeqIndex();
      let count = 0;
      for (const seq of seqs) {
        index.set(seq, count);
        count += 1;
      }
      return index.cells / count;
    };
    const every = (step: number) => Array.from({ length: 10_000 }, (_, at) => at * step);
    expect(cells([3])).toBeLessThan(CELLS);
    for (const step of [1, 4, 31, 32, 33, 1000, 1024, 5_000_000])
      expect(cells(every(step))).toBeLessThan(CELLS);
    expect(cells(every(1))).toBeLessThan(1.2);
  });
});

/**
 * The exchanges of one document by `seq`. Sequences have few holes, and a range of them then is a flat block; a document
 * or a range with few exchanges keeps these alone, so that hostile sequences cost what they hold.
 */
import type { Seq } from '../../observation/observation.ts';
import type { ExchangeId } from '../api/analysis.ts';

const BLOCK_BITS = 10;
const BLOCK_SEQS = 1 << BLOCK_BITS;
/** So many exchanges of a range stand alone before the range gets a block: a block then is at most 128 bytes for each. */
const ALONE = 32;

export class SeqIndex {
  /** Those that stand alone, and how many of each range do. */
  #alone: Map<Seq, ExchangeId> | null = null;
  #counts: Map<number, number> | null = null;
  #blocks: Map<number, Int32Array> | null = null;
  #lastNumber = -1;
  #lastBlock: Int32Array | undefined;

  /** Cells that are kept, filled or not: an entry of a map counts as 16, which is more than it takes. */
  get cells(): number {
    const entries = (this.#alone?.size ?? 0) + (this.#counts?.size ?? 0) + (this.#blocks?.size ?? 0);
    return (this.#blocks?.size ?? 0) * BLOCK_SEQS + entries * 16;
  }

  get(seq: Seq): ExchangeId | undefined {
    const block = this.#block(Math.floor(seq / BLOCK_SEQS));
    if (block === undefined) return this.#alone?.get(seq);
    const known = block[seq & (BLOCK_SEQS - 1)] ?? 0;
    return known === 0 ? undefined : known - 1;
  }

  set(seq: Seq, exchange: ExchangeId): void {
    const number = Math.floor(seq / BLOCK_SEQS);
    const block = this.#block(number) ?? this.#blockWhenFull(number, seq);
    if (block === undefined) {
      this.#alone ??= new Map();
      this.#alone.set(seq, exchange);
    } else block[seq & (BLOCK_SEQS - 1)] = exchange + 1;
  }

  /** The block of a range that has so many exchanges that it is to have one from now on. */
  #blockWhenFull(number: number, seq: Seq): Int32Array | undefined {
    if (this.#alone?.has(seq)) return undefined;
    this.#counts ??= new Map();
    const count = (this.#counts.get(number) ?? 0) + 1;
    if (count <= ALONE) {
      this.#counts.set(number, count);
      return undefined;
    }
    this.#counts.delete(number);
    const block = new Int32Array(BLOCK_SEQS);
    for (let at = 0; at < BLOCK_SEQS; at += 1) {
      const each = number * BLOCK_SEQS + at;
      const exchange = this.#alone?.get(each);
      if (exchange === undefined) continue;
      block[each & (BLOCK_SEQS - 1)] = exchange + 1;
      this.#alone?.delete(each);
    }
    this.#blocks ??= new Map();
    this.#blocks.set(number, block);
    this.#lastNumber = number;
    this.#lastBlock = block;
    return block;
  }

  #block(number: number): Int32Array | undefined {
    if (number !== this.#lastNumber) {
      this.#lastNumber = number;
      this.#lastBlock = this.#blocks?.get(number);
    }
    return this.#lastBlock;
  }
}

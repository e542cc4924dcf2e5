/**
 * Where an event was seen before, by what identifies it: hash tables in flat arrays, some 30 bytes an event.
 * Keys are hashes of 64 bits; whoever finds a row still compares the events themselves.
 */
import type { RowIndex } from '../api/analysis.ts';

/** Many small tables grow one at a time: no event pays for all others. */
const TABLES = 64;
const FIRST_SLOTS = 64;
/** High word, low word and row of a key side by side: a look-up touches one place of memory. Row 0 is kept as 1. */
const WIDTH = 3;

export class SeenEvents {
  readonly #tables: Int32Array[] = Array.from({ length: TABLES }, () => new Int32Array(FIRST_SLOTS * WIDTH));
  readonly #counts = new Int32Array(TABLES);
  readonly #hash: Hash = { high: 0, low: 0 };

  /**
   * The row last kept under what `text` from `start` to `end` says together with two small numbers, or -1; keeps
   * `row` in its place.
   */
  exchange(text: string, start: number, end: number, one: number, other: number, row: RowIndex): RowIndex {
    const hash = this.#hash;
    identify(hash, text, start, end, one, other);
    const number = hash.low & (TABLES - 1);
    const count = this.#counts[number] ?? 0;
    let table = this.#tables[number] ?? EMPTY;
    if (count * 2 * WIDTH >= table.length) {
      table = grown(table);
      this.#tables[number] = table;
    }
    const at = slot(table, hash.high, hash.low);
    const before = (table[at + 2] ?? 0) - 1;
    if (before === -1) {
      table[at] = hash.high;
      table[at + 1] = hash.low;
      this.#counts[number] = count + 1;
    }
    table[at + 2] = row + 1;
    return before;
  }
}

interface Hash {
  high: number;
  low: number;
}

const EMPTY = new Int32Array(0);

/** Where the key is, or the free place it would have. At least half of a table is free. */
function slot(table: Int32Array, high: number, low: number): number {
  const mask = table.length / WIDTH - 1;
  let place = high & mask;
  for (;;) {
    const at = place * WIDTH;
    if (table[at + 2] === 0 || (table[at] === high && table[at + 1] === low)) return at;
    place = (place + 1) & mask;
  }
}

function grown(table: Int32Array): Int32Array {
  const larger = new Int32Array(table.length * 2);
  for (let from = 0; from < table.length; from += WIDTH) {
    const row = table[from + 2] ?? 0;
    if (row === 0) continue;
    const high = table[from] ?? 0;
    const low = table[from + 1] ?? 0;
    const at = slot(larger, high, low);
    larger[at] = high;
    larger[at + 1] = low;
    larger[at + 2] = row;
  }
  return larger;
}

function identify(hash: Hash, text: string, start: number, end: number, one: number, other: number): void {
  let high = (0xdeadbeef ^ one) | 0;
  let low = (0x41c6ce57 ^ other) | 0;
  let at = start;
  // Four at a time, each by itself: a product has to wait for the one before it only every fourth character.
  let [first, second, third, fourth] = [high, low, ~high, ~low];
  for (; at + 3 < end; at += 4) {
    first = Math.imul(first ^ text.charCodeAt(at), 2654435761);
    second = Math.imul(second ^ text.charCodeAt(at + 1), 1597334677);
    third = Math.imul(third ^ text.charCodeAt(at + 2), 3266489917);
    fourth = Math.imul(fourth ^ text.charCodeAt(at + 3), 668265263);
  }
  high = Math.imul(first ^ (first >>> 15), 2246822519) ^ Math.imul(third ^ (third >>> 13), 2654435761);
  low = Math.imul(second ^ (second >>> 15), 3266489917) ^ Math.imul(fourth ^ (fourth >>> 13), 1597334677);
  for (; at < end; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  hash.high = high;
  hash.low = low;
}

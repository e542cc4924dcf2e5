/**
 * Where an event was seen before, by what identifies it: a hash table in two flat arrays, about 24 bytes an event.
 * Keys are hashes of 53 bits; whoever finds a row still compares the events themselves.
 */
import type { RowIndex } from './analysis.ts';

const FIRST_SLOTS = 1024;

export class SeenEvents {
  #keys = new Float64Array(FIRST_SLOTS);
  #rows = new Int32Array(FIRST_SLOTS);
  #count = 0;

  /** The row last kept under the key, or -1; keeps `row` in its place. */
  exchange(key: number, row: RowIndex): RowIndex {
    if (this.#count * 2 >= this.#keys.length) this.#grow();
    const slot = this.#slot(key);
    const before = this.#keys[slot] === key ? (this.#rows[slot] ?? -1) : -1;
    if (before === -1) {
      this.#keys[slot] = key;
      this.#count += 1;
    }
    this.#rows[slot] = row;
    return before;
  }

  #slot(key: number): number {
    const mask = this.#keys.length - 1;
    let slot = (key >>> 0) & mask;
    while (this.#keys[slot] !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const keys = this.#keys;
    const rows = this.#rows;
    this.#keys = new Float64Array(keys.length * 2);
    this.#rows = new Int32Array(rows.length * 2);
    for (let at = 0; at < keys.length; at += 1) {
      const key = keys[at] ?? 0;
      if (key === 0) continue;
      const slot = this.#slot(key);
      this.#keys[slot] = key;
      this.#rows[slot] = rows[at] ?? -1;
    }
  }
}

/** A number from 1 to 2^53 for a text and two small numbers beside it. */
export function identityHash(text: string, start: number, end: number, one: number, other: number): number {
  let high = (0xdeadbeef ^ one) | 0;
  let low = (0x41c6ce57 ^ other) | 0;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0) + 1;
}

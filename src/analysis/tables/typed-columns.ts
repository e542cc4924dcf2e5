/**
 * Append-only tables of numbers. A trace of a million rows is kept in these and not in objects: a row costs its bytes
 * and nothing for the collector to walk. They grow by chunks, so that no row pays for the copy of all before it.
 */

const CHUNK_BITS = 12;
const CHUNK_ROWS = 1 << CHUNK_BITS;
const CHUNK_MASK = CHUNK_ROWS - 1;
const WIDE_BITS = 6;
const WIDE_ROWS = 1 << WIDE_BITS;
const WIDE_MASK = WIDE_ROWS - 1;
const NO_CELLS = new Int32Array(0);
const NO_TIMES = new Float64Array(0);

/** Rows of `width` 32-bit integers that stand side by side: a row is read and written in one place of memory. */
export class Int32Table {
  length = 0;
  readonly #width: number;
  readonly #chunks: Int32Array[] = [];

  constructor(width: number) {
    this.#width = width;
  }

  /** Appends a row of zeros. */
  grow(): number {
    const row = this.length;
    if ((row & CHUNK_MASK) === 0) this.#chunks.push(new Int32Array(CHUNK_ROWS * this.#width));
    this.length = row + 1;
    return row;
  }

  /** The cell, or 0 past the end (callers check the row where 0 has a meaning). */
  at(row: number, cell: number): number {
    if (!(row >= 0 && row < this.length)) return 0;
    return this.cells(row)[this.start(row) + cell] ?? 0;
  }

  set(row: number, cell: number, value: number): void {
    if (row >= 0 && row < this.length) this.cells(row)[this.start(row) + cell] = value;
  }

  /** For whoever fills a whole row: the chunk that a row is in. Its cells begin at `start`. */
  cells(row: number): Int32Array {
    return this.#chunks[row >> CHUNK_BITS] ?? NO_CELLS;
  }

  start(row: number): number {
    return (row & CHUNK_MASK) * this.#width;
  }
}

/** The same of times, for rows that are few and wide. */
export class Float64Table {
  length = 0;
  readonly #width: number;
  readonly #chunks: Float64Array[] = [];

  constructor(width: number) {
    this.#width = width;
  }

  grow(): number {
    const row = this.length;
    if ((row & WIDE_MASK) === 0) this.#chunks.push(new Float64Array(WIDE_ROWS * this.#width));
    this.length = row + 1;
    return row;
  }

  at(row: number, cell: number): number {
    return this.cells(row)[this.start(row) + cell] ?? 0;
  }

  set(row: number, cell: number, value: number): void {
    this.cells(row)[this.start(row) + cell] = value;
  }

  /** For whoever works on several cells of a row: the chunk that it is in. Its cells begin at `start`. */
  cells(row: number): Float64Array {
    return this.#chunks[row >> WIDE_BITS] ?? NO_TIMES;
  }

  start(row: number): number {
    return (row & WIDE_MASK) * this.#width;
  }
}

/** One column of times. */
export class Float64Column {
  length = 0;
  readonly #chunks: Float64Array[] = [];

  push(value: number): void {
    const row = this.length;
    if ((row & CHUNK_MASK) === 0) this.#chunks.push(new Float64Array(CHUNK_ROWS));
    this.length = row + 1;
    const chunk = this.#chunks[row >> CHUNK_BITS];
    if (chunk !== undefined) chunk[row & CHUNK_MASK] = value;
  }

  at(row: number): number {
    if (!(row >= 0 && row < this.length)) return 0;
    return this.#chunks[row >> CHUNK_BITS]?.[row & CHUNK_MASK] ?? 0;
  }

  set(row: number, value: number): void {
    const chunk = this.#chunks[row >> CHUNK_BITS];
    if (chunk !== undefined && row < this.length) chunk[row & CHUNK_MASK] = value;
  }
}

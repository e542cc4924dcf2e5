/**
 * Append-only columns of numbers that grow by doubling. A trace of a million rows is kept in these and not in objects:
 * a row costs its bytes and nothing for the collector to walk.
 */

const FIRST_CAPACITY = 256;

type NumberArray = Int8Array | Uint8Array | Uint16Array | Int32Array | Float64Array;

export class Column {
  length = 0;
  #cells: NumberArray;
  readonly #make: (capacity: number) => NumberArray;

  private constructor(make: (capacity: number) => NumberArray) {
    this.#make = make;
    this.#cells = make(FIRST_CAPACITY);
  }

  static int32(): Column {
    return new Column((capacity) => new Int32Array(capacity));
  }

  static uint8(): Column {
    return new Column((capacity) => new Uint8Array(capacity));
  }

  static float64(): Column {
    return new Column((capacity) => new Float64Array(capacity));
  }

  push(value: number): void {
    if (this.length === this.#cells.length) {
      const larger = this.#make(this.#cells.length * 2);
      larger.set(this.#cells);
      this.#cells = larger;
    }
    this.#cells[this.length] = value;
    this.length += 1;
  }

  /** The cell, or 0 past the end (callers check the index where 0 has a meaning). */
  at(index: number): number {
    return this.#cells[index] ?? 0;
  }

  set(index: number, value: number): void {
    if (index >= 0 && index < this.length) this.#cells[index] = value;
  }
}

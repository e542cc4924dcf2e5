/**
 * Which drawn row takes over whose elements. Rows that stay in sight keep theirs; those that come in reuse the
 * elements of those that go, since making elements costs more than filling them.
 */
export class RowSlots {
  #size = 0;
  #base = 0;
  #from = 0;
  #to = 0;

  /** The window moved to these positions. */
  move(from: number, to: number): void {
    const apart = from >= this.#to || to <= this.#from;
    // After a jump the first row takes the first elements, so that none must change places.
    if (apart || to - from > this.#size) this.#base = from;
    this.#size = Math.max(this.#size, to - from);
    this.#from = from;
    this.#to = to;
  }

  /** The slot of a position in the window: no two in one window have the same. */
  slot(position: number): number {
    const size = Math.max(1, this.#size);
    return (((position - this.#base) % size) + size) % size;
  }
}

/**
 * Which drawn row has whose elements. A row that stays in sight keeps its own and one that comes beside it gets new
 * ones, so that a new event touches no other row. After a jump all rows are others: they take over the elements that
 * are there, since making elements costs more than filling them.
 */
export class RowSlots {
  #from = 0;
  #slots: readonly number[] = [];
  #made = 0;

  /** The window moved to these positions. */
  move(from: number, to: number): void {
    const earlier = this.#slots;
    const apart = from >= this.#from + earlier.length || to <= this.#from;
    const shift = apart ? 0 : from - this.#from;
    this.#slots = Array.from(
      { length: Math.max(0, to - from) },
      (_, at) => earlier[at + shift] ?? this.#made++,
    );
    this.#from = from;
  }

  /** The slot of a position in the window: no two in one window have the same. */
  slot(position: number): number {
    return this.#slots[position - this.#from] ?? -1;
  }
}

/** An ascending list of row numbers, kept as four bytes a row. It grows at its end; what changes inside it is rare. */
export class RowList {
  #rows = new Uint32Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(row: number): void {
    this.#room(this.#length + 1);
    this.#rows[this.#length++] = row;
  }

  /** Has those of `rows`, which ascend, that are `wanted`, and none of the others. True where that changed the list. */
  settle(rows: readonly number[], wanted: ReadonlySet<number>): boolean {
    const differ = rows.filter((row) => wanted.has(row) !== (this.at(this.positionFrom(row)) === row));
    const first = differ[0];
    if (first === undefined) return false;
    let to = this.positionFrom(first);
    const rest = this.#rows.slice(to, this.#length);
    this.#room(this.#length + differ.length);
    let at = 0;
    for (const row of differ) {
      for (; at < rest.length && (rest[at] ?? 0) < row; at++) this.#rows[to++] = rest[at] ?? 0;
      if (wanted.has(row)) this.#rows[to++] = row;
      else at++;
    }
    this.#rows.set(rest.subarray(at), to);
    this.#length = to + rest.length - at;
    return true;
  }

  at(position: number): number | undefined {
    return position < this.#length ? this.#rows[position] : undefined;
  }

  /** Position of the first row that is not before `row`; `length` where all are. */
  positionFrom(row: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#rows[middle] ?? 0) < row) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #room(length: number): void {
    if (length <= this.#rows.length) return;
    const grown = new Uint32Array(Math.max(length, this.#rows.length * 2));
    grown.set(this.#rows);
    this.#rows = grown;
  }
}

/**
 * The rows that a filter lets through: found in short slices, grown as rows arrive, narrowed as a person types on, and
 * put right where a row that was looked at has changed since.
 */
import type { Analysis, RowIndex } from '../../src/analysis/analysis.ts';
import { type FilterTerms, narrows, rowsMatching } from './filter-terms.ts';
import { RowList } from './row-list.ts';

/** Rows looked at before the clock is read. */
const BLOCK = 64;

export class FilteredRows {
  readonly terms: FilterTerms;
  readonly found = new RowList();
  readonly #analysis: Analysis;
  /** The result of an earlier, wider filter: the only candidates up to `#earlierEnd`. */
  readonly #earlier: RowList | null;
  readonly #earlierEnd: RowIndex;
  #earlierAt = 0;
  #next: RowIndex = 0;

  constructor(analysis: Analysis, terms: FilterTerms, previous: FilteredRows | null) {
    this.#analysis = analysis;
    this.terms = terms;
    const usable = previous !== null && narrows(previous.terms, terms);
    this.#earlier = usable ? previous.found : null;
    this.#earlierEnd = usable ? previous.#next : 0;
  }

  /** How many rows have been looked at. */
  get searched(): number {
    return this.#next;
  }

  get complete(): boolean {
    return this.#next >= this.#analysis.totals.rows;
  }

  /** Looks on for about `milliseconds`; call again until `complete`. */
  search(milliseconds: number, clock: () => number = () => performance.now()): void {
    const until = clock() + milliseconds;
    while (!this.complete) {
      for (const row of rowsMatching(this.#analysis, this.#nextRows(), this.terms)) this.found.push(row);
      if (clock() >= until) return;
    }
  }

  /**
   * These rows changed since they came: a finding was made or withdrawn, a party has a name now. They are looked at
   * again. True where the result is not the earlier one with additions at its end.
   */
  revise(rows: readonly RowIndex[]): boolean {
    const ascending = [...rows].sort((one, other) => one - other);
    const seen = ascending.filter((row) => row < this.#next);
    // The wider filter may have passed over what it would find now: all of them are candidates.
    const ahead = ascending.filter((row) => row >= this.#next && row < this.#earlierEnd);
    this.#earlier?.settle(ahead, new Set(ahead));
    return this.found.settle(seen, new Set(rowsMatching(this.#analysis, seen, this.terms)));
  }

  /** The next block of rows to look at: what the wider filter found, then what came since. */
  #nextRows(): readonly RowIndex[] {
    const rows: RowIndex[] = [];
    while (this.#earlier !== null && this.#next < this.#earlierEnd && rows.length < BLOCK) {
      const row = this.#earlier.at(this.#earlierAt);
      if (row === undefined || row >= this.#earlierEnd) {
        this.#next = this.#earlierEnd;
        break;
      }
      this.#earlierAt++;
      this.#next = row + 1;
      rows.push(row);
    }
    if (this.#next < this.#earlierEnd) return rows;
    const end = Math.min(this.#analysis.totals.rows, this.#next + BLOCK - rows.length);
    while (this.#next < end) rows.push(this.#next++);
    return rows;
  }
}

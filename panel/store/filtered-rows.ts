/** The rows that a filter lets through: found in short slices, grown as rows arrive, narrowed as a person types on. */
import type { Analysis, RowIndex } from '../../src/analysis/analysis.ts';
import { type FilterTerms, matchesFilter, narrows } from './filter-terms.ts';
import { RowList } from './row-list.ts';

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
    const end = this.#analysis.totals.rows;
    this.#searchEarlier(until, clock);
    if (this.#next < this.#earlierEnd) return;
    // The clock is read every so many rows: reading it costs as much as testing a row.
    for (let count = 1; this.#next < end; count++) {
      this.#test(this.#next++);
      if ((count & 31) === 0 && clock() >= until) return;
    }
  }

  #searchEarlier(until: number, clock: () => number): void {
    if (this.#earlier === null) return;
    for (let count = 1; this.#next < this.#earlierEnd; count++) {
      const row = this.#earlier.at(this.#earlierAt);
      if (row === undefined || row >= this.#earlierEnd) {
        this.#next = this.#earlierEnd;
        return;
      }
      this.#earlierAt++;
      this.#next = row + 1;
      this.#test(row);
      if ((count & 31) === 0 && clock() >= until) return;
    }
  }

  #test(row: RowIndex): void {
    if (matchesFilter(this.#analysis, row, this.terms)) this.found.push(row);
  }
}

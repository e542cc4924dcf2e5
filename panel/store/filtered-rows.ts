/**
 * The rows that a filter lets through: found in short slices, grown as rows arrive, narrowed as a person types on, and
 * put right where a row that was looked at has changed since.
 */
import type { Analysis, RowIndex } from '../../src/analysis/api/analysis.ts';
import type { CompiledFilter } from '../../src/filter/compiled-filter.ts';
import { RowList } from './row-list.ts';

export class FilteredRows {
  readonly filter: CompiledFilter;
  readonly found = new RowList();
  readonly #analysis: Analysis;
  /** The result of an earlier, wider filter: the only candidates up to `#earlierEnd`. */
  readonly #earlier: RowList | null;
  readonly #earlierEnd: RowIndex;
  #earlierAt = 0;
  #next: RowIndex = 0;
  /** Rows that are shown though the filter hides them. */
  readonly #let = new Set<RowIndex>();

  constructor(analysis: Analysis, filter: CompiledFilter, previous: FilteredRows | null) {
    this.#analysis = analysis;
    this.filter = filter;
    const usable = previous !== null && filter.narrows(previous.filter);
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
      for (const row of this.#matching(this.#nextRows())) this.found.push(row);
      if (clock() >= until) return;
    }
  }

  /** Has a row in the result that the filter hides. True where it was not there. */
  letThrough(row: RowIndex): boolean {
    this.#let.add(row);
    return row < this.#next && this.found.settle([row], this.#let);
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
    return this.found.settle(seen, new Set(this.#matching(seen)));
  }

  #matching(rows: readonly RowIndex[]): readonly RowIndex[] {
    const found = this.filter.matching(this.#analysis, rows);
    if (this.#let.size === 0) return found;
    const both = new Set(found);
    return rows.filter((row) => both.has(row) || this.#let.has(row));
  }

  /** The next block of rows to look at: what the wider filter found, then what came since. */
  #nextRows(): readonly RowIndex[] {
    const rows: RowIndex[] = [];
    while (this.#earlier !== null && this.#next < this.#earlierEnd && rows.length < this.filter.block) {
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
    const end = Math.min(this.#analysis.totals.rows, this.#next + this.filter.block - rows.length);
    while (this.#next < end) rows.push(this.#next++);
    return rows;
  }
}

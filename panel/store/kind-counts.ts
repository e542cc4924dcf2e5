/** How many rows of each kind a trace has, counted as they come: for the buttons that choose among them. */
import type { Analysis, RowIndex } from '../../src/analysis/api/analysis.ts';
import { isQuietRequest, TOPICS } from '../../src/analysis/api/facts.ts';

export const COUNTED = [...TOPICS, 'error', 'warning', 'request'] as const;
export type Counted = (typeof COUNTED)[number];

export class KindCounts {
  readonly #analysis: Analysis;
  /** What each row was counted as, a bit for each of `COUNTED`: a later answer or finding may change it. */
  #codes = new Uint8Array(1_024);
  readonly #counts = new Float64Array(COUNTED.length);
  #next: RowIndex = 0;

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
  }

  count(kind: Counted): number {
    return this.#counts[COUNTED.indexOf(kind)] ?? 0;
  }

  /** Counts the rows that came since, until `stop` says so. True when it has all. */
  lookOn(stop: () => boolean): boolean {
    const { rows } = this.#analysis.totals;
    while (this.#next < rows) {
      if (this.#next >= this.#codes.length) {
        const longer = new Uint8Array(2 * this.#codes.length);
        longer.set(this.#codes);
        this.#codes = longer;
      }
      this.#recount(this.#next);
      this.#next += 1;
      if (this.#next % 512 === 0 && stop()) break;
    }
    return this.#next >= rows;
  }

  /** These rows are not what they were. */
  revise(rows: readonly RowIndex[]): void {
    for (const row of rows) if (row < this.#next) this.#recount(row);
  }

  #recount(row: RowIndex): void {
    const before = this.#codes[row] ?? 0;
    const now = this.#code(row);
    if (now === before) return;
    this.#codes[row] = now;
    for (let at = 0; at < COUNTED.length; at += 1) {
      const by = ((now >> at) & 1) - ((before >> at) & 1);
      this.#counts[at] = (this.#counts[at] ?? 0) + by;
    }
  }

  #code(row: RowIndex): number {
    const { facts } = this.#analysis;
    const topic = facts.topic(row);
    const severity = facts.severity(row);
    let code = topic === null ? 0 : bit(topic);
    if (severity === 'error' || severity === 'warning') code |= bit(severity);
    if (isQuietRequest(facts, row)) code |= bit('request');
    return code;
  }
}

const bit = (kind: Counted): number => 1 << COUNTED.indexOf(kind);

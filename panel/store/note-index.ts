/** Notes, which nearly every row may have: each is said once a session, at the first row that has it, with its count. */
import type { Analysis, RowIndex } from '../../src/analysis/api/analysis.ts';

export interface SaidNote {
  readonly rule: string;
  /** Rows of the session that have it so far. */
  readonly count: number;
}

const NOTHING: readonly SaidNote[] = [];
/** Rows counted before the clock may be looked at. */
const PORTION = 512;

type Counted = { readonly rule: string; count: number };

/** What was counted of the rows before `next`. */
class NoteTable {
  /** By rule and session. */
  readonly notes = new Map<string, Map<string | null, Counted>>();
  readonly byRow = new Map<RowIndex, Counted[]>();
  next: RowIndex = 0;
}

export class NoteIndex {
  readonly #analysis: Analysis;
  #table = new NoteTable();

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
  }

  /** Takes the rows that came since. */
  lookOn(): void {
    this.#take(this.#table, this.#analysis.totals.rows);
  }

  /**
   * Counts all rows anew, since earlier ones may have notes by now, or another session. Until it is done what was
   * counted before holds.
   */
  *countAnew(): Generator<void, void, undefined> {
    const table = new NoteTable();
    while (table.next < this.#analysis.totals.rows) {
      this.#take(table, Math.min(table.next + PORTION, this.#analysis.totals.rows));
      yield;
    }
    this.#table = table;
  }

  /** The notes that are said at a row: it is the first of its session that has them. */
  saidAt(row: RowIndex): readonly SaidNote[] {
    return this.#table.byRow.get(row) ?? NOTHING;
  }

  #take(table: NoteTable, to: RowIndex): void {
    for (; table.next < to; table.next += 1) {
      if (this.#analysis.facts.severity(table.next) !== null) this.#count(table, table.next);
    }
  }

  #count({ notes, byRow }: NoteTable, row: RowIndex): void {
    const { facts } = this.#analysis;
    const rules = facts.findings(row).flatMap(({ rule, severity }) => (severity === 'note' ? [rule] : []));
    // One rule may find several things in a row.
    for (const rule of rules.length > 1 ? new Set(rules) : rules) {
      const session = facts.session(row);
      const ofRule = notes.get(rule) ?? new Map<string | null, Counted>();
      const known = ofRule.get(session);
      if (known !== undefined) {
        known.count += 1;
        continue;
      }
      const note = { rule, count: 1 };
      ofRule.set(session, note);
      notes.set(rule, ofRule);
      byRow.set(row, [...(byRow.get(row) ?? []), note]);
    }
  }
}

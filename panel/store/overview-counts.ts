/**
 * How many rows of each kind fall into each stretch of time, for the overview: a few thousand stretches however long the
 * trace is, which grow as it does. What it costs to draw depends on them, and not on the events.
 */
import type { Analysis, Direction, RowIndex, RowKind } from '../../src/analysis/api/analysis.ts';

/** So many stretches at most: more than any panel has pixels. */
const STRETCHES = 8_192;
/** Times before it are those of clocks that were never set. */
const FIRST_TIME = Date.parse('2000-01-01T00:00:00Z');

export interface Stretch {
  readonly in: number;
  readonly out: number;
  readonly errors: number;
  readonly warnings: number;
  readonly gaps: number;
  readonly documents: number;
}

export class OverviewCounts {
  readonly #analysis: Analysis;
  /** Six counts a stretch: see `Stretch`. */
  readonly #counts = new Uint32Array(STRETCHES * KINDS);
  /** What each row was counted as: a later observation or finding may change it. See `codeOf`. */
  #codes = new Uint8Array(1_024);
  /** When the first stretch begins, and how long each is: milliseconds. */
  #start = Number.NaN;
  #length = 1;
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;
  #next: RowIndex = 0;
  #in = 0;
  #out = 0;

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
  }

  /** When its first and last row stand, in epoch milliseconds; null while there is none with a time. */
  get span(): readonly [number, number] | null {
    return this.#first <= this.#last ? [this.#first, this.#last] : null;
  }

  get received(): number {
    return this.#in;
  }

  get sent(): number {
    return this.#out;
  }

  /** Counts the rows that came since, until `stop` says so. True when it has all. */
  lookOn(stop: () => boolean): boolean {
    const { totals } = this.#analysis;
    while (this.#next < totals.rows) {
      this.#take(this.#next);
      this.#next += 1;
      if (this.#next % 512 === 0 && stop()) return this.#next >= totals.rows;
    }
    return true;
  }

  /** These rows are not what they were: findings have come or gone, or it is known by now what they are. */
  revise(rows: readonly RowIndex[]): void {
    for (const row of rows) if (row < this.#next) this.#recount(row);
  }

  /** What stands in [from, to). */
  between(from: number, to: number): Stretch {
    const sum = [0, 0, 0, 0, 0, 0];
    const begin = Math.round((from - this.#start) / this.#length);
    const end = Math.min(STRETCHES, Math.max(begin + 1, Math.round((to - this.#start) / this.#length)));
    // What lies before the first stretch has nothing, and not what stands in the first.
    for (let at = Math.max(0, begin) * KINDS; at < end * KINDS; at += 1) {
      sum[at % KINDS] = (sum[at % KINDS] ?? 0) + (this.#counts[at] ?? 0);
    }
    const [received = 0, sent = 0, errors = 0, warnings = 0, gaps = 0, documents = 0] = sum;
    return { in: received, out: sent, errors, warnings, gaps, documents };
  }

  #take(row: RowIndex): void {
    if (row >= this.#codes.length) {
      const longer = new Uint8Array(2 * this.#codes.length);
      longer.set(this.#codes);
      this.#codes = longer;
    }
    const time = this.#analysis.facts.time(row);
    if (time >= FIRST_TIME && this.#reach(time)) {
      this.#first = Math.min(this.#first, time);
      this.#last = Math.max(this.#last, time);
    }
    this.#recount(row);
  }

  #recount(row: RowIndex): void {
    const time = this.#analysis.facts.time(row);
    if (!(time >= this.#first && time <= this.#last)) return;
    const before = this.#codes[row] ?? 0;
    const now = codeOf(this.#analysis, row);
    if (now === before) return;
    this.#codes[row] = now;
    this.#count(time, before, -1);
    this.#count(time, now, 1);
  }

  #count(time: number, code: number, by: number): void {
    const at = Math.floor((time - this.#start) / this.#length) * KINDS;
    for (const counted of [code & 7, code >> 3]) {
      if (counted === 0) continue;
      const kind = counted - 1;
      this.#counts[at + kind] = (this.#counts[at + kind] ?? 0) + by;
      if (kind === IN) this.#in += by;
      if (kind === OUT) this.#out += by;
    }
  }

  /** Makes room for a time: stretches become twice as long until it fits. False for what no trace spans. */
  #reach(time: number): boolean {
    if (Number.isNaN(this.#start)) this.#start = Math.floor(time);
    if (!Number.isFinite(time) || Math.abs(time - this.#start) > 1e13) return false;
    while (time >= this.#start + STRETCHES * this.#length) this.#double(0);
    // Room before the first is made in front, half of all at a time.
    while (time < this.#start) this.#double(STRETCHES / 2);
    return true;
  }

  /** Two stretches become one; `shift` of the longer ones are put before them. */
  #double(shift: number): void {
    const before = this.#counts.slice();
    this.#counts.fill(0);
    for (let at = 0; at < STRETCHES; at += 1) {
      const to = ((at >> 1) + shift) * KINDS;
      for (let kind = 0; kind < KINDS; kind += 1) {
        this.#counts[to + kind] = (this.#counts[to + kind] ?? 0) + (before[at * KINDS + kind] ?? 0);
      }
    }
    this.#length *= 2;
    this.#start -= shift * this.#length;
  }
}

const KINDS = 6;
const [IN, OUT, ERRORS, WARNINGS, GAPS, DOCUMENTS] = [0, 1, 2, 3, 4, 5] as const;

/** What a row counts as, and its mark in the bits above: each one more than its place in a stretch, 0 for nothing. */
function codeOf({ facts }: Analysis, row: RowIndex): number {
  const severity = facts.severity(row);
  const mark = severity === 'error' ? ERRORS + 1 : severity === 'warning' ? WARNINGS + 1 : 0;
  return (mark << 3) | kindOf({ kind: facts.kind(row), direction: facts.direction(row) });
}

function kindOf({
  kind,
  direction,
}: {
  readonly kind: RowKind;
  readonly direction: Direction | null;
}): number {
  if (kind === 'gap') return GAPS + 1;
  if (kind === 'document') return DOCUMENTS + 1;
  if (kind !== 'event' || direction === null) return 0;
  return (direction === 'in' ? IN : OUT) + 1;
}

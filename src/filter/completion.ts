/** What may stand where the caret is: the keys, or the values that are present, each with how many rows it would leave. */
import type { Analysis, RowIndex } from '../analysis/api/analysis.ts';
import { HIDDEN_SET } from '../text/shown-text.ts';
import { CHOICES, FILTER_KEYS, type FilterKey, isTextKey, KEY_TITLES, keyNamed } from './filter-keys.ts';
import type { FilterNode, ParsedFilter, Span } from './filter-tree.ts';
import { rowsMatching, VALUES } from './matching.ts';
import { parseFilter } from './parse-filter.ts';
import type { CompileRegex } from './term.ts';

/** The part of the text that a suggestion takes the place of, and what of it is typed before the caret. */
export interface CompletionPlace extends Span {
  /** Null: a key is to be completed. */
  readonly key: FilterKey | null;
  /** Of `field`: the names that lead to it. */
  readonly path: readonly string[];
  /** True for the names of fields, behind `field.` */
  readonly isPath: boolean;
  /** In lower case, without a quote before it. */
  readonly typed: string;
  /** Where the term begins; null where there is none yet. */
  readonly term: number | null;
}

export function placeAt(text: string, caret: number, parsed: ParsedFilter): CompletionPlace {
  const term = parsed.terms.find(({ from, to }) => from <= caret && caret <= to);
  const nothing = { key: null, path: [], isPath: false };
  if (term === undefined) return { ...nothing, from: caret, to: caret, typed: '', term: null };
  if (term.key === null || caret < term.valueFrom) {
    const typed = text.slice(term.from, caret).toLowerCase();
    return {
      ...nothing,
      ...term,
      to: term.key === null ? term.to : term.valueFrom,
      typed,
      term: term.from,
      isPath: typed.startsWith('field.'),
      key: null,
    };
  }
  const [name = '', ...path] = term.key.split('.');
  const typed = text.slice(term.valueFrom, caret).replace(/^=?"?/, '').toLowerCase();
  return {
    from: term.valueFrom,
    to: term.to,
    key: keyNamed(name),
    path,
    isPath: false,
    typed,
    term: term.from,
  };
}

/** Keys that begin as what is typed does, with what each looks for. */
export function keysFor({
  typed,
}: CompletionPlace): readonly { readonly key: FilterKey; readonly title: string }[] {
  if (/^["/]/.test(typed)) return [];
  return FILTER_KEYS.filter((key) => key.startsWith(typed)).map((key) => ({ key, title: KEY_TITLES[key] }));
}

/** True where values that are present can be suggested. */
export function hasValues({ key, isPath }: CompletionPlace): boolean {
  return isPath || (key !== null && (key === 'field' || key === 'status' || isTextKey(key)));
}

export interface SuggestedValue {
  /** As it is put into the text, in quotes where it needs them. */
  readonly inserted: string;
  /** As it came: hostile text. */
  readonly value: string;
  /** Rows that the whole filter would leave with it. */
  readonly rows: number;
}

/** Different values (of rows with several: sets of values) that are told apart; of more only the first are counted. */
const MOST_SETS = 2_000;
/** Longest value that is suggested, UTF-16 units. */
const LONGEST = 60;
/** Rows looked at before the clock is read. */
const BLOCK = 64;

interface TalliedSet {
  readonly values: readonly string[];
  /** Rows that the filter leaves when the term holds of them, and when it does not. */
  whereTrue: number;
  whereFalse: number;
}

/** Counts in slices what each value would leave: of rows with the same values at once. */
export class ValueTally {
  readonly #place: CompletionPlace;
  readonly #analysis: Analysis;
  readonly #valuesOf: (row: RowIndex) => readonly string[];
  readonly #whole: boolean;
  readonly #nodes: readonly [whenTrue: FilterNode | null, whenFalse: FilterNode | null];
  readonly #sets = new Map<string, TalliedSet>();
  /** There were more sets than are told apart. */
  #overflown = false;
  #next: RowIndex = 0;

  constructor(analysis: Analysis, text: string, place: CompletionPlace, compile: CompileRegex | null) {
    this.#analysis = analysis;
    this.#place = place;
    const { key } = place;
    this.#whole = key === 'session' || (key !== null && CHOICES[key] !== undefined);
    this.#valuesOf = valuesOf(analysis, place);
    const node = (holds: boolean) =>
      parseFilter(text, { compile, hole: { from: place.term ?? -1, holds } }).node;
    this.#nodes = [node(true), node(false)];
  }

  get complete(): boolean {
    return this.#next >= this.#analysis.totals.rows;
  }

  /** True where some value was seen more often than is counted. */
  get overflown(): boolean {
    return this.#overflown;
  }

  /** Looks on for about `milliseconds`; call again until `complete`. */
  count(milliseconds: number, clock: () => number = () => performance.now()): void {
    const until = clock() + milliseconds;
    while (!this.complete && clock() < until) this.#countBlock();
  }

  #countBlock(): void {
    const rows: RowIndex[] = [];
    const end = Math.min(this.#analysis.totals.rows, this.#next + BLOCK);
    while (this.#next < end) rows.push(this.#next++);
    const [whenTrue, whenFalse] = this.#nodes;
    const left = (node: FilterNode | null) =>
      new Set(node === null ? rows : rowsMatching(this.#analysis, rows, node));
    const [yes, no] = [left(whenTrue), left(whenFalse)];
    for (const row of rows) {
      if (!yes.has(row) && !no.has(row)) continue;
      const set = this.#setOf(this.#valuesOf(row));
      if (set === null) continue;
      if (yes.has(row)) set.whereTrue += 1;
      if (no.has(row)) set.whereFalse += 1;
    }
  }

  #setOf(values: readonly string[]): TalliedSet | null {
    const key = values.join('\n');
    const known = this.#sets.get(key);
    if (known !== undefined) return known;
    if (this.#sets.size >= MOST_SETS) {
      this.#overflown = true;
      return null;
    }
    const set = { values, whereTrue: 0, whereFalse: 0 };
    this.#sets.set(key, set);
    return set;
  }

  /** The values so far that hold what is typed by now, those that leave most first. */
  suggested(typed: string, limit: number): readonly SuggestedValue[] {
    const all = new Set([...this.#sets.values()].flatMap(({ values }) => values));
    const { isPath } = this.#place;
    const wanted = isPath ? typed.slice('field.'.length) : typed;
    const fitting = [...all].filter((value) => value !== '' && value.toLowerCase().includes(wanted));
    return fitting
      .map((value) => ({
        value,
        inserted: isPath ? `field.${value}:` : quotedIfNeeded(value),
        rows: this.#left(value),
      }))
      .sort((one, other) => other.rows - one.rows)
      .slice(0, limit);
  }

  /** How many rows the filter leaves with this value in the term's place. */
  #left(value: string): number {
    const lower = value.toLowerCase();
    const fits = (other: string) =>
      this.#whole || this.#place.isPath ? other.toLowerCase() === lower : other.toLowerCase().includes(lower);
    let rows = 0;
    for (const { values, whereTrue, whereFalse } of this.#sets.values()) {
      rows += values.some(fits) ? whereTrue : whereFalse;
    }
    return rows;
  }
}

function valuesOf(
  analysis: Analysis,
  { key, path, isPath }: CompletionPlace,
): (row: RowIndex) => readonly string[] {
  const { facts } = analysis;
  if (isPath) return (row) => facts.fieldNames(row).filter((name) => !/[\s:"()]/.test(name));
  if (key === 'field') return (row) => [...new Set(facts.values(row, path).map(shortened))];
  if (key === 'status') {
    return (row) => {
      const status = facts.status(row);
      return status === null ? [] : [String(status)];
    };
  }
  if (key === 'session') {
    return (row) => {
      const letter = facts.letter(row);
      return letter === null ? [] : [letter];
    };
  }
  if (key === null || !isTextKey(key)) return () => [];
  const values = VALUES[key];
  return (row) => [...new Set(values(analysis, row).map(shortened))];
}

/** The start of a value, up to a line's end or what hides: what holds the whole holds this too. */
function shortened(value: string): string {
  const start = value.slice(0, LONGEST);
  const end = start.search(HIDING);
  return (end === -1 ? start : start.slice(0, end)).trim();
}

const HIDING = new RegExp(`[${HIDDEN_SET}]`, 'u');

/** A value as it must be typed: in quotes where it would be read otherwise. */
export function quotedIfNeeded(value: string): string {
  if (!/[\s"()]|^[-=/<>]|^(?:and|or)$/i.test(value)) return value;
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

/** The ids of the latest sessions by their letters. */
export function sessionsByLetter(analysis: Analysis): ReadonlyMap<string, string> {
  return new Map(analysis.latestSessions(MOST_SETS).map(({ letter, id }) => [letter, id]));
}

/** How many different values of a key are in the trace, where that is known without looking through it. */
export function presentCount(analysis: Analysis, key: FilterKey): number | null {
  if (key === 'rule') return new Set(analysis.findingGroups().map(({ rule }) => rule)).size;
  if (key === 'severity') return new Set(analysis.findingGroups().map(({ severity }) => severity)).size;
  return key === 'session' ? analysis.totals.sessions : null;
}

/** The text with a suggestion in the place, and where the caret stands behind it. */
export function completed(
  text: string,
  { from, to }: Span,
  inserted: string,
): { readonly text: string; readonly caret: number } {
  // Behind a key the value follows at once; behind a value the next term does.
  const space = inserted.endsWith(':') || text[to] === ' ' ? '' : ' ';
  const before = text.slice(0, from) + inserted + space;
  return {
    text: before + text.slice(to),
    caret: before.length + (space === '' && !inserted.endsWith(':') ? 1 : 0),
  };
}

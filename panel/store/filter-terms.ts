/**
 * The language of the text filter: words that must all occur, `-word` for those that must not, "several words" in
 * quotes, and `key:value` for a value in one part of the row. A key that is none is part of its word. There is no pattern in it that could run for long: a term is looked for as it stands.
 */
import type { Analysis, RowIndex } from '../../src/analysis/analysis.ts';
import { FILTER_KEYS, type FilterKey, isFilterKey, partMatches } from './filter-keys.ts';

export interface FilterTerm {
  /** Lower case, never empty. */
  readonly needle: string;
  readonly wanted: boolean;
  /** The part of the row in which it is looked for; null: all of it. */
  readonly key: FilterKey | null;
}

export type FilterTerms = readonly FilterTerm[];

/** What a person typed, as terms. A quote that is not closed reaches to the end; a lone `-` is the word itself. */
export function parseFilter(text: string): FilterTerms {
  const terms: FilterTerm[] = [];
  let at = 0;
  while (at < text.length) {
    if (isSpace(text, at)) {
      at++;
      continue;
    }
    const wanted = !(text[at] === '-' && at + 1 < text.length && !isSpace(text, at + 1));
    if (!wanted) at++;
    const key = keyAt(text, at);
    // A key without a value yet asks for nothing.
    if (key !== null) at += key.length + 1;
    const quoted = text[at] === '"';
    const from = quoted ? at + 1 : at;
    const to = quoted ? closingQuote(text, from) : wordEnd(text, from);
    const needle = text.slice(from, to).toLowerCase();
    if (needle !== '') terms.push({ needle, wanted, key });
    at = quoted ? to + 1 : to;
  }
  return terms;
}

/**
 * Those of the rows that have every wanted term and none of the unwanted. Term by term over many rows, since the
 * analysis prepares for a term and keeps what it prepared until another one is asked for.
 */
export function rowsMatching(
  analysis: Analysis,
  rows: readonly RowIndex[],
  terms: FilterTerms,
): readonly RowIndex[] {
  let left = rows;
  for (const { needle, wanted, key } of terms) {
    if (left.length === 0) break;
    left = left.filter(
      (row) =>
        (key === null ? analysis.rowMatches(row, needle) : partMatches(analysis, row, key, needle)) ===
        wanted,
    );
  }
  return left;
}

/** True where every row of `next` is also one of `earlier`, so that only the earlier result must be looked through. */
export function narrows(earlier: FilterTerms, next: FilterTerms): boolean {
  return earlier.every((old) =>
    next.some(
      (term) =>
        term.wanted === old.wanted &&
        term.key === old.key &&
        (term.wanted ? term.needle.includes(old.needle) : old.needle.includes(term.needle)),
    ),
  );
}

function keyAt(text: string, at: number): FilterKey | null {
  const colon = text.indexOf(':', at);
  const name = colon === -1 || colon - at > LONGEST_KEY ? '' : text.slice(at, colon).toLowerCase();
  return isFilterKey(name) ? name : null;
}

const LONGEST_KEY = Math.max(...FILTER_KEYS.map((key) => key.length));

function isSpace(text: string, at: number): boolean {
  const char = text[at];
  return char === ' ' || char === '\t' || char === '\n' || char === '\u00a0';
}

function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isSpace(text, at)) at++;
  return at;
}

function closingQuote(text: string, from: number): number {
  const at = text.indexOf('"', from);
  return at === -1 ? text.length : at;
}

/** Which rows a filter lets through. */
import type { Analysis, RowIndex } from '../analysis/api/analysis.ts';
import { isQuietRequest } from '../analysis/api/facts.ts';
import { fateInWords } from '../analysis/api/fate.ts';
import {
  type Comparison,
  type FilterNode,
  isLetter,
  type Test,
  type TextKey,
  type TextMatch,
  type TypedTime,
} from './filter-tree.ts';

/**
 * Those of the ascending rows that the filter lets through, ascending. Term by term over many rows: the analysis prepares
 * for a text and keeps what it prepared.
 */
export function rowsMatching(
  analysis: Analysis,
  rows: readonly RowIndex[],
  node: FilterNode,
): readonly RowIndex[] {
  if (rows.length === 0) return rows;
  switch (node.is) {
    case 'hole':
      return node.holds ? rows : [];
    case 'test': {
      const holds = testOf(analysis, node.test);
      return rows.filter(holds);
    }
    case 'not': {
      const others = new Set(rowsMatching(analysis, rows, node.part));
      return rows.filter((row) => !others.has(row));
    }
    case 'and':
      return cheapFirst(node.parts).reduce((left, part) => rowsMatching(analysis, left, part), rows);
    case 'or': {
      const found = new Set<RowIndex>();
      for (const part of node.parts) {
        const left = rows.filter((row) => !found.has(row));
        for (const row of rowsMatching(analysis, left, part)) found.add(row);
      }
      return rows.filter((row) => found.has(row));
    }
  }
}

/** Of parts that must all hold those that cost least first: the others are asked of fewer rows. */
function cheapFirst(parts: readonly FilterNode[]): readonly FilterNode[] {
  return [...parts].sort((one, other) => costOf(one) - costOf(other));
}

function costOf(node: FilterNode): number {
  if (node.is === 'hole') return 0;
  if (node.is === 'not') return costOf(node.part);
  if (node.is !== 'test') return Math.max(...node.parts.map(costOf));
  const { test } = node;
  if (!('match' in test) || test.match.how === 'equals') return test.on === 'field' ? 2 : 0;
  return test.match.how === 'regex' ? 3 : test.on === 'field' ? 2 : 1;
}

/** True where the filter has a regular expression: a row may then take long. */
export function isSlow(node: FilterNode): boolean {
  switch (node.is) {
    case 'hole':
      return false;
    case 'test':
      return 'match' in node.test && node.test.match.how === 'regex';
    case 'not':
      return isSlow(node.part);
    default:
      return node.parts.some(isSlow);
  }
}

/** A regular expression looks at so much of a text, in UTF-16 units. */
export const REGEX_REACH = 50_000;

/** The rows' test, made ready for many rows. */
function testOf(analysis: Analysis, test: Test): (row: RowIndex) => boolean {
  const { facts } = analysis;
  switch (test.on) {
    case 'row': {
      const { match } = test;
      if (match.how === 'regex') {
        const fits = comparer(match);
        return (row) => fits(facts.text(row));
      }
      return (row) => analysis.rowMatches(row, match.needle);
    }
    case 'field': {
      const fits = comparer(test.match);
      const { path } = test;
      const mayHold = inBytes(analysis, test.match);
      return (row) => mayHold(row) && facts.values(row, path).some(fits);
    }
    case 'size':
      return (row) => compares(facts.size(row), test.compared, test.value);
    case 'took':
      return (row) => compares(facts.took(row), test.compared, test.value);
    case 'status':
      return (row) => compares(facts.status(row), test.compared, test.value);
    case 'after': {
      const at = momentOf(analysis, test.time);
      return (row) => facts.time(row) >= at;
    }
    case 'before': {
      const at = momentOf(analysis, test.time);
      return (row) => facts.time(row) < at;
    }
    default:
      return partTest(analysis, test.on, test.match);
  }
}

function partTest(analysis: Analysis, key: TextKey, match: TextMatch): (row: RowIndex) => boolean {
  const { facts } = analysis;
  if (key === 'session' && match.how !== 'regex' && isLetter(match.needle)) {
    const letter = match.needle.toUpperCase();
    return (row) => facts.letter(row) === letter;
  }
  const values = VALUES[key];
  const fits = comparer(match);
  // What is in these parts is in the row's whole text, in which it is looked for much faster.
  const mayHold = key === 'event' || key === 'session' || key === 'party' ? inText(analysis, match) : always;
  return (row) => mayHold(row) && values(analysis, row).some(fits);
}

const always = () => true;

function inText(analysis: Analysis, match: TextMatch): (row: RowIndex) => boolean {
  return match.how === 'regex' ? always : (row) => analysis.rowMatches(row, match.needle);
}

/** Numbers may be written in other ways than they are compared; texts and words are in the bytes as they are. */
function inBytes(analysis: Analysis, match: TextMatch): (row: RowIndex) => boolean {
  if (match.how === 'regex' || /^[-+.e\d]*$/.test(match.needle)) return always;
  return inText(analysis, match);
}

/** The values of a row's part, with the other words that people have for them. */
export const VALUES: Readonly<Record<TextKey, (analysis: Analysis, row: RowIndex) => readonly string[]>> = {
  event: ({ facts }, row) => [facts.event(row)],
  session: ({ facts }, row) => present(facts.session(row)),
  party: ({ facts }, row) => present(facts.party(row)),
  transport: ({ facts }, row) => present(facts.transport(row)),
  dir: ({ facts }, row) => present(facts.direction(row)),
  kind: ({ facts }, row) => {
    const kind = facts.kind(row);
    if (kind === 'exchange') return isQuietRequest(facts, row) ? [kind, 'request'] : [kind];
    return [kind, ...present(facts.topic(row))];
  },
  rule: ({ facts }, row) => facts.findings(row).map(({ rule }) => rule),
  severity: ({ facts }, row) => facts.findings(row).map(({ severity }) => severity),
  fate: ({ facts }, row) => {
    const fate = facts.fate(row);
    return fate === null ? [] : [fateInWords(fate)];
  },
  url: ({ facts }, row) => {
    const url = facts.url(row);
    return url === '' ? [] : [url, percentDecoded(url)];
  },
  origin: ({ facts }, row) => present(facts.origin(row)),
  has: ({ facts }, row) => {
    const had: string[] = facts.findings(row).map(({ severity }) => severity);
    if (had.length > 0) had.push('finding');
    if (had.some((severity) => severity === 'error' || severity === 'warning')) had.push('problem');
    if (facts.session(row) !== null) had.push('session');
    if (facts.party(row) !== '') had.push('party');
    if (facts.fate(row) !== null) had.push('fate');
    if (facts.truncated(row)) had.push('cut');
    if (facts.flagged(row)) had.push('mark');
    return had;
  },
};

const present = (value: string | null): readonly string[] => (value === null || value === '' ? [] : [value]);

function percentDecoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

/** Compares a text as the filter asks. */
export function comparer(match: TextMatch): (text: string) => boolean {
  if (match.how === 'regex') return (text) => match.regex.test(text.slice(0, REGEX_REACH));
  const { needle } = match;
  if (match.how === 'equals') return (text) => text.toLowerCase() === needle;
  return (text) => text.toLowerCase().includes(needle);
}

function compares(found: number | null, compared: Comparison, value: number): boolean {
  if (found === null) return false;
  switch (compared) {
    case '<':
      return found < value;
    case '<=':
      return found <= value;
    case '=':
      return found === value;
    case '>=':
      return found >= value;
    case '>':
      return found > value;
  }
}

const DAY_MS = 86_400_000;

/** The moment that is meant, as epoch milliseconds. A time of the day is that of the trace's first day, or of the next one where only that is in the trace. */
function momentOf({ facts, totals }: Analysis, { from, ms }: TypedTime): number {
  const start = totals.rows === 0 ? 0 : facts.time(0);
  if (from === 'epoch') return ms;
  if (from === 'start') return start + ms;
  const midnight = new Date(start);
  midnight.setHours(0, 0, 0, 0);
  const at = midnight.getTime() + ms;
  const end = totals.rows === 0 ? 0 : facts.time(totals.rows - 1);
  return at < start && at + DAY_MS <= end ? at + DAY_MS : at;
}

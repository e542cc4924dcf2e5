/** The keys of the filter: `key:value` looks for the value in one part of a row instead of in all of it. */
import type { Analysis, RowIndex, Transport } from '../../src/analysis/analysis.ts';

export const FILTER_KEYS = ['event', 'session', 'party', 'transport', 'dir', 'rule', 'severity'] as const;
export type FilterKey = (typeof FILTER_KEYS)[number];

export function isFilterKey(name: string): name is FilterKey {
  return FILTER_KEYS.some((key) => key === name);
}

/** True where the row's part has the needle, which is in lower case. */
export function partMatches(analysis: Analysis, row: RowIndex, key: FilterKey, needle: string): boolean {
  // What is in these parts is in the row's whole text, in which it is looked for much faster.
  if (IN_ROW_TEXT.has(key) && !analysis.rowMatches(row, needle)) return false;
  return PARTS[key](analysis, row).toLowerCase().includes(needle);
}

const IN_ROW_TEXT: ReadonlySet<FilterKey> = new Set(['event', 'session', 'party']);

/** A row's part as text, with the other words that people have for it. */
const PARTS: Readonly<Record<FilterKey, (analysis: Analysis, row: RowIndex) => string>> = {
  event: (analysis, row) => analysis.row(row).event,
  session: (analysis, row) => analysis.row(row).session ?? '',
  party: (analysis, row) => analysis.row(row).party,
  transport: (analysis, row) => {
    const { transport } = analysis.row(row);
    return transport === null ? '' : TRANSPORT_WORDS[transport];
  },
  dir: (analysis, row) => {
    const { direction } = analysis.row(row);
    return direction === null ? '' : direction === 'in' ? 'in received' : 'out sent';
  },
  rule: (analysis, row) => findings(analysis, row, 'rule'),
  severity: (analysis, row) => findings(analysis, row, 'severity'),
};

function findings(analysis: Analysis, row: RowIndex, part: 'rule' | 'severity'): string {
  return analysis
    .findingsOfRow(row)
    .map((finding) => finding[part])
    .join('\n');
}

const TRANSPORT_WORDS: Readonly<Record<Transport, string>> = {
  xhr: 'xhr',
  fetch: 'fetch',
  websocket: 'websocket ws',
  eventsource: 'eventsource sse',
  beacon: 'beacon',
  http: 'http',
};

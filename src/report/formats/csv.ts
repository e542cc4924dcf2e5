/** The timeline as CSV (RFC 4180, UTF-8): a line a row, in which no spreadsheet takes anything for a formula. */
import type { Analysis } from '../../analysis/api/analysis.ts';
import { shownText } from '../../text/shown-text.ts';
import { sessionLetters } from './session-names.ts';

export const CSV_COLUMNS = [
  ...([
    'time',
    'direction',
    'transport',
    'event',
    'session',
    'party',
    'summary',
    'size',
    'severity',
    'findings',
  ] as const),
] as const;

export type CsvColumn = (typeof CSV_COLUMNS)[number];

/** Lines end with CRLF. `columns`: those that are in sight, in their order. */
export function* writeCsv(
  analysis: Analysis,
  columns: readonly CsvColumn[] = CSV_COLUMNS,
): Generator<string, void, undefined> {
  const letters = sessionLetters(analysis);
  yield `\ufeff${columns.join(',')}\r\n`;
  for (let row = 0; row < analysis.totals.rows; row += 1) {
    const view = analysis.row(row);
    const session = view.session === null ? '' : `${letters.get(view.session) ?? ''} ${view.session}`;
    const cells: Record<CsvColumn, () => string> = {
      time: () => isoTime(view.wallTime),
      direction: () => view.direction ?? '',
      transport: () => view.transport ?? '',
      event: () => view.event,
      session: () => session,
      party: () => view.party,
      summary: () => view.summary,
      size: () => String(view.size),
      severity: () => view.severity ?? '',
      findings: () => [...new Set(analysis.findingsOfRow(row).map(({ rule }) => rule))].join(' '),
    };
    yield `${columns.map((column) => csvCell(cells[column]())).join(',')}\r\n`;
  }
}

/**
 * A cell: what begins like a formula, also behind blanks, has an apostrophe before it, and what is hidden is written out.
 */
export function csvCell(text: string): string {
  const shown = shownText(text);
  const guarded =
    /^[\s'"]*[=+\-@\t\r|%]/.test(shown) || /^\uff1d|^\uff0b|^\uff0d|^\uff20/.test(shown)
      ? `'${shown}`
      : shown;
  return /[",\r\n;]/.test(guarded) || guarded !== guarded.trim()
    ? `"${guarded.replaceAll('"', '""')}"`
    : guarded;
}

function isoTime(wallTime: number): string {
  return Number.isFinite(wallTime) && Math.abs(wallTime) < 8.64e15 ? new Date(wallTime).toISOString() : '';
}

/** What a report says of a trace before its events: where it was captured, what is missing, and a person's own marks. */
import type { Analysis } from '../../analysis/api/analysis.ts';
import type { Observation } from '../../observation/observation.ts';
import type { TraceEnvironment } from '../../trace/environment.ts';

export interface TraceSummary {
  /** Name and value, both plain hostile text. */
  readonly environment: readonly (readonly [name: string, value: string])[];
  /**
   * In the order of the trace: the numbers that the marks have are from 1. `event`: what the mark is on, '' where that is
   * not there; `letter`: of its session.
   */
  readonly marks: readonly {
    readonly wallTime: number;
    readonly text: string;
    readonly event: string;
    readonly letter: string | null;
  }[];
  /** Of the first and the last observation, Unix milliseconds; null for an empty trace. */
  readonly span: readonly [from: number, until: number] | null;
}

export function traceSummary(
  analysis: Analysis,
  observations: Iterable<Observation>,
  { browser, platform, timeZone }: TraceEnvironment = {},
): TraceSummary {
  let page = '';
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const observation of observations) {
    const { kind, wallTime } = observation;
    if (kind === 'document' && observation.top && page === '') page = observation.url;
    first = Math.min(first, wallTime);
    last = Math.max(last, wallTime);
  }
  const span = Number.isFinite(first) ? ([first, last] as const) : null;
  const sessions = analysis.sessions();
  const transports = new Set(sessions.flatMap((session) => session.transports));
  const protocols = new Set(sessions.map(({ protocol }) => protocol));
  const { dropped } = analysis.totals;
  return {
    environment: [
      ...(page === '' ? [] : ([['Page', page]] as const)),
      ...(browser === undefined ? [] : ([['Browser', browser]] as const)),
      ...(platform === undefined ? [] : ([['Platform', platform]] as const)),
      ...(timeZone === undefined ? [] : ([['Time zone', timeZone]] as const)),
      ...(span === null ? [] : ([['Captured', `${isoTime(first)} – ${isoTime(last)}`]] as const)),
      ...(transports.size === 0 ? [] : ([['Transports', [...transports].join(', ')]] as const)),
      ['Protocol', [...protocols].join(', ') || 'none'],
      ['Not captured', dropped === 0 ? 'nothing known' : `${dropped} observations lost`],
    ],
    marks: marksOf(analysis),
    span,
  };
}

function marksOf(analysis: Analysis): TraceSummary['marks'] {
  const { facts, totals } = analysis;
  const onEvents = analysis.flags().map(({ row, wallTime, text }) => {
    return { row, wallTime, text, event: facts.event(row), letter: facts.letter(row) };
  });
  const alone = [];
  for (let row = 0; row < totals.rows; row += 1) {
    if (facts.kind(row) !== 'annotation') continue;
    const { wallTime, summary } = analysis.row(row);
    alone.push({ row, wallTime, text: summary, event: '', letter: null });
  }
  return [...onEvents, ...alone].sort((one, other) => one.row - other.row);
}

/** ISO 8601 in UTC; '?' for what is no time. */
export function isoTime(wallTime: number): string {
  return Number.isFinite(wallTime) && Math.abs(wallTime) < 8.64e15 ? new Date(wallTime).toISOString() : '?';
}

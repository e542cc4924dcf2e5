/** From the chosen row to the next one of a kind, in either direction; null where there is none. */
import type { RowIndex } from '../../src/analysis/api/analysis.ts';
import type { TraceModel } from './trace-model.ts';

/** The next chat event of the chosen row's session; of any session where the row has none. */
export function nextEventOfSession(trace: TraceModel, direction: 1 | -1): RowIndex | null {
  const { facts } = trace.analysis;
  const chosen = trace.selected.peek();
  const session = chosen === null ? null : facts.session(chosen);
  return next(trace, direction, (row) => {
    if (facts.kind(row) !== 'event') return false;
    return session === null || facts.session(row) === session;
  });
}

/** The next row with an error or a warning. */
export function nextProblem(trace: TraceModel, direction: 1 | -1): RowIndex | null {
  const { facts } = trace.analysis;
  return next(trace, direction, (row) => {
    const severity = facts.severity(row);
    return severity === 'error' || severity === 'warning';
  });
}

function next(trace: TraceModel, direction: 1 | -1, fits: (row: RowIndex) => boolean): RowIndex | null {
  const { rows } = trace.analysis.totals;
  const from = trace.selected.peek() ?? (direction === 1 ? -1 : rows);
  for (let row = from + direction; row >= 0 && row < rows; row += direction) if (fits(row)) return row;
  return null;
}

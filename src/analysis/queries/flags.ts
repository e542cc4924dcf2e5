/** The flags of a trace, for lists of them and for whoever writes them into a file. */
import type { FlagView } from '../api/analysis.ts';
import type { TraceState } from '../state/trace-state.ts';

export function flagViews(state: TraceState): readonly FlagView[] {
  const { flags, rows } = state;
  return flags.rows.map((row, at) => ({
    row,
    number: at + 1,
    text: flags.text(row) ?? '',
    wallTime: rows.wallTime(row),
    observation: rows.observation(row),
    event: rows.place(row),
  }));
}

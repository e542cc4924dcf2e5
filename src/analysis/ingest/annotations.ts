/** Annotations of a trace find the rows that they are on, wherever in the trace they stand. */
import type { AnnotationObservation } from '../../observation/observation.ts';
import type { ObservationIndex, RowIndex } from '../api/ids.ts';
import type { TraceState } from '../state/trace-state.ts';

/** Rows that are looked at for one annotation, which a trace of ours has close behind what it is on. */
const NEAR = 64;

/** False where nothing waits for it: then it has a row of its own. */
export function takeAnnotation(
  state: TraceState,
  { documentId, of, event = 0, text }: AnnotationObservation,
  annotation: ObservationIndex,
): boolean {
  if (!state.flags.wait({ annotation, documentId, of, event, text })) return false;
  settleFlags(state, Math.max(0, state.rows.length - NEAR));
  return true;
}

/** Sets the flags that wait for one of the rows from `from` on. */
export function settleFlags(state: TraceState, from: RowIndex): void {
  const { flags, rows, observations } = state;
  for (let row = from; row < rows.length && flags.isWaiting; row += 1) {
    const observation = observations[rows.observation(row)];
    if (observation === undefined) continue;
    flags.settle(observation.documentId, observation.seq, rows.place(row), row);
    if (flags.has(row)) state.touched.push(row);
  }
}

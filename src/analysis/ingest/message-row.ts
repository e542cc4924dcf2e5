/** Rows of messages: new ones, and those that kept the place of bytes that came late. */
import type { RowIndex } from '../api/analysis.ts';
import type { Session } from '../sessions/session.ts';
import type { TraceState } from '../state/trace-state.ts';
import { type NewRow, NONE } from '../tables/row-table.ts';
import type { Carrier } from '../tables/wire-message.ts';

/** A row for the carrier as a whole. */
export function rowOf(
  carrier: Carrier,
  kind: NewRow['kind'],
  name: string,
  session: Session | undefined,
): NewRow {
  return {
    kind,
    observation: carrier.observation,
    wallTime: carrier.wallTime,
    name,
    direction: carrier.direction,
    transport: carrier.transport,
    exchange: carrier.exchange,
    session: session?.index ?? NONE,
    frame: carrier.frame,
    start: carrier.offset,
    end: carrier.offset + carrier.text.length,
    form: carrier.form,
    truncated: carrier.truncated,
  };
}

export function putRow(state: TraceState, place: RowIndex | null, row: NewRow): RowIndex {
  if (place === null) return state.addRow(row);
  state.fillRow(place, row);
  return place;
}

/** A row as the timeline shows it, made for the rows on screen. */
import type { RowIndex, RowView } from './analysis.ts';
import { NONE } from './row-store.ts';
import { payloadOf } from './row-text.ts';
import { summaryOfRow } from './summary.ts';
import type { TraceState } from './trace-state.ts';

export function rowView(state: TraceState, index: RowIndex): RowView {
  const { rows } = state;
  const session = sessionOfRow(state, index);
  return {
    index,
    kind: rows.kind(index),
    seq: rows.seq(index),
    wallTime: rows.wallTime(index),
    direction: rows.direction(index),
    transport: rows.transport(index),
    source: state.observations[rows.observation(index)]?.source ?? 'hook',
    event: rows.name(index),
    session: session?.id ?? null,
    party: partyName(state, index),
    summary: summaryOfRow(state, index),
    size: sizeOfRow(state, index),
    severity: rows.severity(index),
    truncated: rows.truncated(index),
  };
}

export function sessionOfRow(state: TraceState, index: RowIndex) {
  const { rows, exchanges, sessions } = state;
  const own = rows.session(index);
  if (own !== NONE) return sessions.at(own);
  const exchange = rows.exchange(index);
  return exchange === NONE ? undefined : sessions.at(exchanges.session(exchange));
}

/** The party's name where it is known, else its id, else ''. */
export function partyName(state: TraceState, index: RowIndex): string {
  const party = state.rows.party(index);
  if (party === NONE) return '';
  const id = state.rows.parties.name(party);
  return nameOfParty(state, index, id) ?? id;
}

export function nameOfParty(state: TraceState, index: RowIndex, id: string): string | null {
  const session = sessionOfRow(state, index);
  const known = session?.party(id);
  if (known !== undefined && known.name !== '') return known.name;
  if (session?.isCustomer(id)) return 'customer';
  return known?.kind === 'scenario' ? 'scenario' : null;
}

function sizeOfRow(state: TraceState, index: RowIndex): number {
  const { rows } = state;
  const kind = rows.kind(index);
  if (kind === 'event' || kind === 'replay') return rows.end(index) - rows.start(index);
  return payloadOf(state.observations[rows.observation(index)])?.size ?? 0;
}

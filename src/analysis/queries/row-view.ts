/** A row as the timeline shows it, made for the rows on screen. */
import type { RowIndex, RowView } from '../api/analysis.ts';
import { letterOf } from '../api/facts.ts';
import { fateOf } from '../state/delivery-tracker.ts';
import { payloadOf } from '../state/row-bytes.ts';
import type { TraceState } from '../state/trace-state.ts';
import { NONE } from '../tables/row-table.ts';
import { originOf, partyName, readerOfRow, sessionOfRow } from './row-party.ts';
import { summaryOfRow } from './summary.ts';

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
    letter: session === undefined || session.ordinal === NONE ? null : letterOf(session.ordinal),
    protocol: readerOfRow(state, index)?.protocol.id ?? null,
    party: partyName(state, index),
    summary: summaryOfRow(state, index),
    took: tookOf(state, index),
    size: sizeOfRow(state, index),
    origin: originOf(state, state.observations[rows.observation(index)]?.documentId),
    served: rows.exchange(index) !== NONE && state.exchanges.isServed(rows.exchange(index)),
    severity: rows.severity(index),
    truncated: rows.truncated(index),
    fate: fateOf(state, index),
    flag: flagOf(state, index),
  };
}

/** Characters of a flag that a row shows: a file may have any number. */
const FLAG_TEXT = 500;

function flagOf({ flags }: TraceState, index: RowIndex): RowView['flag'] {
  const text = flags.text(index);
  return text === undefined ? null : { number: flags.number(index), text: text.slice(0, FLAG_TEXT) };
}

/** How long the row's HTTP exchange took, milliseconds; null for another one, or while it runs. */
export function tookOf({ rows, exchanges }: TraceState, index: RowIndex): number | null {
  const exchange = rows.exchange(index);
  if (exchange === NONE || exchanges.kind(exchange) !== 'http') return null;
  const ended = exchanges.endedAt(exchange);
  return Number.isNaN(ended) ? null : Math.max(0, ended - exchanges.startedAt(exchange));
}

/** Bytes of the event in its carrier, of another row those of its payload. */
export function sizeOfRow(state: TraceState, index: RowIndex): number {
  const { rows } = state;
  const kind = rows.kind(index);
  if (kind === 'event' || kind === 'replay') return rows.end(index) - rows.start(index);
  return payloadOf(state.observations[rows.observation(index)])?.size ?? 0;
}

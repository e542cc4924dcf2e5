/** A request with its answer, or a connection, for the Exchange tab. */
import type { ExchangeId, ExchangeView, RowIndex } from '../api/analysis.ts';
import { payloadOf } from '../state/row-bytes.ts';
import type { TraceState } from '../state/trace-state.ts';
import { originOf } from './row-party.ts';

/** More siblings than this are not looked for on either side of the row. */
const SIBLING_LIMIT = 500;

export function exchangeView(state: TraceState, row: RowIndex): ExchangeView | null {
  const { rows, exchanges, observations } = state;
  if (!rows.has(row)) return null;
  const id = rows.exchange(row);
  if (!exchanges.has(id)) return null;
  const first = observations[exchanges.first(id)];
  const response = observations[exchanges.response(id)];
  const last = observations[exchanges.last(id)];
  const request = first?.kind === 'request' ? first : null;
  const url = request?.url ?? (first?.kind === 'socket-open' ? first.url : '');
  const method = request?.method ?? 'GET';
  const startedAt = exchanges.startedAt(id);
  const endedAt = exchanges.endedAt(id);
  const lateRequest = payloadOf(observations[exchanges.lateRequest(id)]);
  const answer = response?.kind === 'response' ? response : null;
  return {
    id,
    kind: exchanges.kind(id),
    operation: state.endpoint(method, url)?.operation.title ?? 'relay',
    method,
    url,
    requestHeaders: request?.headers ?? [],
    requestBody: (lateRequest ?? request?.body ?? null)?.data ?? null,
    status: answer?.status ?? null,
    statusText: answer?.statusText ?? '',
    responseHeaders: answer?.headers ?? [],
    answer: answerText(state, id),
    outcome: exchanges.outcome(id),
    startedAt,
    duration: Number.isNaN(endedAt) ? null : Math.max(0, endedAt - startedAt),
    siblings: siblings(state, row),
    source: first?.source ?? 'hook',
    doubt: request?.doubt ?? null,
    origin: originOf(state, first?.documentId),
    served: exchanges.isServed(id),
    layers: state.wrapped.get(row)?.layers ?? null,
    note: noteOf(
      state,
      id,
      last?.kind === 'abort' ? last.reason : last?.kind === 'error' ? last.message : null,
    ),
  };
}

function answerText(state: TraceState, id: ExchangeId): string | null {
  const body = payloadOf(state.observations[state.exchanges.answer(id)]);
  if (body !== null) return body.encoding === 'none' ? null : body.data;
  const chunks = state.exchanges.chunks(id);
  if (chunks.length === 0) return null;
  return chunks.map((chunk) => payloadOf(state.observations[chunk])?.data ?? '').join('');
}

/** Rows of events that came with this one: rows of a carrier follow one another. */
function siblings(state: TraceState, row: RowIndex): RowIndex[] {
  const { rows } = state;
  const belongs = (other: RowIndex) =>
    rows.has(other) &&
    rows.observation(other) === rows.observation(row) &&
    rows.exchange(other) === rows.exchange(row) &&
    rows.frame(other) === rows.frame(row);
  let from = row;
  while (row - from < SIBLING_LIMIT && belongs(from - 1)) from -= 1;
  let to = row + 1;
  while (to - row < SIBLING_LIMIT && belongs(to)) to += 1;
  const found: RowIndex[] = [];
  for (let at = from; at < to; at += 1) {
    if (rows.kind(at) === 'event' || rows.kind(at) === 'replay') found.push(at);
  }
  return found;
}

function noteOf(state: TraceState, id: ExchangeId, reason: string | null): string | null {
  if (reason !== null && reason !== '') return reason;
  const body = state.observations[state.exchanges.answer(id)];
  const close = state.observations[state.exchanges.last(id)];
  if (close?.kind === 'socket-close')
    return `closed with code ${close.code}${close.reason && `: ${close.reason}`}`;
  return body?.kind === 'body' ? (body.payload.note ?? null) : null;
}

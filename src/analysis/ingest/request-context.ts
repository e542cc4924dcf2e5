/** An observation on its way: the exchange that it is of, the request that this began with, and what it is for. */
import type { RequestObservation } from '../../observation/observation.ts';
import type { Endpoint } from '../../protocol/chat-protocol.ts';
import type { ExchangeId, ObservationIndex } from '../api/analysis.ts';
import type { TraceState } from '../state/trace-state.ts';
import { RELAY } from '../tables/exchange-table.ts';

/** What belongs to an exchange. */
export interface Arrival {
  readonly exchange: ExchangeId;
  readonly index: ObservationIndex;
  /** Unix milliseconds. */
  readonly wallTime: number;
}

export interface RequestContext extends Arrival {
  readonly request: RequestObservation;
  /** What the request is for; null for a relay's. */
  readonly endpoint: Endpoint | null;
}

/** Null where the exchange began with no request that is in the trace. */
export function requestContext(
  state: TraceState,
  { exchange, index, wallTime }: Arrival,
): RequestContext | null {
  const request = state.observations[state.exchanges.first(exchange)];
  if (request?.kind !== 'request') return null;
  return { exchange, index, wallTime, request, endpoint: endpointOf(state, exchange, request) };
}

/** What the exchange is for: read once, kept while it runs. */
function endpointOf(state: TraceState, exchange: ExchangeId, request: RequestObservation): Endpoint | null {
  if (state.exchanges.operation(exchange) === RELAY) return null;
  return state.endpoints[exchange] ?? state.endpoint(request.method, request.url);
}

export function reportUnheld(state: TraceState, exchange: ExchangeId, row: number): void {
  state.report({
    rule: 'schema/invalid-json',
    severity: 'note',
    evidence: 'inferred',
    row,
    exchange,
    params: { unheld: 'body' },
  });
}

/** What a browser asks before it sends the request proper. */
export function isPreflight(request: RequestObservation): boolean {
  return request.method.length === 'OPTIONS'.length && request.method.toUpperCase() === 'OPTIONS';
}

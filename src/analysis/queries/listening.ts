/** Exchanges by which the server can speak at any moment: where none is open, nothing would have been heard. */
import type { ExchangeId, Listening } from '../api/analysis.ts';
import type { TraceState } from '../state/trace-state.ts';
import { RELAY } from '../tables/exchange-table.ts';

export function listeningOf(state: TraceState, exchange: ExchangeId): Listening | null {
  const { exchanges } = state;
  if (!exchanges.has(exchange) || !listens(state, exchange)) return null;
  const to = exchanges.endedAt(exchange);
  const kind = exchanges.kind(exchange);
  return {
    kind: kind === 'http' ? 'poll' : kind,
    session: state.sessionOf(exchange)?.id ?? null,
    from: exchanges.startedAt(exchange),
    to: Number.isNaN(to) ? null : to,
  };
}

function listens({ exchanges, observations }: TraceState, exchange: ExchangeId): boolean {
  if (exchanges.kind(exchange) !== 'http') return true;
  const operation = exchanges.operation(exchange);
  if (operation !== RELAY) return operation.role === 'poll';
  // A relay's paths say nothing: what only asks for something is its poll.
  const first = observations[exchanges.first(exchange)];
  return first?.kind === 'request' && first.method === 'GET';
}

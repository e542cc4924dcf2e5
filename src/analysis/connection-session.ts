/** Which session a socket or stream is of: its own, until its URL or what it carries names a chat. */
import type { ExchangeId } from './analysis.ts';
import type { Session } from './session.ts';
import type { TraceState } from './trace-state.ts';

export function connectionSession(state: TraceState, exchange: ExchangeId): Session {
  const first = state.observations[state.exchanges.first(exchange)];
  const url = first?.kind === 'request' || first?.kind === 'socket-open' ? first.url : '';
  const known = state.sessionOf(exchange) ?? joinByUrl(state, exchange, url);
  const session = known ?? state.sessions.ofConnection(exchange, url);
  state.exchanges.setSession(exchange, session.index);
  return session;
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** A connection whose URL has the id of a chat that is known is of that chat. */
export function joinByUrl(state: TraceState, exchange: ExchangeId, url: string): Session | undefined {
  for (const [id] of url.slice(0, 4096).matchAll(UUID)) {
    const session = state.sessions.known(id);
    if (session === undefined) continue;
    state.sessions.joinConnection(exchange, session);
    state.exchanges.setSession(exchange, session.index);
    return session;
  }
  return undefined;
}

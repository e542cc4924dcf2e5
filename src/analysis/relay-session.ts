/**
 * Which session the traffic of a customer's relay is of. A URL that names a chat decides, on whatever transport; else
 * a connection is a session of its own, and what a document asks and posts over HTTP at one host is one.
 */
import type { RequestObservation } from '../observation/observation.ts';
import type { ExchangeId } from './analysis.ts';
import { authorityOf, chatToken, uuidsIn } from './chat-token.ts';
import type { Session } from './session.ts';
import type { TraceState } from './trace-state.ts';

/** The session of a socket or stream: its own, unless its URL or what it carried names a chat. */
export function connectionSession(state: TraceState, exchange: ExchangeId): Session {
  const known = state.sessionOf(exchange);
  if (known !== undefined) return known;
  const first = state.observations[state.exchanges.first(exchange)];
  const url = first?.kind === 'request' || first?.kind === 'socket-open' ? first.url : '';
  const session = namedByUrl(state, url, 'made known') ?? state.sessions.ofConnection(exchange, url);
  state.exchanges.setSession(exchange, session.index);
  state.sessions.meetAt(first?.documentId ?? '', authorityOf(url), session, 'connection');
  return session;
}

/** A connection whose URL has the id of a chat that is known is of that chat from its beginning. */
export function joinByUrl(state: TraceState, exchange: ExchangeId, url: string): void {
  const session = namedByUrl(state, url, 'known only');
  if (session !== undefined) state.exchanges.setSession(exchange, session.index);
}

/** The session that a request to a relay is of as far as that is known; nothing is made for it. */
export function knownRelaySession(
  state: TraceState,
  exchange: ExchangeId,
  request: RequestObservation,
): Session | undefined {
  return (
    state.sessionOf(exchange) ??
    namedByUrl(state, request.url, 'known only') ??
    (chatToken(request.url) === null ? state.sessions.relay(request.documentId, request.url) : undefined)
  );
}

/** The session of an exchange with a relay whose bytes turned out to be chat. */
export function relaySession(state: TraceState, exchange: ExchangeId, request: RequestObservation): Session {
  const known = state.sessionOf(exchange) ?? namedByUrl(state, request.url, 'made known');
  const { documentId, url, method } = request;
  const posts = method.toUpperCase() !== 'GET';
  const session =
    known ??
    state.sessions.relay(documentId, url) ??
    state.sessions.neighbour(documentId, authorityOf(url), url, posts) ??
    state.sessions.ofRelay(documentId, url);
  state.sessions.meetAt(documentId, authorityOf(url), session, known === undefined ? 'path' : 'connection');
  state.exchanges.setSession(exchange, session.index);
  return session;
}

function namedByUrl(
  state: TraceState,
  url: string,
  unknown: 'known only' | 'made known',
): Session | undefined {
  for (const id of uuidsIn(url)) {
    const session = state.sessions.known(id);
    if (session !== undefined) return session;
  }
  const token = chatToken(url);
  if (token === null) return undefined;
  return unknown === 'made known' ? state.sessions.ofToken(token) : state.sessions.token(token);
}

/**
 * Which session the traffic of a customer's relay is of. A URL that names a chat decides, on whatever transport; else
 * a connection is a session of its own, and what a document asks and posts over HTTP at one host is one.
 */
import type { RequestObservation } from '../../observation/observation.ts';
import type { ExchangeId } from '../api/analysis.ts';
import type { Session } from '../sessions/session.ts';
import type { TraceState } from '../state/trace-state.ts';
import { authorityOf, chatToken, uuidsIn } from './chat-id-in-url.ts';

/** The session of a socket or stream: its own, unless its URL or what it carried names a chat. */
export function connectionSession(state: TraceState, exchange: ExchangeId): Session {
  const known = spoken(state, exchange, state.sessionOf(exchange));
  if (known !== undefined) return known;
  const first = state.observations[state.exchanges.first(exchange)];
  const url = first?.kind === 'request' || first?.kind === 'socket-open' ? first.url : '';
  const session =
    namedByUrl(state, exchange, url, 'made known') ??
    state.sessions.ofConnection(exchange, url, state.reachOf(exchange));
  state.exchanges.setSession(exchange, session.index);
  state.sessions.meetAt(first?.documentId ?? '', hostOf(session, url), session, 'connection');
  return session;
}

/** A connection whose URL has the id of a chat that is known is of that chat from its beginning. */
export function joinByUrl(state: TraceState, exchange: ExchangeId, url: string): void {
  const session = knownByUrl(state, exchange, url);
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
    knownByUrl(state, exchange, request.url) ??
    (chatToken(request.url) === null ? state.sessions.relay(request.documentId, request.url) : undefined)
  );
}

/** The session of an exchange with a relay whose bytes turned out to be chat. */
export function relaySession(state: TraceState, exchange: ExchangeId, request: RequestObservation): Session {
  const { documentId, url, method } = request;
  const { protocol } = state.readerOf(exchange) ?? state.firstReader;
  const known =
    spoken(state, exchange, state.sessionOf(exchange)) ?? namedByUrl(state, exchange, url, 'made known');
  const posts = method.toUpperCase() !== 'GET';
  const session =
    known ??
    spoken(state, exchange, state.sessions.relay(documentId, url)) ??
    state.sessions.neighbour(documentId, hostOf({ protocol }, url), url, posts) ??
    state.sessions.ofRelay(documentId, url, state.reachOf(exchange));
  state.sessions.meetAt(
    documentId,
    hostOf({ protocol }, url),
    session,
    known === undefined ? 'path' : 'connection',
  );
  state.exchanges.setSession(exchange, session.index);
  return session;
}

/** The session, unless it is of another protocol than the exchange turned out to speak. */
function spoken(state: TraceState, exchange: ExchangeId, session: Session | undefined): Session | undefined {
  const reader = state.readerOf(exchange);
  return reader === undefined || session?.protocol === reader.protocol ? session : undefined;
}

/** What a document speaks with one host in one protocol. */
const hostOf = ({ protocol }: Pick<Session, 'protocol'>, url: string): string =>
  `${protocol.id} ${authorityOf(url)}`;

/** The session whose chat a URL names, in whichever protocol. */
function knownByUrl(state: TraceState, exchange: ExchangeId, url: string): Session | undefined {
  for (const { index } of state.readers) {
    const session = namedByUrl(state, exchange, url, 'known only', index);
    if (session !== undefined) return session;
  }
  return undefined;
}

function namedByUrl(
  state: TraceState,
  exchange: ExchangeId,
  url: string,
  unknown: 'known only' | 'made known',
  protocol?: number,
): Session | undefined {
  const reach = state.reachOf(exchange, protocol);
  for (const id of uuidsIn(url)) {
    const session = state.sessions.known(id, reach);
    if (session !== undefined) return session;
  }
  const token = chatToken(url);
  if (token === null) return undefined;
  return unknown === 'made known' ? state.sessions.ofToken(token, reach) : state.sessions.token(token, reach);
}

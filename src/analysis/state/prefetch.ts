/**
 * Looks over a batch before it is taken. A long trace comes back to a session when nothing of it is near any more, and
 * what an event asks of it stands in several places, each known by the one before: taken one by one, every event would
 * wait for each of them. Here none waits for another, so that the processor fetches for many at a time. Nothing is
 * worked out that depends on what came before, and nothing is changed.
 */
import type { DocumentId, Observation, RequestObservation, Seq } from '../../observation/observation.ts';
import type { Endpoint } from '../../protocol/chat-protocol.ts';
import type { ExchangeId } from '../api/analysis.ts';
import type { Session } from '../sessions/session.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import type { ExchangeStore } from '../tables/exchange-table.ts';
import { NONE } from '../tables/row-table.ts';
import { endpointAt, type ProtocolReader, readerOfCall } from './protocol-reader.ts';

/** So many are near at once; of more, the first would be far again before they are taken. */
export const AHEAD = 200;

export class LookAhead {
  readonly #readers: readonly ProtocolReader[];
  readonly #exchanges: ExchangeStore;
  readonly #sessions: SessionStore;
  /** The requests that were looked at, and what they are for. */
  readonly #requests: RequestObservation[] = [];
  readonly #endpoints: (Endpoint | null)[] = [];
  #next = 0;
  /** The exchanges that were found. */
  readonly #found = new Int32Array(AHEAD);
  #replaced = 0;
  readonly #running: ExchangeId[] = [];
  readonly #near: Session[] = [];
  /** Of no meaning: what is read into it is not left out. */
  #read = 0;

  constructor(readers: readonly ProtocolReader[], exchanges: ExchangeStore, sessions: SessionStore) {
    this.#readers = readers;
    this.#exchanges = exchanges;
    this.#sessions = sessions;
  }

  /** Fetches what the observations from `from` to `to` will ask for. */
  over(observations: readonly Observation[], from: number, to: number): void {
    this.#requests.length = 0;
    this.#endpoints.length = 0;
    this.#running.length = 0;
    this.#next = 0;
    this.#replaced = this.#exchanges.replaced;
    for (let at = from; at < to; at += 1) {
      const observation = observations[at];
      if (observation === undefined) continue;
      const { kind } = observation;
      if (kind === 'frame') this.#overExchange(at - from, observation.documentId, observation.of);
      else if (kind === 'stream-event') this.#overExchange(at - from, observation.documentId, observation.of);
      else if (kind === 'request') this.#overRequest(observation);
    }
    this.#overSessions();
  }

  /** The exchange of the frame or stream event at that place of what was looked over. */
  exchange(place: number, documentId: DocumentId, of: Seq): ExchangeId | undefined {
    const found = this.#found[place] ?? NONE;
    if (found === NONE || this.#replaced !== this.#exchanges.replaced)
      return this.#exchanges.find(documentId, of);
    return found;
  }

  /** What a request is for. */
  endpoint(request: RequestObservation): Endpoint | null {
    const next = this.#next;
    if (this.#requests[next] !== request) return endpointAt(this.#readers, request.method, request.url);
    this.#next = next + 1;
    return this.#endpoints[next] ?? null;
  }

  #overRequest(request: RequestObservation): void {
    const endpoint = endpointAt(this.#readers, request.method, request.url);
    this.#requests.push(request);
    this.#endpoints.push(endpoint);
    // Its authorization is read too.
    this.#read += request.headers[0]?.[1].length ?? 0;
  }

  #overExchange(place: number, documentId: DocumentId, of: Seq): void {
    const exchange = this.#exchanges.find(documentId, of);
    this.#found[place] = exchange ?? NONE;
    if (exchange !== undefined) this.#running.push(exchange);
  }

  /** In a loop of its own, which does nothing else: the less it does, the more is fetched at a time. */
  #overSessions(): void {
    const sessions = this.#near;
    sessions.length = 0;
    for (const exchange of this.#running) {
      const session = this.#sessions.at(this.#exchanges.session(exchange));
      if (session !== undefined) sessions.push(session);
    }
    for (const endpoint of this.#endpoints) {
      const reader = endpoint === null ? undefined : readerOfCall(this.#readers, endpoint);
      const session = endpoint === null ? undefined : reader?.calls.sessionOf(endpoint);
      if (session !== undefined) sessions.push(session);
    }
    for (const session of sessions) this.#read += session.touch();
  }
}

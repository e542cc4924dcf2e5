/**
 * What the requests of a call have in common: a page polls the same path again and again. The protocol gives the same
 * `Endpoint` for them, so that whose they are and what is wrong with their head is worked out once.
 */
import { type ChatProtocol, ENDPOINT_NUMBERS, type Endpoint } from '../../protocol/chat-protocol.ts';
import type { SchemaIssue } from '../../protocol/schema-issue.ts';
import type { Reach } from '../sessions/origins.ts';
import type { Session } from '../sessions/session.ts';
import type { SessionStore } from '../sessions/session-store.ts';

export interface KnownCall {
  readonly endpoint: Endpoint;
  /** Undefined where the call names no chat. */
  readonly session: Session | undefined;
  /** The header that `issues` were found with. */
  readonly authorization: string | null;
  /** Within which origins it was asked. */
  readonly reach: Reach;
  readonly issues: readonly SchemaIssue[];
}

export class KnownCalls {
  /** By the endpoint's number: of those that share one, the last is known. */
  #calls: (KnownCall | undefined)[] = [];
  /** All calls of a client have one header: as long as it stays the same string, one look compares it. */
  #lastAuthorization: string | null = null;
  readonly #protocol: ChatProtocol;
  readonly #sessions: SessionStore;

  constructor(protocol: ChatProtocol, sessions: SessionStore) {
    this.#protocol = protocol;
    this.#sessions = sessions;
  }

  /** The session that a call was of the last time; undefined where that is not known. */
  sessionOf(endpoint: Endpoint): Session | undefined {
    return this.#calls[endpoint.number]?.session;
  }

  of(endpoint: Endpoint, said: string | null, reach: Reach): KnownCall {
    if (said !== this.#lastAuthorization) this.#lastAuthorization = said;
    const authorization = this.#lastAuthorization;
    const known = this.#calls[endpoint.number];
    if (
      known?.endpoint === endpoint &&
      known.authorization === authorization &&
      known.reach === reach &&
      this.#isCurrent(known.session)
    )
      return known;
    if (this.#calls.length === 0)
      this.#calls = Array<KnownCall | undefined>(ENDPOINT_NUMBERS).fill(undefined);
    const session = endpoint.chatId === null ? undefined : this.#sessions.ofChat(endpoint.chatId, reach);
    const issues = this.#protocol.validateRequest(endpoint, authorization);
    const call = { endpoint, session, authorization, reach, issues };
    this.#calls[endpoint.number] = call;
    return call;
  }

  #isCurrent(session: Session | undefined): boolean {
    return session === undefined || this.#sessions.isCurrent(session);
  }
}

/**
 * What the requests of a call have in common: a page polls the same path again and again. The protocol gives the same
 * `Endpoint` for them, so that whose they are and what is wrong with their head is worked out once.
 */
import type { ChatProtocol, Endpoint, SchemaIssue } from '../protocol/chat-protocol.ts';
import type { Session } from './session.ts';
import type { SessionStore } from './session-store.ts';

export interface KnownCall {
  /** Undefined where the call names no chat. */
  readonly session: Session | undefined;
  /** The header that `issues` were found with. */
  readonly authorization: string | null;
  readonly issues: readonly SchemaIssue[];
}

const REMEMBERED = 4_000;

const isCurrent = ({ session }: KnownCall) => session === undefined || session.mergedInto === null;

export class KnownCalls {
  readonly #calls = new Map<Endpoint, KnownCall>();
  /** All calls of a client have one header: as long as it stays the same string, one look compares it. */
  #lastAuthorization: string | null = null;
  readonly #protocol: ChatProtocol;
  readonly #sessions: SessionStore;

  constructor(protocol: ChatProtocol, sessions: SessionStore) {
    this.#protocol = protocol;
    this.#sessions = sessions;
  }

  of(endpoint: Endpoint, said: string | null): KnownCall {
    if (said !== this.#lastAuthorization) this.#lastAuthorization = said;
    const authorization = this.#lastAuthorization;
    const known = this.#calls.get(endpoint);
    if (known !== undefined && known.authorization === authorization && isCurrent(known)) return known;
    const session = endpoint.chatId === null ? undefined : this.#sessions.ofChat(endpoint.chatId);
    const issues = this.#protocol.validateRequest(endpoint, authorization);
    if (this.#calls.size >= REMEMBERED) this.#calls.clear();
    const call = { session, authorization, issues };
    this.#calls.set(endpoint, call);
    return call;
  }
}

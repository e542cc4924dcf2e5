/** The sessions of a trace: found by chat id, by what a URL names, or by the path a customer's relay is polled on. */
import type { ExchangeId } from './analysis.ts';
import { OPEN_LIMIT } from './open-things.ts';
import { Session } from './session.ts';
import { mergeSessions } from './session-merge.ts';
import { SessionTimes } from './session-times.ts';

/** `path`: keyed by a path that names no chat. `connection`: a socket or stream, or named by its URL. */
type MetAs = 'path' | 'connection';

export class SessionStore {
  readonly #sessions: Session[] = [];
  /** By the chat id in lower case. */
  readonly #byChat = new Map<string, Session>();
  readonly #byToken = new Map<string, Session>();
  readonly #byRelay = new Map<string, Session>();
  /** Who was met over a relay, by document and host. */
  readonly #met = new Map<string, Map<Session, MetAs>>();
  readonly #initialState: string;
  readonly #times = new SessionTimes();

  constructor(initialState: string) {
    this.#initialState = initialState;
  }

  /** The session with this index, or the one it became part of. */
  at(index: number): Session | undefined {
    // Reading before the beginning of an array is slow.
    if (index < 0) return undefined;
    let session = this.#sessions[index];
    while (session?.mergedInto) session = session.mergedInto;
    return session;
  }

  /** All that are no part of another, in the order they appeared. */
  all(): Session[] {
    return this.#sessions.filter((session) => session.mergedInto === null);
  }

  find(id: string): Session | undefined {
    return this.known(id) ?? this.token(id.toLowerCase()) ?? this.all().find((session) => session.id === id);
  }

  /** How many names of chats are known. It only grows: what was no name before is none while this is the same. */
  get nameCount(): number {
    return this.#byChat.size + this.#byToken.size;
  }

  known(chatId: string): Session | undefined {
    return current(this.#byChat.get(chatId.toLowerCase()));
  }

  ofChat(chatId: string): Session {
    const known = this.known(chatId);
    if (known !== undefined) return known;
    const unnamed = this.token(chatId.toLowerCase());
    if (unnamed !== undefined && unnamed.chatId === null) return this.#setChat(unnamed, chatId);
    const session = this.#add(chatId, chatId);
    this.#byChat.set(chatId.toLowerCase(), session);
    return session;
  }

  /** The session that a URL's token stands for. */
  token(token: string): Session | undefined {
    return current(this.#byToken.get(token));
  }

  ofToken(token: string): Session {
    const known = this.token(token);
    if (known !== undefined) return known;
    const session = this.#add(token, null);
    this.#byToken.set(token, session);
    return session;
  }

  ofConnection(exchange: ExchangeId, url: string): Session {
    return this.#add(`${place(url)}#${exchange}`, null);
  }

  relay(documentId: string, url: string): Session | undefined {
    return current(this.#byRelay.get(`${documentId} ${place(url)}`));
  }

  /** The session of a relay that is asked over HTTP. */
  ofRelay(documentId: string, url: string): Session {
    const known = this.relay(documentId, url);
    if (known !== undefined) return known;
    const session = this.#add(`${place(url)}#${this.#sessions.length}`, null);
    this.#byRelay.set(`${documentId} ${place(url)}`, session);
    return session;
  }

  meetAt(documentId: string, host: string, session: Session, as: MetAs): void {
    const key = `${documentId} ${host}`;
    const met = this.#met.get(key) ?? new Map<Session, MetAs>();
    this.#met.set(key, met);
    if (!met.has(session) && met.size < OPEN_LIMIT) met.set(session, as);
  }

  /**
   * The session that traffic without a name is of when the document has but one at that host. What the page posts may
   * also be of its only connection; what it asks for is a connection's equal.
   */
  neighbour(documentId: string, host: string, url: string, posts: boolean): Session | undefined {
    const met = this.#met.get(`${documentId} ${host}`);
    if (met === undefined) return undefined;
    for (const [session, as] of met) {
      if (as !== 'path') continue;
      this.#byRelay.set(`${documentId} ${place(url)}`, session);
      return current(session);
    }
    const sessions = new Set([...met.keys()].map(current));
    const [only] = sessions;
    return posts && sessions.size === 1 ? only : undefined;
  }

  /** A relay's paths lead to another chat from now on. */
  moveRelays(documentId: string, from: Session, to: Session): void {
    for (const [key, session] of this.#byRelay) {
      if (current(session) === from && key.startsWith(`${documentId} `)) this.#byRelay.set(key, to);
    }
    for (const [key, met] of this.#met) {
      if (!key.startsWith(`${documentId} `)) continue;
      for (const [session, as] of met) {
        if (as !== 'path' || current(session) !== from) continue;
        met.delete(session);
        met.set(to, 'path');
      }
    }
  }

  /** Says which chat a session is. Gives the session that stands for both: the one of that chat if there is one. */
  name(session: Session, chatId: string): Session {
    const known = this.known(chatId) ?? this.token(chatId.toLowerCase());
    if (session.chatId !== null) return session;
    if (known === undefined || known === session) return this.#setChat(session, chatId);
    mergeSessions(session, known);
    return known.chatId === null ? this.#setChat(known, chatId) : known;
  }

  #setChat(session: Session, chatId: string): Session {
    session.chatId = chatId;
    session.id = chatId;
    this.#byChat.set(chatId.toLowerCase(), session);
    const customer = session.party(chatId);
    if (customer !== undefined) customer.kind = 'customer';
    return session;
  }

  #add(id: string, chatId: string | null): Session {
    const session = new Session(this.#times.open(), id, chatId, this.#initialState, this.#times);
    this.#sessions.push(session);
    return session;
  }
}

function current(session: Session | undefined): Session | undefined {
  let at = session;
  while (at?.mergedInto) at = at.mergedInto;
  return at;
}

/** Origin and path: what names a relay. */
function place(url: string): string {
  const end = url.search(/[?#]/);
  return end === -1 ? url : url.slice(0, end);
}

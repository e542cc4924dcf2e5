/**
 * The sessions of a trace: found by chat id or by what a URL names, each within the origins that can reach it, or by the
 * path a customer's relay is polled on.
 */
import type { DocumentId } from '../../observation/observation.ts';
import type { ChatProtocol } from '../../protocol/chat-protocol.ts';
import type { ExchangeId } from '../api/analysis.ts';
import type { Origins, Reach } from './origins.ts';
import { joinLeads, type MetAs, RelayPaths } from './relay-paths.ts';
import { Session, type SharedBySessions } from './session.ts';
import { mergeSessions } from './session-merge.ts';
import { SessionTimes } from './session-times.ts';

/** Sessions of one chat in so many origins are known of each other: hostile traffic has any number. */
const SAME_CHAT_LIMIT = 32;

/** The names of chats in one scope, in lower case. */
interface Names {
  readonly byChat: Map<string, Session>;
  readonly byToken: Map<string, Session>;
}

export class SessionStore {
  readonly #sessions: Session[] = [];
  readonly #scopes: (Names | undefined)[] = [];
  /** By protocol those of one chat id, whatever their origins, in the order in which they got it. */
  readonly #ofChatId: readonly Map<string, Session[]>[];
  readonly #byId = new Map<string, Session>();
  readonly #relays = new RelayPaths((session) => this.#current(session));
  readonly #origins: Origins;
  readonly #protocols: readonly ChatProtocol[];
  readonly #shared: SharedBySessions = { times: new SessionTimes(), gaps: [], shown: 0, letters: 0 };
  #nameCount = 0;

  constructor(protocols: readonly ChatProtocol[], origins: Origins) {
    this.#protocols = protocols;
    this.#ofChatId = protocols.map(() => new Map());
    this.#origins = origins;
  }

  /** The session with this index, or the one it became part of. */
  at(index: number): Session | undefined {
    // Reading before the beginning of an array is slow.
    if (index < 0) return undefined;
    const session = this.#sessions[index];
    return session === undefined ? undefined : this.#current(session);
  }

  /** True for a session that stands for itself and has passed every gap. */
  isCurrent(session: Session): boolean {
    return session.mergedInto === null && session.gapsPassed === session.gapsDue;
  }

  /** All that are no part of another, in the order they appeared. */
  all(): Session[] {
    const whole = this.#sessions.filter((session) => session.mergedInto === null);
    for (const session of whole) this.#current(session);
    return whole;
  }

  /** Those that have something to show, the latest `limit` of them, in the order they appeared. */
  latest(limit: number): Session[] {
    const found: Session[] = [];
    for (let at = this.#sessions.length - 1; at >= 0 && found.length < limit; at -= 1) {
      const session = this.#sessions[at];
      if (session?.mergedInto === null && session.shown) found.push(this.#current(session));
    }
    return found.reverse();
  }

  /** How many have something to show. */
  get shownCount(): number {
    return this.#shared.shown;
  }

  find(id: string): Session | undefined {
    const session = this.#byId.get(id) ?? this.#firstOfChat(id.toLowerCase());
    return session === undefined ? undefined : this.#current(session);
  }

  /** How many names of chats are known. It only grows: what was no name before is none while this is the same. */
  get nameCount(): number {
    return this.#nameCount;
  }

  /** True for what some origin has as the name of a chat. */
  isName(id: string): boolean {
    const key = id.toLowerCase();
    return this.#firstOfChat(key) !== undefined || this.#byId.has(key);
  }

  #firstOfChat(key: string): Session | undefined {
    for (const byChat of this.#ofChatId) {
      const session = byChat.get(key)?.[0];
      if (session !== undefined) return session;
    }
    return undefined;
  }

  /** Sessions of one chat id by that id, of the protocol whose scope it is. */
  #byChatId(scope: number): Map<string, Session[]> {
    return this.#ofChatId[this.#origins.protocolOf(scope)] ?? new Map<string, Session[]>();
  }

  /** Observations of a scope were lost: each of its sessions passes the gap when it is looked for the next time. */
  passGap(scope: number): void {
    const { gaps } = this.#shared;
    while (gaps.length <= scope) gaps.push(0);
    gaps[scope] = (gaps[scope] ?? 0) + 1;
  }

  known(chatId: string, reach: Reach): Session | undefined {
    return this.#named('byChat', chatId.toLowerCase(), reach);
  }

  ofChat(chatId: string, reach: Reach): Session {
    const key = chatId.toLowerCase();
    const known = this.known(chatId, reach);
    if (known !== undefined) return this.#keep('byChat', key, known, reach);
    const unnamed = this.token(key, reach);
    if (unnamed !== undefined && unnamed.chatId === null) return this.#setChat(unnamed, chatId, reach);
    return this.#setChat(this.#add(null, reach[0]), chatId, reach);
  }

  /** The session that a URL's token stands for. */
  token(token: string, reach: Reach): Session | undefined {
    return this.#named('byToken', token, reach);
  }

  ofToken(token: string, reach: Reach): Session {
    const known = this.token(token, reach);
    if (known !== undefined) return this.#keep('byToken', token, known, reach);
    const session = this.#add(token, reach[0]);
    return this.#keep('byToken', token, session, reach);
  }

  ofConnection(exchange: ExchangeId, url: string, reach: Reach): Session {
    return this.#add(`${place(url)}#${exchange}`, reach[0]);
  }

  relay(documentId: DocumentId, url: string): Session | undefined {
    return this.#relays.find(documentId, place(url));
  }

  /** The session of a relay that is asked over HTTP. */
  ofRelay(documentId: DocumentId, url: string, reach: Reach): Session {
    const known = this.relay(documentId, url);
    if (known !== undefined) return known;
    const session = this.#add(`${place(url)}#${this.#sessions.length}`, reach[0]);
    this.#relays.set(documentId, place(url), session);
    return session;
  }

  meetAt(documentId: DocumentId, host: string, session: Session, as: MetAs): void {
    this.#relays.meet(documentId, host, session, as);
  }

  /**
   * The session that traffic without a name is of when the document has but one at that host. What the page posts may
   * also be of its only connection; what it asks for is a connection's equal.
   */
  neighbour(documentId: DocumentId, host: string, url: string, posts: boolean): Session | undefined {
    return this.#relays.neighbour(documentId, host, place(url), posts);
  }

  /** A relay's paths lead to another chat from now on. */
  moveRelays(documentId: DocumentId, from: Session, to: Session): void {
    this.#relays.move(documentId, from, to);
  }

  /** Says which chat a session is. Gives the session that stands for both: the one of that chat if there is one. */
  name(session: Session, chatId: string, reach: Reach): Session {
    if (session.chatId !== null) return session;
    const key = chatId.toLowerCase();
    const known = this.known(chatId, reach) ?? this.token(key, reach);
    if (known === undefined || known === session) return this.#setChat(session, chatId, reach);
    this.#merge(session, known);
    return known.chatId === null
      ? this.#setChat(known, chatId, reach)
      : this.#keep('byChat', key, known, reach);
  }

  /** Sessions of the same chat id in other origins. */
  othersOf(session: Session): Session[] {
    const same =
      session.chatId === null ? [] : (this.#byChatId(session.scope).get(session.chatId.toLowerCase()) ?? []);
    return [...new Set(same.map((each) => this.#current(each)))].filter((each) => each !== session);
  }

  #setChat(session: Session, chatId: string, reach: Reach): Session {
    const key = chatId.toLowerCase();
    session.chatId = chatId;
    const byChatId = this.#byChatId(session.scope);
    const same = byChatId.get(key) ?? [];
    byChatId.set(key, same);
    const first = same[0];
    if (first !== undefined && this.#current(first) !== session) session.isSecond = true;
    if (same.length < SAME_CHAT_LIMIT) same.push(session);
    this.#giveId(session, chatId);
    const customer = session.party(chatId);
    if (customer !== undefined) customer.kind = 'customer';
    return this.#keep('byChat', key, session, reach);
  }

  /** Ids are of one session each: the same chat in another origin has that in its id. */
  #giveId(session: Session, wanted: string): void {
    const where = this.#origins.shown(session.scope) ?? 'an unknown origin';
    const ids = [wanted, `${wanted} @ ${where}`, `${wanted} @ ${where} #${session.index}`];
    session.id = ids.find((id) => this.#isFree(id, session)) ?? session.id;
    this.#byId.set(session.id, session);
  }

  #isFree(id: string, session: Session): boolean {
    const owner = this.#byId.get(id);
    return owner === undefined || this.#current(owner) === session;
  }

  #named(by: keyof Names, key: string, reach: Reach): Session | undefined {
    for (let at = 0; at < reach.length; at += 1) {
      const session = this.#scopes[reach[at] ?? 0]?.[by].get(key);
      if (session !== undefined) return this.#current(session);
    }
    for (const scope of this.#origins.joinedWith(key, reach[0])) {
      const session = this.#scopes[scope]?.[by].get(key);
      if (session !== undefined) return this.#current(session);
    }
    return undefined;
  }

  /** Whoever can be reached has the name for the session. Two that have it turn out to be one. */
  #keep(by: keyof Names, key: string, session: Session, reach: Reach): Session {
    let whole = session;
    for (const scope of reach) {
      this.#scopes[scope] ??= { byChat: new Map(), byToken: new Map() };
      const names = this.#scopes[scope]?.[by];
      const there = names?.get(key);
      const known = there === undefined ? undefined : this.#current(there);
      if (known === whole) continue;
      if (known !== undefined) {
        const earlier = known.index < whole.index ? known : whole;
        this.#merge(earlier === known ? whole : known, earlier);
        whole = earlier;
      } else this.#nameCount += 1;
      names?.set(key, whole);
    }
    return whole;
  }

  #merge(part: Session, whole: Session): void {
    mergeSessions(part, whole);
    whole.gapsPassed = whole.gapsDue;
    joinLeads(part, whole);
  }

  #add(id: string | null, scope: number): Session {
    const index = this.#shared.times.open();
    const protocol = this.#protocols[this.#origins.protocolOf(scope)];
    if (protocol === undefined) throw new Error(`no protocol has the scope ${scope}`);
    const session = new Session(index, id ?? '', scope, protocol, this.#shared);
    this.#sessions.push(session);
    if (id !== null) this.#giveId(session, id);
    return session;
  }

  /** The session that a session became part of, past every gap. */
  #current(session: Session): Session {
    let at = session;
    while (at.mergedInto !== null) at = at.mergedInto;
    if (at !== session && session.mergedInto !== at) session.mergedInto = at;
    const gaps = at.gapsDue;
    if (at.gapsPassed !== gaps) at.passGaps(gaps);
    return at;
  }
}

/** Origin and path: what names a relay. */
function place(url: string): string {
  const end = url.search(/[?#]/);
  return end === -1 ? url : url.slice(0, end);
}

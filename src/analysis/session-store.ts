/** The sessions of a trace: found by chat id, by connection, or by the path a customer's relay is polled on. */
import type { ExchangeId } from './analysis.ts';
import { Session } from './session.ts';

export class SessionStore {
  readonly #sessions: Session[] = [];
  readonly #byChat = new Map<string, Session>();
  readonly #byConnection = new Map<ExchangeId, Session>();
  readonly #byRelay = new Map<string, Session>();
  readonly #initialState: string;

  constructor(initialState: string) {
    this.#initialState = initialState;
  }

  /** The session with this index, or the one it became part of. */
  at(index: number): Session | undefined {
    let session = this.#sessions[index];
    while (session?.mergedInto) session = session.mergedInto;
    return session;
  }

  /** All that are no part of another, in the order they appeared. */
  all(): Session[] {
    return this.#sessions.filter((session) => session.mergedInto === null);
  }

  find(id: string): Session | undefined {
    return this.#byChat.get(id.toLowerCase()) ?? this.all().find((session) => session.id === id);
  }

  known(chatId: string): Session | undefined {
    return this.#byChat.get(chatId) ?? this.#byChat.get(chatId.toLowerCase());
  }

  ofChat(chatId: string): Session {
    const known = this.known(chatId);
    if (known !== undefined) return known;
    const session = this.#add(chatId, chatId);
    this.#byChat.set(chatId.toLowerCase(), session);
    return session;
  }

  connection(exchange: ExchangeId): Session | undefined {
    return current(this.#byConnection.get(exchange));
  }

  ofConnection(exchange: ExchangeId, url: string): Session {
    const known = this.connection(exchange);
    if (known !== undefined) return known;
    const session = this.#add(`${place(url)}#${exchange}`, null);
    this.#byConnection.set(exchange, session);
    return session;
  }

  joinConnection(exchange: ExchangeId, session: Session): void {
    this.#byConnection.set(exchange, session);
  }

  relay(documentId: string, url: string): Session | undefined {
    return current(this.#byRelay.get(`${documentId} ${place(url)}`));
  }

  /** The session of a relay that is asked over HTTP. */
  ofRelay(documentId: string, url: string): Session {
    const key = `${documentId} ${place(url)}`;
    const known = current(this.#byRelay.get(key));
    if (known !== undefined) return known;
    const session = this.#add(`${place(url)}#${this.#sessions.length}`, null);
    this.#byRelay.set(key, session);
    return session;
  }

  joinRelay(documentId: string, url: string, session: Session): void {
    this.#byRelay.set(`${documentId} ${place(url)}`, session);
  }

  /** Says which chat a session is. Gives the session that stands for both: the one of that chat if there is one. */
  name(session: Session, chatId: string): Session {
    const known = this.known(chatId);
    if (known === session || session.chatId !== null) return session;
    if (known === undefined) {
      session.chatId = chatId;
      session.id = chatId;
      this.#byChat.set(chatId.toLowerCase(), session);
      const customer = session.party(chatId);
      if (customer !== undefined) customer.kind = 'customer';
      return session;
    }
    merge(session, known);
    return known;
  }

  #add(id: string, chatId: string | null): Session {
    const session = new Session(this.#sessions.length, id, chatId, this.#initialState);
    this.#sessions.push(session);
    return session;
  }
}

function current(session: Session | undefined): Session | undefined {
  let at = session;
  while (at?.mergedInto) at = at.mergedInto;
  return at;
}

/** Puts what `part` remembers into `whole`. The state is that of the later step. */
function merge(part: Session, whole: Session): void {
  part.mergedInto = whole;
  const partSteppedLast = (part.steps.at(-1)?.row ?? -1) > (whole.steps.at(-1)?.row ?? -1);
  if (partSteppedLast) whole.state = part.state;
  whole.end ??= part.end;
  whole.steps = [...whole.steps, ...part.steps].sort((one, other) => one.row - other.row);
  whole.eventCount += part.eventCount;
  whole.startedAt = Math.min(whole.startedAt, part.startedAt);
  whole.lastAt = Math.max(whole.lastAt, part.lastAt);
  for (const transport of part.transports) whole.transports.add(transport);
  whole.seenAlive ||= part.seenAlive;
  whole.hasGaps ||= part.hasGaps;
  whole.agentJoined ||= part.agentJoined;
  whole.clientActedSinceWarning ||= part.clientActedSinceWarning;
  whole.warningRow ??= part.warningRow;
  addMissing(whole.parties, part.parties);
  addMissing(whole.typing, part.typing);
  addMissing(whole.forms, part.forms);
  addMissing(whole.latest, part.latest);
  for (const form of part.knownForms) whole.knownForms.add(form);
  for (const poll of part.polls) whole.polls.add(poll);
}

function addMissing<Key, Value>(into: Map<Key, Value>, from: ReadonlyMap<Key, Value>): void {
  for (const [key, value] of from) if (!into.has(key)) into.set(key, value);
}

/** Origin and path: what names a relay. */
function place(url: string): string {
  const end = url.search(/[?#]/);
  return end === -1 ? url : url.slice(0, end);
}

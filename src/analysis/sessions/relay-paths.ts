/**
 * Which session the paths of a customer's relay lead to, where they name no chat: by document, what it asks and posts at
 * one host is of one session, and all its paths are led to another one when the page begins a new chat.
 */
import type { DocumentId } from '../../observation/observation.ts';
import { OPEN_LIMIT } from './pending-items.ts';
import type { RelayLead, Session } from './session.ts';

/** `path`: keyed by a path that names no chat. `connection`: a socket or stream, or named by its URL. */
export type MetAs = 'path' | 'connection';

/** What a document met at one host. */
interface Host {
  path: RelayLead | null;
  readonly connections: Set<Session>;
}

interface Relays {
  readonly byPath: Map<string, RelayLead>;
  readonly hosts: Map<string, Host>;
}

export class RelayPaths {
  readonly #documents = new Map<DocumentId, Relays>();
  readonly #current: (session: Session) => Session;

  /** `current` gives the session that stands for a session. */
  constructor(current: (session: Session) => Session) {
    this.#current = current;
  }

  find(documentId: DocumentId, path: string): Session | undefined {
    const lead = this.#documents.get(documentId)?.byPath.get(path);
    return lead === undefined ? undefined : this.#current(ended(lead).session);
  }

  set(documentId: DocumentId, path: string, session: Session): void {
    this.#of(documentId).byPath.set(path, this.#lead(documentId, session));
  }

  meet(documentId: DocumentId, host: string, session: Session, as: MetAs): void {
    const { hosts } = this.#of(documentId);
    const met = hosts.get(host) ?? { path: null, connections: new Set() };
    hosts.set(host, met);
    if (as === 'path') met.path ??= this.#lead(documentId, session);
    else if (met.connections.size < OPEN_LIMIT) met.connections.add(session);
  }

  /**
   * The session that traffic without a name is of when the document has but one at that host. What the page posts may
   * also be of its only connection; what it asks for is a connection's equal.
   */
  neighbour(documentId: DocumentId, host: string, path: string, posts: boolean): Session | undefined {
    const met = this.#documents.get(documentId)?.hosts.get(host);
    if (met === undefined) return undefined;
    if (met.path !== null) {
      const { session } = ended(met.path);
      this.set(documentId, path, session);
      return this.#current(session);
    }
    if (!posts) return undefined;
    let only: Session | undefined;
    for (const each of met.connections) {
      const session = this.#current(each);
      if (only !== undefined && only !== session) return undefined;
      only = session;
    }
    return only;
  }

  /** The paths of a document that lead to one session lead to another one from now on. */
  move(documentId: DocumentId, from: Session, to: Session): void {
    const lead = this.#leadOf(documentId, from);
    if (lead === undefined) return;
    from.relayLeads?.delete(documentId);
    const there = this.#leadOf(documentId, to);
    if (there !== undefined) lead.joined = there;
    else {
      lead.session = to;
      to.relayLeads ??= new Map();
      to.relayLeads.set(documentId, lead);
    }
  }

  #lead(documentId: DocumentId, session: Session): RelayLead {
    const known = this.#leadOf(documentId, session);
    if (known !== undefined) return known;
    const lead: RelayLead = { session, joined: null };
    session.relayLeads ??= new Map();
    session.relayLeads.set(documentId, lead);
    return lead;
  }

  #leadOf(documentId: DocumentId, session: Session): RelayLead | undefined {
    const lead = session.relayLeads?.get(documentId);
    return lead === undefined ? undefined : ended(lead);
  }

  #of(documentId: DocumentId): Relays {
    const known = this.#documents.get(documentId);
    if (known !== undefined) return known;
    const relays: Relays = { byPath: new Map(), hosts: new Map() };
    this.#documents.set(documentId, relays);
    return relays;
  }
}

/** The lead that a lead has come to. The way there is cut short for the next time. */
function ended(lead: RelayLead): RelayLead {
  let end = lead;
  while (end.joined !== null) end = end.joined;
  for (let at = lead; at.joined !== null && at.joined !== end; ) {
    const next = at.joined;
    at.joined = end;
    at = next;
  }
  return end;
}

/** The leads of a session that became part of another one are that one's. */
export function joinLeads(part: Session, whole: Session): void {
  if (part.relayLeads === null) return;
  whole.relayLeads ??= new Map();
  for (const [documentId, lead] of part.relayLeads) {
    const there = whole.relayLeads.get(documentId);
    const end = ended(lead);
    if (there === undefined) {
      end.session = whole;
      whole.relayLeads.set(documentId, end);
    } else if (ended(there) !== end) end.joined = ended(there);
  }
  part.relayLeads = null;
}

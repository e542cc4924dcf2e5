/** What an event's name says by itself. Names come as fresh strings with every event: each is looked up once. */
import type { ChatProtocol, EventJudge } from '../protocol/chat-protocol.ts';
import { type Role, roleOf } from './happening.ts';
import type { Names } from './names.ts';

export interface EventKind {
  /** As it came. */
  readonly name: string;
  /** With the documented typo put right. */
  readonly canonical: string;
  readonly role: Role;
  /** Traffic with this event is chat, whatever path it is on. */
  readonly showsChat: boolean;
  /** Of such an event from the server and from the client. */
  readonly judge: { readonly in: EventJudge; readonly out: EventJudge };
  /** Number of the name in the rows' names. */
  readonly nameId: number;
}

/** Traffic has some ten kinds of events, and hostile traffic any number. */
const KINDS_REMEMBERED = 1_000;
const RECENT = 4;

export class EventKinds {
  readonly #protocol: ChatProtocol;
  readonly #names: Names;
  readonly #byName = new Map<string, EventKind>();
  /** Two strings are compared faster than one is looked up, and most events are of the same few kinds. */
  readonly #recent: EventKind[] = [];
  #oldest = 0;

  constructor(protocol: ChatProtocol, names: Names) {
    this.#protocol = protocol;
    this.#names = names;
  }

  of(name: string): EventKind {
    const recent = this.#recent;
    for (let at = 0; at < recent.length; at += 1) {
      const kind = recent[at];
      if (kind !== undefined && kind.name === name) return kind;
    }
    const kind = this.#byName.get(name) ?? this.#add(name);
    recent[this.#oldest] = kind;
    this.#oldest = (this.#oldest + 1) % RECENT;
    return kind;
  }

  #add(name: string): EventKind {
    const protocol = this.#protocol;
    const canonical = protocol.canonicalName(name);
    const showsChat = protocol.looksLikeEvent(name) || protocol.knowsEvent(name);
    const judge = { in: protocol.eventJudge(name, 'in'), out: protocol.eventJudge(name, 'out') };
    const nameId = this.#names.id(name);
    const kind = { name, canonical, role: roleOf(canonical), showsChat, judge, nameId };
    if (this.#byName.size >= KINDS_REMEMBERED) this.#byName.clear();
    this.#byName.set(name, kind);
    return kind;
  }
}

/** What an event's name says by itself. Names come as fresh strings with every event: each is looked up once. */
import type { ChatProtocol } from '../protocol/chat-protocol.ts';
import { type Role, roleOf } from './happening.ts';

export interface EventKind {
  /** As it came. */
  readonly name: string;
  /** With the documented typo put right. */
  readonly canonical: string;
  readonly role: Role;
  /** Traffic with this event is chat, whatever path it is on. */
  readonly showsChat: boolean;
}

/** Traffic has some ten kinds of events, and hostile traffic any number. */
const KINDS_REMEMBERED = 1_000;
const RECENT = 4;

export class EventKinds {
  readonly #protocol: ChatProtocol;
  readonly #byName = new Map<string, EventKind>();
  /** Two strings are compared faster than one is looked up, and most events are of the same few kinds. */
  readonly #recent: EventKind[] = [];
  #oldest = 0;

  constructor(protocol: ChatProtocol) {
    this.#protocol = protocol;
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
    const kind = { name, canonical, role: roleOf(canonical), showsChat };
    if (this.#byName.size >= KINDS_REMEMBERED) this.#byName.clear();
    this.#byName.set(name, kind);
    return kind;
  }
}

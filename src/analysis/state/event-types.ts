/** What an event's name says by itself. Names come as fresh strings with every event: each is looked up once. */
import type { ChatProtocol } from '../../protocol/chat-protocol.ts';
import type { EventType } from '../../protocol/event-type.ts';
import type { Names } from '../tables/string-pool.ts';

export interface EventKind extends EventType {
  readonly protocol: ChatProtocol;
  /** As it came. */
  readonly name: string;
  /** The members that it has when a client sends it; null for an event that only servers send. */
  readonly sent: ReadonlySet<string> | null;
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

  #sent(name: string): ReadonlySet<string> | null {
    const declaration = this.#protocol.declaration(name, 'out');
    if (declaration === undefined || declaration.direction === 'server') return null;
    return new Set(declaration.fields.map((field) => field.name));
  }

  #add(name: string): EventKind {
    const protocol = this.#protocol;
    const nameId = this.#names.id(name);
    const kind = { ...protocol.eventType(name), protocol, name, sent: this.#sent(name), nameId };
    if (this.#byName.size >= KINDS_REMEMBERED) this.#byName.clear();
    this.#byName.set(name, kind);
    return kind;
  }
}

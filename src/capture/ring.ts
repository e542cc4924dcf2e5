/** The only place where observations wait: the newest of one document, capped by count and by size. */

import type { TravellingObservation } from '../messaging/private-port.ts';
import type { Seq } from '../observation/observation.ts';
import { PAGE_CAPS } from '../observation/page-caps.ts';
import { jsonOf } from './json.ts';
import { privateList } from './natives.ts';

interface Slot {
  /** Until somebody wants it: from then on its text is kept in its stead. */
  observation: TravellingObservation | null;
  text: string;
  /** The `seq` of what it names; -1 where it names nothing. */
  readonly names: Seq;
  /** The `seq` of what ended with it; -1 where nothing did. */
  readonly ends: Seq;
  /** Sum of the sizes of all observations up to and with this one. */
  readonly end: number;
}

/** So many connections of one document keep their names when the ring has run over. */
const MAX_NAMES = 100;

/**
 * The long-lived thing that an observation names, and without which later ones say nothing; -1 where it names none.
 * A request with a body is no name: nobody would keep a body for it.
 */
function namedBy(observation: TravellingObservation): Seq {
  switch (observation.kind) {
    case 'document':
      return observation.seq;
    case 'request':
      return observation.body === null ? observation.seq : -1;
    case 'response':
    case 'socket-open':
      return observation.of;
    default:
      return -1;
  }
}

/** What nothing refers to after this one; -1 where it ends nothing. */
function endedBy(observation: TravellingObservation): Seq {
  switch (observation.kind) {
    case 'end':
    case 'abort':
    case 'socket-close':
      return observation.of;
    case 'error':
      return observation.retrying ? -1 : observation.of;
    case 'body':
      return observation.role === 'answer' ? observation.of : -1;
    default:
      return -1;
  }
}

/** An observation on its way, and where it stands. */
export interface Written {
  readonly seq: Seq;
  readonly text: string;
}

interface Name extends Written {
  readonly of: Seq;
}

export class Ring {
  /** The oldest that is still held, and the one that comes next. */
  first: Seq = 0;
  next: Seq = 0;
  /** Everything before it was forgotten on purpose: nobody is to miss it. */
  forgotten: Seq = 0;
  #slots: (Slot | undefined)[] = privateList();
  readonly #names: Name[] = privateList();
  #evicted = 0;
  #end = 0;
  #count: number;
  #bytes: number;

  constructor(count: number = PAGE_CAPS.ringObservations, bytes: number = PAGE_CAPS.ringBytes) {
    this.#count = count;
    this.#bytes = bytes;
  }

  /** Appends; drops the oldest beyond the caps. The newest is always held, however large. */
  push(observation: TravellingObservation, size: number): void {
    this.#end += size;
    // The oldest goes first, because the newest may take its slot.
    this.#evict(this.#count - 1);
    this.#slots[this.next % this.#count] = {
      observation,
      text: '',
      names: namedBy(observation),
      ends: endedBy(observation),
      end: this.#end,
    };
    this.next++;
  }

  /** Other caps, from now on: what no longer fits goes, oldest first. */
  resize(count: number, bytes: number): void {
    if (count === this.#count && bytes === this.#bytes) return;
    this.#bytes = bytes;
    this.#evict(count);
    const slots: (Slot | undefined)[] = privateList();
    for (let seq = this.first; seq < this.next; seq++) slots[seq % count] = this.#slots[seq % this.#count];
    this.#slots = slots;
    this.#count = count;
  }

  /** Drops the oldest until at most so many are held, and no more bytes than may be. */
  #evict(most: number): void {
    while (
      this.first < this.next &&
      (this.next - this.first > most || this.#end - this.#evicted > this.#bytes)
    ) {
      this.#dropOldest();
    }
  }

  #dropOldest(): void {
    const oldest = this.first % this.#count;
    const slot = this.#slots[oldest];
    this.#evicted = slot?.end ?? this.#evicted;
    if (slot && slot.names >= 0 && this.#names.length < MAX_NAMES)
      this.#names[this.#names.length] = { seq: this.first, of: slot.names, text: this.text(this.first) };
    if (slot && slot.ends >= 0) this.#dropName(slot.ends);
    this.#slots[oldest] = undefined;
    this.first++;
  }

  /** What has ended is referred to no more. */
  #dropName(ended: Seq): void {
    let kept = 0;
    for (let i = 0; i < this.#names.length; i++) {
      const name = this.#names[i];
      if (name && name.of !== ended) this.#names[kept++] = name;
    }
    this.#names.length = kept;
  }

  /** Drops everything before `seq`, as a person wants it: only the names stay of what still goes on. */
  forget(before: Seq): void {
    if (!(before > this.forgotten)) return;
    this.forgotten = before < this.next ? before : this.next;
    while (this.first < this.forgotten) this.#dropOldest();
  }

  /** The first of the evicted from `seq` on that is kept for its name. */
  namedFrom(seq: Seq): Written | undefined {
    for (let i = 0; i < this.#names.length; i++) {
      const name = this.#names[i];
      if (name && name.seq >= seq) return name;
    }
    return undefined;
  }

  /** A new document in the same realm starts from nothing. */
  clear(): void {
    this.first = 0;
    this.next = 0;
    this.forgotten = 0;
    this.#slots.length = 0;
    this.#names.length = 0;
    this.#evicted = 0;
    this.#end = 0;
  }

  /** The observation as JSON, written when it is first asked for; '' if it is not held. */
  text(seq: Seq): string {
    const slot = seq >= this.first && seq < this.next ? this.#slots[seq % this.#count] : undefined;
    if (slot?.observation) {
      slot.text = jsonOf(slot.observation);
      slot.observation = null;
    }
    return slot?.text ?? '';
  }

  /** Sum of sizes of everything before `seq`, as far as it is still known: for windows and batches. */
  sizeBefore(seq: Seq): number {
    if (seq <= this.first) return this.#evicted;
    return this.#slots[(seq - 1) % this.#count]?.end ?? this.#evicted;
  }
}

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
  readonly name: boolean;
  /** Sum of the sizes of all observations up to and with this one. */
  readonly end: number;
}

/** So many connections of one document keep their names when the ring has run over. */
const MAX_NAMES = 100;

/** True for what later observations of a long-lived thing refer to: without it they say nothing. */
function isName(observation: TravellingObservation): boolean {
  return (
    observation.kind === 'document' ||
    observation.kind === 'socket-open' ||
    (observation.kind === 'request' && observation.transport === 'eventsource')
  );
}

/** An observation on its way, and where it stands. */
export interface Written {
  readonly seq: Seq;
  readonly text: string;
}

export class Ring {
  /** The oldest that is still held, and the one that comes next. */
  first: Seq = 0;
  next: Seq = 0;
  #slots: (Slot | undefined)[] = privateList();
  readonly #names: Written[] = privateList();
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
      name: isName(observation),
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
      const oldest = this.first % this.#count;
      this.#evicted = this.#slots[oldest]?.end ?? this.#evicted;
      if (this.#slots[oldest]?.name && this.#names.length < MAX_NAMES)
        this.#names[this.#names.length] = { seq: this.first, text: this.text(this.first) };
      this.#slots[oldest] = undefined;
      this.first++;
    }
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

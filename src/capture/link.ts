/** One relay's side of the way: go-back-N over a private port, from the ring, at the pace the receiver asked for. */
import { encodeBatch, type Pace } from '../messaging/private-port.ts';
import type { DocumentId, Seq } from '../observation/observation.ts';
import { jsonOf } from './json.ts';
import { limits } from './limits.ts';
import { later, monotonicTime, wallTime } from './natives.ts';
import type { Ring } from './ring.ts';

/** At most so much is on the way unacknowledged: a slow panel slows the posting, never the page. */
const WINDOW_OBSERVATIONS = 2_000;
const WINDOW_BYTES = 2 * 1024 * 1024;
/** One message. Far below the 64 MiB of a port, even if every character is escaped. */
const BATCH_OBSERVATIONS = 500;
const BATCH_BYTES = 512 * 1024;
/** Milliseconds from the first unposted observation to its posting: half a frame, since the panel paints the next one. */
const LIVE_DELAY = 8;
/** The same for what does not say much by itself: that a poll began may wait for what it brings. */
const PATIENT_DELAY = 100;
const LAZY_DELAY = 200;
/** No timer is waited for longer than this. */
const LONGEST_DELAY = 500;

export interface Source {
  readonly ring: Ring;
  readonly documentId: DocumentId;
}

/** Hands a batch, as it is said, to the relay that listens to the event of that name. */
export type Post = (name: string, said: string) => void;

export class Link {
  /** Of the event by which the relay hears it. */
  readonly name: string;
  readonly #source: Source;
  readonly #post: Post;
  #pace: Pace = 'live';
  /** Everything before `#acknowledged` has arrived; everything before `#cursor` has been posted. */
  #acknowledged: Seq = 0;
  #cursor: Seq = 0;
  /** Whether a timer waits for what hurries, and one for what does not. */
  #soon = false;
  #sometime = false;
  #lastFlush = Number.NEGATIVE_INFINITY;
  /** When what waits is handed on although no timer came. */
  #due = 0;

  constructor(name: string, source: Source, post: Post) {
    this.name = name;
    this.#source = source;
    this.#post = post;
  }

  /** Something was added to the ring. `patient`: more that belongs to it follows. */
  wake(patient = false): void {
    if (this.#pace === 'quiet') return;
    if (patient || this.#pace === 'lazy') {
      if (this.#sometime) {
        this.#onOverdue();
        return;
      }
      this.#sometime = true;
      this.#due = monotonicTime() + LONGEST_DELAY;
      later(
        () => {
          this.#sometime = false;
          this.#onTime();
        },
        this.#pace === 'lazy' ? LAZY_DELAY : PATIENT_DELAY,
      );
      return;
    }
    if (this.#soon) {
      this.#onOverdue();
      return;
    }
    const delay = this.#lastFlush + LIVE_DELAY - monotonicTime();
    if (delay <= 0) {
      this.#flush();
      return;
    }
    this.#soon = true;
    this.#due = monotonicTime() + LONGEST_DELAY;
    later(() => {
      this.#soon = false;
      this.#onTime();
    }, delay);
  }

  /** The page lets no timer run, or its browser holds them back, as behind another tab: what it does still hands on. */
  #onOverdue(): void {
    if (monotonicTime() >= this.#due) this.#onTime();
  }

  #onTime(): void {
    this.#due = monotonicTime() + LONGEST_DELAY;
    if (this.#pace !== 'quiet' && this.#hasMore) this.#flush();
  }

  pace(pace: Pace): void {
    this.#pace = pace;
    if (this.#hasMore) this.wake();
  }

  acknowledge(next: Seq): void {
    if (!(next > this.#acknowledged) || !this.#isPlace(next)) return;
    this.#acknowledged = next;
    if (this.#cursor < next) this.#cursor = next;
    if (this.#hasMore) {
      if (this.#pace === 'live') this.#flush();
      else this.wake();
    }
  }

  /** Goes back, or forward, to what the receiver wants next. */
  resume(from: Seq): void {
    if (!this.#isPlace(from)) return;
    this.#acknowledged = from;
    this.#cursor = from;
    this.#flush();
  }

  /** The document is going away: everything that may not have arrived, at once. */
  farewell(): void {
    if (this.#pace === 'quiet') return;
    const { ring } = this.#source;
    this.#cursor = this.#acknowledged;
    // The flight recorder keeps no more of it than this.
    if (this.#pace === 'lazy') {
      while (ring.sizeBefore(ring.next) - ring.sizeBefore(this.#cursor) > limits.recorderTabBytes)
        this.#cursor++;
    }
    while (this.#hasMore) this.#post(this.name, this.#batch(true));
    this.#acknowledged = this.#cursor;
  }

  /** Of a ring that has forgotten all there is nothing to say until more comes, not even the names of what goes on. */
  get #hasMore(): boolean {
    const { ring } = this.#source;
    return this.#cursor < ring.next && ring.first < ring.next;
  }

  /** The page can send commands too: a number that is no place in the ring is not obeyed. */
  #isPlace(seq: Seq): boolean {
    return seq >= 0 && seq <= this.#source.ring.next && seq % 1 === 0;
  }

  #flush(): void {
    const { ring } = this.#source;
    this.#lastFlush = monotonicTime();
    while (
      this.#hasMore &&
      this.#cursor - this.#acknowledged < WINDOW_OBSERVATIONS &&
      ring.sizeBefore(this.#cursor) - ring.sizeBefore(this.#acknowledged) < WINDOW_BYTES
    ) {
      this.#post(this.name, this.#batch(false));
    }
  }

  /** The next observations from the cursor on, with a gap first where the ring no longer holds them. */
  #batch(last: boolean): string {
    const { ring, documentId } = this.#source;
    const from = this.#cursor;
    let text = '';
    let count = 0;
    const add = (written: string): void => {
      text += `${count++ === 0 ? '[' : ','}${written}`;
    };
    while (this.#cursor < ring.first) {
      const name = ring.namedFrom(this.#cursor);
      const until = name?.seq ?? ring.first;
      // What a person wanted forgotten is not missing.
      const split = ring.forgotten > this.#cursor && ring.forgotten < until ? ring.forgotten : until;
      if (split > this.#cursor) add(gap(this.#cursor, split - 1, split > ring.forgotten));
      if (name && split === until) add(name.text);
      this.#cursor = name && split === until ? split + 1 : split;
    }
    const start = ring.sizeBefore(this.#cursor);
    while (
      this.#cursor < ring.next &&
      count < BATCH_OBSERVATIONS &&
      ring.sizeBefore(this.#cursor) - start < BATCH_BYTES
    ) {
      add(ring.text(this.#cursor));
      this.#cursor++;
    }
    return encodeBatch(last, documentId, ring.next, from, this.#cursor, `${text}]`);
  }
}

function gap(from: Seq, to: Seq, missing: boolean): string {
  return jsonOf({
    kind: 'gap',
    seq: to,
    wallTime: wallTime(),
    monotonicTime: monotonicTime(),
    from,
    to,
    count: missing ? to - from + 1 : 0,
    reason: 'ring',
  });
}

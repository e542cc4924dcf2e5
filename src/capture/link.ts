/** One relay's side of the way: go-back-N over a private port, from the ring, at the pace the receiver asked for. */
import type { Batch, Pace, TravellingObservation } from '../messaging/private-port.ts';
import type { DocumentId, Seq } from '../observation/observation.ts';
import { limits } from './limits.ts';
import { bare, later, monotonicTime, privateList, wallTime } from './natives.ts';
import type { Ring } from './ring.ts';

/** At most so much is on the way unacknowledged: a slow panel slows the posting, never the page. */
const WINDOW_OBSERVATIONS = 2_000;
const WINDOW_BYTES = 2 * 1024 * 1024;
/** One message. Far below the 64 MiB of a port, even if every character is escaped. */
const BATCH_OBSERVATIONS = 500;
const BATCH_BYTES = 512 * 1024;
/** Milliseconds from the first unposted observation to its posting. */
const LIVE_DELAY = 16;
const LAZY_DELAY = 200;

export interface Source {
  readonly ring: Ring;
  readonly documentId: DocumentId;
}

/** Hands a batch to the other side: by the port, or synchronously while the document is going away. */
export type Post = (batch: Batch) => void;

export class Link {
  #source: Source;
  #post: Post;
  #postNow: Post;
  #pace: Pace = 'live';
  /** Everything before `#acknowledged` has arrived; everything before `#cursor` has been posted. */
  #acknowledged: Seq = 0;
  #cursor: Seq = 0;
  #timer = false;
  #lastFlush = Number.NEGATIVE_INFINITY;

  constructor(source: Source, post: Post, postNow: Post) {
    this.#source = source;
    this.#post = post;
    this.#postNow = postNow;
  }

  /** Something was added to the ring. */
  wake(): void {
    if (this.#pace === 'quiet' || this.#timer) return;
    const delay = this.#pace === 'lazy' ? LAZY_DELAY : this.#lastFlush + LIVE_DELAY - monotonicTime();
    if (delay <= 0) {
      this.#flush();
      return;
    }
    this.#timer = true;
    later(() => {
      this.#timer = false;
      if (this.#pace !== 'quiet') this.#flush();
    }, delay);
  }

  pace(pace: Pace): void {
    this.#pace = pace;
    if (pace === 'live') this.#flush();
    else this.wake();
  }

  acknowledge(next: Seq): void {
    if (!(next > this.#acknowledged) || !this.#isPlace(next)) return;
    this.#acknowledged = next;
    if (this.#cursor < next) this.#cursor = next;
    if (this.#cursor < this.#source.ring.next) {
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
    while (this.#cursor < ring.next) this.#postNow(this.#batch());
    this.#acknowledged = this.#cursor;
  }

  /** The page can send commands too: a number that is no place in the ring is not obeyed. */
  #isPlace(seq: Seq): boolean {
    return seq >= 0 && seq <= this.#source.ring.next && seq % 1 === 0;
  }

  #flush(): void {
    const { ring } = this.#source;
    this.#lastFlush = monotonicTime();
    while (
      this.#cursor < ring.next &&
      this.#cursor - this.#acknowledged < WINDOW_OBSERVATIONS &&
      ring.sizeBefore(this.#cursor) - ring.sizeBefore(this.#acknowledged) < WINDOW_BYTES
    ) {
      this.#post(this.#batch());
    }
  }

  /** The next observations from the cursor on, with a gap first where the ring no longer holds them. */
  #batch(): Batch {
    const { ring, documentId } = this.#source;
    const observations: TravellingObservation[] = privateList();
    while (this.#cursor < ring.first) {
      const name = ring.namedFrom(this.#cursor);
      const to = (name?.seq ?? ring.first) - 1;
      if (to >= this.#cursor) observations[observations.length] = gap(this.#cursor, to);
      if (name) observations[observations.length] = name;
      this.#cursor = name ? name.seq + 1 : ring.first;
    }
    const start = ring.sizeBefore(this.#cursor);
    while (
      this.#cursor < ring.next &&
      observations.length < BATCH_OBSERVATIONS &&
      ring.sizeBefore(this.#cursor) - start < BATCH_BYTES
    ) {
      const observation = ring.at(this.#cursor);
      if (observation) observations[observations.length] = observation;
      this.#cursor++;
    }
    return bare({ documentId, total: ring.next, observations });
  }
}

function gap(from: Seq, to: Seq): TravellingObservation {
  return {
    kind: 'gap',
    seq: to,
    wallTime: wallTime(),
    monotonicTime: monotonicTime(),
    from,
    to,
    count: to - from + 1,
    reason: 'ring',
  };
}

/** What a tap says what it saw to: numbers it, gives it its times and puts it into the ring. */

import type { TravellingObservation } from '../messaging/private-port.ts';
import type { Seq } from '../observation/observation.ts';
import { eventPhase, monotonicTime, wallTime } from './natives.ts';
import type { Ring } from './ring.ts';

type Numbered<T> = T extends TravellingObservation ? Omit<T, 'seq' | 'wallTime' | 'monotonicTime'> : never;
/** What a tap says; number and times are the recorder's. */
export type Seen = Numbered<TravellingObservation>;

/** When something was seen that turned out to be chat only later. */
export interface Moment {
  readonly wallTime: number;
  readonly monotonicTime: number;
}

export interface Recorder {
  /** Keeps what was seen and gives the `seq` that later observations name it by. */
  add(seen: Seen, size?: number, when?: Moment): Seq;
  /** The `seq` that the next `add` will give: for an observation that names itself. */
  upcoming(): Seq;
  /** Says that the page's handlers are about to be given `event` for the observation `seq`, if that is none of -1. */
  delivering(event: Event, seq: Seq): void;
  /** The observation whose handlers are running now, or null. */
  delivered(): Seq | null;
}

export function now(): Moment {
  return { wallTime: wallTime(), monotonicTime: monotonicTime() };
}

/** What something else follows within the same task or soon: it need not hurry to the panel. */
function isPatient({ kind }: Seen): boolean {
  return kind === 'request' || kind === 'response' || kind === 'body';
}

/** About what an observation holds beside its payload. */
const RECORD_SIZE = 150;

/**
 * @param start adds the document's own first observation; called before the first other one, so that a document
 *   without chat costs nothing.
 */
export function createRecorder(
  ring: Ring,
  start: (recorder: Recorder) => void,
  added: (patient: boolean) => void,
): Recorder {
  let lastEvent: Event | null = null;
  let lastSeq: Seq = 0;
  let started = false;

  function begin(): void {
    if (started) return;
    started = true;
    start(recorder);
  }

  const recorder: Recorder = {
    add: (seen, size = 0, when = now()) => {
      begin();
      const seq = ring.next;
      ring.push(
        { ...seen, seq, wallTime: when.wallTime, monotonicTime: when.monotonicTime },
        RECORD_SIZE + size,
      );
      added(isPatient(seen));
      return seq;
    },
    upcoming: () => {
      begin();
      return ring.next;
    },
    delivering: (event, seq) => {
      if (seq < 0) return;
      lastEvent = event;
      lastSeq = seq;
    },
    // An event has a phase only while it is being dispatched, and that is exactly as long as its handlers run.
    delivered: () => (lastEvent !== null && eventPhase(lastEvent) !== 0 ? lastSeq : null),
  };
  return recorder;
}

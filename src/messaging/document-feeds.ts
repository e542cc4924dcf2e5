/** How far the panel got in each document: every observation exactly once and in order, whatever the way did. */
import type { DocumentId, Observation, Seq } from '../observation/observation.ts';
import { UNKNOWN_FRAME } from './last-words.ts';
import { fit } from './place.ts';
import type { TravellingObservation } from './private-port.ts';

export interface DocumentFeedsOut {
  observations(batch: readonly Observation[]): void;
  /** Of a frame that is paused: they come again as `observations`. */
  withheld(batch: readonly Observation[]): void;
  resume(documentId: DocumentId, from: Seq): void;
  acknowledge(documentId: DocumentId, next: Seq): void;
}

/** A document of the tab, for the list of its frames. */
export interface DocumentProgress {
  readonly documentId: DocumentId;
  readonly frame: number;
  /** Where it began; '' while that is not known. */
  readonly url: string;
  readonly taken: number;
  readonly held: number;
  /** True while its frame is connected. */
  readonly alive: boolean;
  /** Calls of `fetch` that the hook saw before `since`. */
  readonly fetches: number;
}

interface Progress {
  next: Seq;
  /** How many observations the document is known to have made. */
  total: Seq;
  frame: number;
  url: string;
  /** True for a page, false for a frame in one. */
  top: boolean;
  fetches: number;
  alive: boolean;
  /** True while an answer to `resume` is awaited: batches behind a hole are ignored. */
  resuming: boolean;
  /** In the back/forward cache: its connection is cut and nothing is lost. */
  hidden: boolean;
}

export class DocumentFeeds {
  readonly #out: DocumentFeedsOut;
  readonly #progress = new Map<DocumentId, Progress>();
  readonly #paused = new Set<number>();
  readonly #since: number;

  /** `since`: the time from which on calls of `fetch` are not counted, Unix milliseconds. */
  constructor(out: DocumentFeedsOut, since: number = Date.now()) {
    this.#out = out;
    this.#since = since;
  }

  /** A document's relay is connected: from here on it goes on where the panel stopped. */
  onDocument(documentId: DocumentId, frame = 0): void {
    const progress = this.#of(documentId);
    progress.frame = frame;
    progress.alive = true;
    if (this.#paused.has(frame)) return;
    progress.resuming = true;
    this.#out.resume(documentId, progress.next);
  }

  onBatch(
    documentId: DocumentId,
    frame: number,
    total: Seq,
    observations: readonly TravellingObservation[],
  ): void {
    const progress = this.#of(documentId);
    progress.total = Math.max(progress.total, total);
    progress.frame = frame;
    if (this.#paused.has(frame)) {
      this.#withhold(documentId, progress, observations);
      return;
    }
    const fitting = fit(progress.next, observations);
    if (fitting.fit === 'hole') {
      if (progress.resuming) return;
      progress.resuming = true;
      this.#out.resume(documentId, progress.next);
      return;
    }
    progress.resuming = false;
    this.#take(documentId, progress, fitting.fresh, fitting.next);
    this.#out.acknowledge(documentId, progress.next);
  }

  /** From the flight recorder: whole from its first observation on, or a gap. */
  onRecorded(documentId: DocumentId, frame: number, observations: readonly TravellingObservation[]): void {
    const known = this.#progress.has(documentId);
    const progress = this.#of(documentId);
    progress.frame = frame;
    // What lives says so itself.
    if (!known) progress.alive = false;
    if (this.#paused.has(frame)) {
      progress.total = Math.max(progress.total, (observations.at(-1)?.seq ?? -1) + 1);
      return;
    }
    const fitting = fit(progress.next, observations);
    if (fitting.fit === 'contiguous') this.#take(documentId, progress, fitting.fresh, fitting.next);
  }

  /** The connection ended. What was made and has not arrived is lost with the frame. */
  onGone(documentId: DocumentId, frame: number): void {
    const progress = this.#of(documentId);
    progress.alive = false;
    progress.frame = frame;
    this.#close(documentId, progress);
  }

  pause(frame: number): void {
    this.#paused.add(frame);
  }

  /**
   * The frame's living documents go on where they stopped. Gives true if one is gone: what the flight recorder holds of
   * it comes with a new connection.
   */
  resumeFrame(frame: number): boolean {
    this.#paused.delete(frame);
    let gone = false;
    for (const [documentId, progress] of this.#progress) {
      if (progress.frame !== frame || progress.next >= progress.total) continue;
      if (!progress.alive) gone = true;
      else {
        progress.resuming = true;
        this.#out.resume(documentId, progress.next);
      }
    }
    return gone;
  }

  isPaused(frame: number): boolean {
    return this.#paused.has(frame);
  }

  /** The flight recorder has given all it holds: what is still missing of documents that are gone is lost. */
  recordedAll(): void {
    for (const [documentId, progress] of this.#progress) {
      if (!progress.alive) this.#close(documentId, progress);
    }
  }

  /** What is wanted next of each document. */
  have(): Record<DocumentId, Seq> {
    return Object.fromEntries([...this.#progress].map(([documentId, { next }]) => [documentId, next]));
  }

  /** When the tab shows another page: that page and its frames, as far as they have spoken already. */
  staying(page: DocumentId | ''): readonly DocumentId[] {
    return [...this.#progress].flatMap(([documentId, { alive, hidden, top }]) =>
      alive && !hidden && (!top || documentId === page) ? documentId : [],
    );
  }

  get documents(): readonly DocumentProgress[] {
    return [...this.#progress].map(([documentId, { frame, url, next, total, alive, fetches }]) => {
      return { documentId, frame, url, taken: next, held: Math.max(0, total - next), alive, fetches };
    });
  }

  /** The way was cut: nothing that was asked for will come. */
  interrupted(): void {
    for (const progress of this.#progress.values()) progress.resuming = false;
  }

  #close(documentId: DocumentId, progress: Progress): void {
    if (progress.hidden || progress.next >= progress.total || this.#paused.has(progress.frame)) return;
    const { next: from, total } = progress;
    const to = total - 1;
    const gap = { kind: 'gap', from, to, count: total - from, reason: 'frame-gone', seq: to } as const;
    this.#take(documentId, progress, [{ ...gap, wallTime: Date.now(), monotonicTime: 0 }], total);
  }

  /** Acknowledged, so that the hook's posting and the flight recorder go on; `resume` goes back for them. */
  #withhold(
    documentId: DocumentId,
    progress: Progress,
    observations: readonly TravellingObservation[],
  ): void {
    this.#notice(progress, observations);
    const last = observations.at(-1);
    if (last === undefined) return;
    this.#out.withheld(stamped(documentId, progress.frame, observations));
    this.#out.acknowledge(documentId, last.seq + 1);
  }

  #take(
    documentId: DocumentId,
    progress: Progress,
    fresh: readonly TravellingObservation[],
    next: Seq,
  ): void {
    if (fresh.length === 0) return;
    progress.next = next;
    progress.total = Math.max(progress.total, next);
    this.#notice(progress, fresh);
    this.#out.observations(stamped(documentId, progress.frame, fresh));
  }

  #notice(progress: Progress, observations: readonly TravellingObservation[]): void {
    for (const observation of observations) {
      if (observation.kind === 'document') {
        progress.hidden = observation.phase === 'hidden';
        progress.url = observation.url;
        progress.top = observation.top;
      } else if (observation.kind === 'request' && observation.transport === 'fetch') {
        if (observation.wallTime < this.#since) progress.fetches += 1;
      }
    }
  }

  #of(documentId: DocumentId): Progress {
    const known = this.#progress.get(documentId);
    if (known) return known;
    const progress: Progress = {
      ...{ next: 0, total: 0, frame: 0, url: '', top: false, fetches: 0 },
      ...{ alive: true, resuming: false, hidden: false },
    };
    this.#progress.set(documentId, progress);
    return progress;
  }
}

function stamped(
  documentId: DocumentId,
  frame: number,
  observations: readonly TravellingObservation[],
): Observation[] {
  const known = frame === UNKNOWN_FRAME ? null : frame;
  return observations.map(
    (observation): Observation => ({ ...observation, documentId, frame: known, source: 'hook' }),
  );
}

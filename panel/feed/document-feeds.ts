/** How far the panel got in each document: every observation exactly once and in order, whatever the way did. */

import { UNKNOWN_FRAME } from '../../src/messaging/last-words.ts';
import { fit, isLeftOut } from '../../src/messaging/place.ts';
import type { TravellingObservation } from '../../src/messaging/private-port.ts';
import type { DocumentId, Observation, Seq } from '../../src/observation/observation.ts';

export interface DocumentFeedsOut {
  observations(batch: readonly Observation[]): void;
  /** Of a frame that is paused: they come again as `observations`. */
  withheld(batch: readonly Observation[]): void;
  resume(documentId: DocumentId, from: Seq): void;
  acknowledge(documentId: DocumentId, next: Seq): void;
  later(run: () => void, milliseconds: number): void;
}

/**
 * Milliseconds after which a document whose connection has ended says no more: its last words may come on a connection of
 * their own, or out of the storage.
 */
const LAST_WORDS_COME = 1_000;

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
  /** It has said good-bye: what comes behind that belongs to it. */
  ended: boolean;
  /** What was taken last says that something is lost. */
  endsInGap: boolean;
  /** Its connection ended: it is not merely one of whom the recorder tells. */
  cutOff: boolean;
  /** Cleared at that time, and not yet said to have forgotten: what it says until then is not listened to. */
  clearedAt: number | null;
}

export class DocumentFeeds {
  readonly #out: DocumentFeedsOut;
  readonly #progress = new Map<DocumentId, Progress>();
  /** As the background said it of each document. */
  readonly #origins = new Map<DocumentId, string | null>();
  readonly #paused = new Set<number>();
  readonly #since: number;

  /** `since`: the time from which on calls of `fetch` are not counted, Unix milliseconds. */
  constructor(out: DocumentFeedsOut, since: number = Date.now()) {
    this.#out = out;
    this.#since = since;
  }

  /** Before all that is said of a document: false where another origin speaks in its name. */
  belongs(documentId: DocumentId, origin: string | null): boolean {
    const known = this.#origins.get(documentId) ?? null;
    if (known !== null && origin !== null && known !== origin) return false;
    if (known === null) this.#origins.set(documentId, origin);
    return true;
  }

  /**
   * A document's relay is connected: from here on it goes on where the panel stopped.
   * @param cleared until when its ring has forgotten
   * @param total how many observations it is known to have made
   */
  onDocument(documentId: DocumentId, frame = 0, cleared = Date.now(), total: Seq = 0): void {
    const progress = this.#of(documentId);
    progress.frame = frame;
    progress.total = Math.max(progress.total, total);
    progress.alive = true;
    progress.cutOff = false;
    if (progress.clearedAt !== null) {
      if (cleared < progress.clearedAt) return;
      progress.clearedAt = null;
      // From its start on: the ring has kept the names of what still goes on.
      progress.next = 0;
    }
    if (this.#paused.has(frame)) return;
    progress.resuming = true;
    this.#out.resume(documentId, progress.next);
  }

  onBatch(
    documentId: DocumentId,
    frame: number,
    total: Seq,
    observations: readonly TravellingObservation[],
    last = false,
  ): void {
    const known = this.#progress.has(documentId);
    const progress = this.#of(documentId);
    progress.total = Math.max(progress.total, total);
    // Its last words Chromium brings under another number, where another page has its place already.
    if (!last || !known) progress.frame = frame;
    if (progress.clearedAt !== null) return;
    if (this.#paused.has(progress.frame)) {
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
    if (!known) this.#dies(documentId, progress);
    if (progress.clearedAt !== null) return;
    if (this.#paused.has(frame)) {
      progress.total = Math.max(progress.total, (observations.at(-1)?.seq ?? -1) + 1);
      return;
    }
    const fitting = fit(progress.next, observations);
    if (fitting.fit === 'contiguous') this.#take(documentId, progress, fitting.fresh, fitting.next);
  }

  /** The connection ended. What was made and does not arrive soon is lost with the frame. */
  onGone(documentId: DocumentId, frame: number): void {
    const progress = this.#of(documentId);
    progress.frame = frame;
    progress.cutOff = true;
    this.#dies(documentId, progress);
  }

  /** What came last was said while the document went away. */
  onFarewell(documentId: DocumentId): void {
    this.#of(documentId).ended = true;
  }

  #dies(documentId: DocumentId, progress: Progress): void {
    progress.alive = false;
    this.#out.later(() => this.#close(documentId, progress), LAST_WORDS_COME);
  }

  /**
   * A person has cleared the tab: a document goes on when it says that it has forgotten. Gives how far each is whose
   * words are all in the panel: what it has said since comes still. Of the others nothing from before is wanted.
   */
  clear(at: number): Record<DocumentId, Seq> {
    const have: Record<DocumentId, Seq> = {};
    for (const [documentId, progress] of this.#progress) {
      progress.clearedAt = at;
      if (progress.alive && !this.#paused.has(progress.frame)) have[documentId] = progress.next;
      else progress.next = progress.total;
    }
    return have;
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
      if (progress.frame !== frame || progress.clearedAt !== null) continue;
      if (progress.next >= progress.total) continue;
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
      if (!progress.alive) this.#dies(documentId, progress);
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

  /** A frame that ended without a word, as where its process did, may have said more than anybody knows. */
  #close(documentId: DocumentId, progress: Progress): void {
    const { alive, hidden, cutOff, next: from, total, frame, clearedAt } = progress;
    const ended = progress.ended || progress.endsInGap;
    if (alive || hidden || clearedAt !== null || this.#paused.has(frame)) return;
    if (from >= total && (ended || !cutOff || total === 0)) return;
    const to = Math.max(total - 1, from);
    const gap = { kind: 'gap', from, to, count: total - from, reason: 'frame-gone', seq: to } as const;
    this.#take(documentId, progress, [{ ...gap, wallTime: Date.now(), monotonicTime: 0 }], to + 1);
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
    this.#out.withheld(this.#stamped(documentId, progress.frame, observations));
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
    const shown = fresh.filter((observation) => !isLeftOut(observation));
    if (shown.length === 0) return;
    this.#notice(progress, shown);
    this.#out.observations(this.#stamped(documentId, progress.frame, shown));
  }

  #notice(progress: Progress, observations: readonly TravellingObservation[]): void {
    for (const observation of observations) {
      progress.endsInGap = observation.kind === 'gap';
      if (observation.kind === 'document') {
        progress.hidden = observation.phase === 'hidden';
        progress.ended = observation.phase === 'gone';
        progress.url = observation.url;
        progress.top = observation.top;
      } else if (observation.kind === 'request' && observation.transport === 'fetch') {
        if (observation.wallTime < this.#since) progress.fetches += 1;
      }
    }
  }

  #stamped(documentId: DocumentId, frame: number, given: readonly TravellingObservation[]): Observation[] {
    return stamped(documentId, frame, this.#origins.get(documentId) ?? null, given);
  }

  #of(documentId: DocumentId): Progress {
    const known = this.#progress.get(documentId);
    if (known) return known;
    const progress: Progress = {
      ...{ next: 0, total: 0, frame: 0, url: '', top: false, fetches: 0 },
      ...{
        alive: true,
        resuming: false,
        hidden: false,
        ended: false,
        endsInGap: false,
        cutOff: false,
        clearedAt: null,
      },
    };
    this.#progress.set(documentId, progress);
    return progress;
  }
}

function stamped(
  documentId: DocumentId,
  frame: number,
  origin: string | null,
  observations: readonly TravellingObservation[],
): Observation[] {
  const known = frame === UNKNOWN_FRAME ? null : frame;
  const place = { documentId, frame: known, source: 'hook' } as const;
  return observations.map(
    (observation): Observation =>
      observation.kind === 'document' ? { ...observation, ...place, origin } : { ...observation, ...place },
  );
}

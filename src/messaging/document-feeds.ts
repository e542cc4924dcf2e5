/** How far the panel got in each document: every observation exactly once and in order, whatever the way did. */
import type { DocumentId, Observation, Seq } from '../observation/observation.ts';
import { fit } from './place.ts';
import type { TravellingObservation } from './private-port.ts';

export interface DocumentFeedsOut {
  observations(batch: readonly Observation[]): void;
  resume(documentId: DocumentId, from: Seq): void;
  acknowledge(documentId: DocumentId, next: Seq): void;
}

interface Progress {
  next: Seq;
  /** How many observations the document is known to have made. */
  total: Seq;
  /** True while an answer to `resume` is awaited: batches behind a hole are ignored. */
  resuming: boolean;
  /** In the back/forward cache: its connection is cut and nothing is lost. */
  hidden: boolean;
}

export class DocumentFeeds {
  readonly #out: DocumentFeedsOut;
  readonly #progress = new Map<DocumentId, Progress>();

  constructor(out: DocumentFeedsOut) {
    this.#out = out;
  }

  /** A document's relay is connected: from here on it goes on where the panel stopped. */
  onDocument(documentId: DocumentId): void {
    const progress = this.#of(documentId);
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
    const fitting = fit(progress.next, observations);
    if (fitting.fit === 'hole') {
      if (progress.resuming) return;
      progress.resuming = true;
      this.#out.resume(documentId, progress.next);
      return;
    }
    progress.resuming = false;
    this.#take(documentId, frame, progress, fitting.fresh, fitting.next);
    this.#out.acknowledge(documentId, progress.next);
  }

  /** From the flight recorder: whole from its first observation on, or a gap. */
  onRecorded(documentId: DocumentId, frame: number, observations: readonly TravellingObservation[]): void {
    const progress = this.#of(documentId);
    const fitting = fit(progress.next, observations);
    if (fitting.fit === 'contiguous') this.#take(documentId, frame, progress, fitting.fresh, fitting.next);
  }

  /** The connection ended. What was made and has not arrived is lost with the frame. */
  onGone(documentId: DocumentId, frame: number): void {
    const progress = this.#of(documentId);
    if (progress.hidden || progress.next >= progress.total) return;
    const { next: from, total } = progress;
    const to = total - 1;
    const gap = { kind: 'gap', from, to, count: total - from, reason: 'frame-gone', seq: to } as const;
    this.#take(documentId, frame, progress, [{ ...gap, wallTime: Date.now(), monotonicTime: 0 }], total);
  }

  /** What is wanted next of each document. */
  have(): Record<DocumentId, Seq> {
    return Object.fromEntries([...this.#progress].map(([documentId, { next }]) => [documentId, next]));
  }

  /** The way was cut: nothing that was asked for will come. */
  interrupted(): void {
    for (const progress of this.#progress.values()) progress.resuming = false;
  }

  #take(
    documentId: DocumentId,
    frame: number,
    progress: Progress,
    fresh: readonly TravellingObservation[],
    next: Seq,
  ): void {
    if (fresh.length === 0) return;
    progress.next = next;
    for (const observation of fresh) {
      if (observation.kind === 'document') progress.hidden = observation.phase === 'hidden';
    }
    this.#out.observations(
      fresh.map((observation): Observation => ({ ...observation, documentId, frame, source: 'hook' })),
    );
  }

  #of(documentId: DocumentId): Progress {
    const known = this.#progress.get(documentId);
    if (known) return known;
    const progress: Progress = { next: 0, total: 0, resuming: false, hidden: false };
    this.#progress.set(documentId, progress);
    return progress;
  }
}

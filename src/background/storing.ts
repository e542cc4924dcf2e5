/** When what the flight recorder has taken is stored, and who is told so: without a panel it is the recorder that has received. */
import type { DocumentId, Seq } from '../observation/observation.ts';
import type { FlightRecorder } from './flight-recorder.ts';
import type { LivingDocuments } from './living-documents.ts';

export type Later = (run: () => void, milliseconds: number) => unknown;

/** Milliseconds in which batches are collected before they are stored. */
const STORE_DELAY = 250;

export class Storing {
  readonly #recorder: FlightRecorder;
  readonly #living: LivingDocuments;
  readonly #watched: (tab: number) => boolean;
  readonly #later: Later;
  #waiting = false;

  /** @param watched whether a panel shows the tab: then it acknowledges what it has */
  constructor(
    recorder: FlightRecorder,
    living: LivingDocuments,
    watched: (tab: number) => boolean,
    later: Later,
  ) {
    this.#recorder = recorder;
    this.#living = living;
    this.#watched = watched;
    this.#later = later;
  }

  /** Stores in a moment, and then acknowledges. */
  request(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    this.#later(() => {
      this.#waiting = false;
      const stored = new Map<DocumentId, Seq>();
      for (const documentId of this.#living.ids()) {
        const next = this.#recorder.next(documentId);
        if (next !== null) stored.set(documentId, next);
      }
      void this.#recorder.flush().then(() => this.#acknowledge(stored));
    }, STORE_DELAY);
  }

  #acknowledge(stored: ReadonlyMap<DocumentId, Seq>): void {
    for (const [documentId, next] of stored) {
      const document = this.#living.get(documentId);
      // Whoever was asked to go back meanwhile is not sent forward again.
      if (!document || this.#watched(document.relay.tab) || document.goingBack) continue;
      if ((this.#recorder.next(documentId) ?? 0) >= next) document.relay.send({ type: 'acknowledge', next });
    }
  }
}

/** Which documents the flight recorder keeps, and of each the batches that lie in the storage: the index, not the words. */

import type { DocumentId } from '../observation/observation.ts';
import type { KeptDocument } from './kept-document.ts';
import { Shares } from './shares.ts';

export interface RecorderCaps {
  readonly recorderTabBytes: number;
  readonly recorderBytes: number;
  readonly recorderIdleMinutes: number;
}

/** So many documents of one frame are told apart. */
const MOST_OF_FRAME = 100;

export class KeptDocuments {
  readonly #documents = new Map<DocumentId, KeptDocument>();

  get(documentId: DocumentId): KeptDocument | undefined {
    return this.#documents.get(documentId);
  }

  add(document: KeptDocument): void {
    this.#documents.set(document.documentId, document);
  }

  get isEmpty(): boolean {
    return this.#documents.size === 0;
  }

  /** The oldest first. */
  get byAge(): readonly KeptDocument[] {
    return [...this.#documents.values()].sort((one, other) => one.since - other.since);
  }

  /** When the first of them was last heard of, Unix milliseconds; null if there is none. */
  get quietSince(): number | null {
    const times = [...this.#documents.values()].map(({ at }) => at);
    return times.length === 0 ? null : Math.min(...times);
  }

  /** Drops documents, and gives the keys of what lies in the storage of them; null if there is no such document. */
  forget(which: (document: KeptDocument) => boolean): string[] | null {
    const forgotten = [...this.#documents.values()].filter(which);
    if (forgotten.length === 0) return null;
    for (const { documentId } of forgotten) this.#documents.delete(documentId);
    return forgotten.flatMap(({ batches }) => batches.map(({ key }) => key));
  }

  /**
   * Drops batches until the caps hold, and gives their keys: of each tab what it has beyond its own cap, then of the tab that
   * holds the most until the sum fits. Within a tab the frame that holds the most gives, its oldest document first.
   */
  trim(caps: RecorderCaps): string[] {
    const dropped = this.#joinOldest();
    const shares = new Shares(this.byAge);
    for (const tab of shares.tabs) {
      while (shares.bytesOf(tab) > caps.recorderTabBytes) {
        const key = shares.dropFrom(tab);
        if (key === null) break;
        dropped.push(key);
      }
    }
    return [...dropped, ...this.#shrink(shares, caps.recorderBytes)];
  }

  /** Drops batches of whoever holds the most until all are no more than that, and gives their keys. */
  shrinkTo(bytes: number): string[] {
    return this.#shrink(new Shares(this.byAge), bytes);
  }

  /** What all batches hold. */
  get bytes(): number {
    return new Shares(this.byAge).bytes;
  }

  #shrink(shares: Shares, bytes: number): string[] {
    const dropped: string[] = [];
    while (shares.bytes > bytes) {
      const key = shares.dropFrom(shares.largestTab);
      if (key === null) break;
      dropped.push(key);
    }
    return dropped;
  }

  /**
   * A frame may show any number of documents, and each takes room in the index: beyond `MOST_OF_FRAME` the oldest two
   * become one that has lost what both had. Gives the keys of their batches.
   */
  #joinOldest(): string[] {
    const dropped: string[] = [];
    const frames = new Map<string, KeptDocument[]>();
    for (const document of this.byAge) {
      const key = `${document.tab} ${document.frame}`;
      frames.set(key, [...(frames.get(key) ?? []), document]);
    }
    for (const documents of frames.values()) {
      const [oldest] = documents;
      if (!oldest || documents.length <= MOST_OF_FRAME) continue;
      for (const document of documents.slice(1, documents.length - MOST_OF_FRAME + 1)) {
        dropped.push(...[...oldest.batches, ...document.batches].map(({ key }) => key));
        Object.assign(oldest, { next: oldest.next + document.next, batches: [], pending: [], gone: true });
        this.#documents.delete(document.documentId);
      }
    }
    return dropped;
  }

  /** As it is stored; what was not stored yet is not in it. */
  toStored(): Omit<KeptDocument, 'pending'>[] {
    return [...this.#documents.values()].map(({ pending: _unwritten, next, ...kept }) => ({
      ...kept,
      next: kept.batches.at(-1)?.next ?? next,
    }));
  }

  /** Takes what an earlier life of the background has stored. */
  restore(stored: unknown): void {
    if (!Array.isArray(stored)) return;
    for (const kept of stored.filter(isKept)) this.add({ ...kept, pending: [] });
  }
}

/** Only this class makes such values: the shape is checked, not the content. */
function isKept(value: unknown): value is Omit<KeptDocument, 'pending'> {
  return typeof value === 'object' && value !== null && 'documentId' in value && 'batches' in value;
}

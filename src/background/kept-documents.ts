/** Which documents the flight recorder keeps, and of each the batches that lie in the storage: the index, not the words. */

import type { TravellingObservation } from '../messaging/private-port.ts';
import type { DocumentId, Seq } from '../observation/observation.ts';

export interface RecorderCaps {
  readonly recorderTabBytes: number;
  readonly recorderBytes: number;
  readonly recorderIdleMinutes: number;
}

/** One value of the storage. */
export interface StoredBatch {
  readonly key: string;
  readonly from: Seq;
  readonly next: Seq;
  readonly bytes: number;
}

export interface KeptDocument {
  readonly tab: number;
  readonly frame: number;
  readonly documentId: DocumentId;
  /** When it began and when it was last heard of, Unix milliseconds. */
  readonly since: number;
  at: number;
  gone: boolean;
  next: Seq;
  batches: StoredBatch[];
  /** Taken, and not stored yet. */
  pending: TravellingObservation[];
}

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

  /** Drops batches, those of the oldest document first, until the caps hold; gives their keys. */
  trim(caps: RecorderCaps): string[] {
    const dropped: string[] = [];
    const documents = this.byAge;
    const total = new Map<number | 'all', number>([['all', 0]]);
    const add = (tab: number, bytes: number) => {
      for (const sum of [tab, 'all'] as const) total.set(sum, (total.get(sum) ?? 0) + bytes);
    };
    for (const { tab, batches } of documents) for (const { bytes } of batches) add(tab, bytes);
    for (const document of documents) {
      while (
        document.batches.length > 0 &&
        ((total.get(document.tab) ?? 0) > caps.recorderTabBytes ||
          (total.get('all') ?? 0) > caps.recorderBytes)
      ) {
        // Of the newest document the beginning stays: it names the connections of what follows.
        const first = document === documents.at(-1) && document.batches.length > 1 ? 1 : 0;
        const [batch] = document.batches.splice(first, 1);
        if (!batch) break;
        dropped.push(batch.key);
        add(document.tab, -batch.bytes);
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

/**
 * What is kept of a tab's documents while no panel watches: in `storage.session`, which is memory only and outlives
 * the service worker. One key a batch, capped by tab and in all; the oldest document goes first, and what went is
 * counted as a gap.
 */

import { firstSeq, fit, weight } from '../messaging/place.ts';
import type { TravellingObservation } from '../messaging/private-port.ts';
import type { DocumentId, Seq } from '../observation/observation.ts';
import { type KeptDocument, KeptDocuments, type RecorderCaps, type StoredBatch } from './kept-documents.ts';

/** `storage.session`, or a test's stand-in. */
export interface SessionStorage {
  get(keys: string[]): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(keys: string[]): Promise<void>;
}

/** A document as the recorder gives it back. */
export interface RecordedDocument {
  readonly documentId: DocumentId;
  readonly frame: number;
  /** True if its frame said good-bye or its connection ended: nothing more of it can come from its own ring. */
  readonly gone: boolean;
  readonly observations: readonly TravellingObservation[];
}

/** One small key lists the documents, so that a worker that starts again need not read what they said. */
const DOCUMENTS = 'documents';
const BATCH = 'batch/';

export class FlightRecorder {
  #storage: SessionStorage;
  #caps: RecorderCaps;
  #clock: () => number;
  #expires: (at: number | null) => void;
  readonly #documents = new KeptDocuments();
  #loaded: Promise<void> | null = null;
  #writing: Promise<void> = Promise.resolve();

  /** @param expires is told when the first document will have been idle for too long; null if there is none. */
  constructor(
    storage: SessionStorage,
    caps: RecorderCaps,
    clock: () => number = Date.now,
    expires: (at: number | null) => void = () => {},
  ) {
    this.#storage = storage;
    this.#caps = caps;
    this.#clock = clock;
    this.#expires = expires;
  }

  /** Other caps, from the next writing on. */
  configure(caps: RecorderCaps): void {
    this.#caps = caps;
  }

  /** Reads what an earlier life of the service worker has stored. Before anything else, and only once. */
  load(): Promise<void> {
    this.#loaded ??= this.#read();
    return this.#loaded;
  }

  /** What the recorder wants next of a document; null if it does not know it. */
  next(documentId: DocumentId): Seq | null {
    return this.#documents.get(documentId)?.next ?? null;
  }

  /** Takes what is new of a batch. False if something before it is missing. */
  take(
    tab: number,
    frame: number,
    documentId: DocumentId,
    observations: readonly TravellingObservation[],
  ): boolean {
    const now = this.#clock();
    const kept = this.#documents.get(documentId) ?? {
      tab,
      frame,
      documentId,
      // As the page says, because last words may come after the first words of the next document.
      since: Math.min(now, observations[0]?.wallTime ?? now),
      at: now,
      gone: false,
      next: 0,
      batches: [],
      pending: [],
    };
    const fitting = fit(kept.next, observations);
    if (fitting.fit === 'hole') return false;
    this.#documents.add(kept);
    kept.next = fitting.next;
    kept.at = now;
    kept.gone = false;
    kept.pending.push(...fitting.fresh);
    return true;
  }

  /** Takes the last that a document can say: what is missing before it will never come. */
  takeLast(
    tab: number,
    frame: number,
    documentId: DocumentId,
    observations: readonly TravellingObservation[],
  ): void {
    const [first] = observations;
    if (!first) return;
    const at = this.#documents.get(documentId)?.next ?? 0;
    const from = firstSeq(first);
    const missing = from > at ? [this.#gap(at, from)] : [];
    this.take(tab, frame, documentId, [...missing, ...observations]);
    this.gone(documentId);
  }

  /** The frame's connection ended. */
  gone(documentId: DocumentId): void {
    const kept = this.#documents.get(documentId);
    if (kept) kept.gone = true;
  }

  /** Writes what was taken since the last time; afterwards `next` of each document is safe from a killed worker. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  /**
   * The documents of a tab, oldest first, each with a gap where something of it is no longer kept.
   * @param wanted says of a document and how far the recorder has it whether it is worth reading
   */
  async replay(
    tab: number,
    wanted: (documentId: DocumentId, next: Seq) => boolean,
  ): Promise<readonly RecordedDocument[]> {
    const isWanted = (kept: KeptDocument) => kept.tab === tab && wanted(kept.documentId, kept.next);
    if (!this.#documents.byAge.some(isWanted)) return [];
    await this.flush();
    await this.forgetIdle();
    const replayed: RecordedDocument[] = [];
    for (const kept of this.#documents.byAge.filter(isWanted)) {
      const stored = await this.#storage.get(kept.batches.map(({ key }) => key));
      replayed.push({
        documentId: kept.documentId,
        frame: kept.frame,
        gone: kept.gone,
        observations: this.#withGaps(kept, stored),
      });
    }
    return replayed;
  }

  forgetTab(tab: number): Promise<void> {
    return this.#forget((kept) => kept.tab === tab);
  }

  /** The switch: nothing is kept, nothing stays. */
  forgetAll(): Promise<void> {
    return this.#forget(() => true);
  }

  /** Forgets what had no traffic for too long. */
  async forgetIdle(): Promise<void> {
    const limit = this.#clock() - this.#idle;
    await this.#forget((kept) => kept.at <= limit);
    this.#sayExpiry();
  }

  get #idle(): number {
    return this.#caps.recorderIdleMinutes * 60_000;
  }

  #sayExpiry(): void {
    const { quietSince } = this.#documents;
    this.#expires(quietSince === null ? null : quietSince + this.#idle);
  }

  async #forget(which: (kept: KeptDocument) => boolean): Promise<void> {
    const keys = this.#documents.forget(which);
    if (!keys) return;
    await this.#storage.remove(keys);
    await this.#storage.set({ [DOCUMENTS]: this.#documents.toStored() });
    this.#sayExpiry();
  }

  async #write(): Promise<void> {
    await this.load();
    const items: Record<string, unknown> = {};
    for (const kept of this.#documents.byAge) {
      const [first] = kept.pending;
      if (!first) continue;
      const observations = kept.pending;
      kept.pending = [];
      const bytes = observations.reduce((sum, observation) => sum + weight(observation), 0);
      const from = firstSeq(first);
      const batch: StoredBatch = { key: `${BATCH}${kept.documentId}/${from}`, from, next: kept.next, bytes };
      kept.batches.push(batch);
      items[batch.key] = observations;
    }
    const superfluous = this.#documents.trim(this.#caps);
    for (const key of superfluous) delete items[key];
    if (superfluous.length > 0) await this.#storage.remove(superfluous);
    // The browser's own quota: the oldest documents go until it fits.
    while (!(await this.#stored({ ...items, [DOCUMENTS]: this.#documents.toStored() }))) {
      if (this.#documents.isEmpty) break;
      for (const key of await this.#forgetOldest()) delete items[key];
    }
    await this.forgetIdle();
  }

  async #stored(items: Record<string, unknown>): Promise<boolean> {
    try {
      await this.#storage.set(items);
      return true;
    } catch {
      return false;
    }
  }

  /** Gives the keys that went. */
  async #forgetOldest(): Promise<string[]> {
    const [oldest] = this.#documents.byAge;
    const keys = this.#documents.forget((kept) => kept === oldest) ?? [];
    await this.#storage.remove(keys);
    return keys;
  }

  /** The batches in order, and gaps where some went. */
  #withGaps({ batches, next }: KeptDocument, stored: Record<string, unknown>): TravellingObservation[] {
    const observations: TravellingObservation[] = [];
    let at = 0;
    for (const batch of batches) {
      const kept = stored[batch.key];
      if (!Array.isArray(kept)) continue;
      if (batch.from > at) observations.push(this.#gap(at, batch.from));
      observations.push(...kept);
      at = batch.next;
    }
    if (next > at) observations.push(this.#gap(at, next));
    return observations;
  }

  /** Stands for everything from one place up to another. */
  #gap(from: Seq, until: Seq): TravellingObservation {
    const to = until - 1;
    const gap = { kind: 'gap', seq: to, from, to, count: until - from, reason: 'recorder' } as const;
    return { ...gap, wallTime: this.#clock(), monotonicTime: 0 };
  }

  async #read(): Promise<void> {
    const { [DOCUMENTS]: stored } = await this.#storage.get([DOCUMENTS]);
    this.#documents.restore(stored);
    this.#sayExpiry();
  }
}

/**
 * What is kept of a tab's documents while no panel watches: in `storage.session`, which is memory only and outlives
 * the service worker. One key a batch, capped by tab and in all. Who holds the most gives first, its oldest document
 * before the others; what went is counted as a gap.
 */

import type { RecordedPage } from '../messaging/contracts.ts';
import { firstSeq, fit, weight } from '../messaging/place.ts';
import type { TravellingObservation } from '../messaging/private-port.ts';
import type { DocumentId, Seq } from '../observation/observation.ts';
import type { KeptDocument, StoredBatch } from './kept-document.ts';
import { KeptDocuments, type RecorderCaps } from './kept-documents.ts';
import type { RecordedDocument } from './recorded-document.ts';

/** `storage.session`, or a test's stand-in. */
export interface SessionStorage {
  get(keys: string[]): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(keys: string[]): Promise<void>;
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
    shown: number = this.#clock(),
  ): boolean {
    const now = this.#clock();
    const kept = this.#documents.get(documentId) ?? {
      tab,
      frame,
      documentId,
      // As the page says, because last words may come after the first words of the next document.
      since: Math.min(now, observations[0]?.wallTime ?? now),
      at: now,
      shown,
      url: '',
      top: false,
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
    kept.shown = shown;
    kept.gone = false;
    for (const observation of fitting.fresh) {
      kept.pending.push(observation);
      if (observation.kind !== 'document') continue;
      kept.url = withoutQuery(observation.url);
      kept.top = observation.top;
    }
    return true;
  }

  /** Takes the last that a document can say: what is missing before it will never come. */
  takeLast(
    tab: number,
    frame: number,
    documentId: DocumentId,
    observations: readonly TravellingObservation[],
    shown?: number,
  ): void {
    const [first] = observations;
    if (!first) return;
    const at = this.#documents.get(documentId)?.next ?? 0;
    const from = firstSeq(first);
    const missing = from > at ? [this.#gap(at, from)] : [];
    this.take(tab, frame, documentId, [...missing, ...observations], shown);
    this.gone(documentId);
  }

  /** The frame's connection ended. */
  gone(documentId: DocumentId): void {
    const kept = this.#documents.get(documentId);
    if (kept) kept.gone = true;
  }

  /**
   * Writes what was taken since the last time; afterwards `next` of each document is safe from a killed worker. A writing
   * that fails is told to who asked for it, and the next one is tried all the same.
   */
  flush(): Promise<void> {
    const written = this.#writing.then(() => this.#write());
    this.#writing = written.catch(() => {});
    return written;
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

  /** What is held of a tab, the oldest document first. */
  pages(tab: number): readonly RecordedPage[] {
    return this.#documents.byAge
      .filter((kept) => kept.tab === tab)
      .map(({ url, top, gone, since, batches, pending }) => ({
        ...{ url, top, gone, since },
        observations: batches.reduce((sum, { count }) => sum + count, pending.length),
        bytes: batches.reduce((sum, { bytes }) => sum + bytes, weightOf(pending)),
      }))
      .filter(({ observations }) => observations > 0);
  }

  /** Tabs of which something is held. */
  get tabs(): ReadonlySet<number> {
    return new Set(this.#documents.byAge.map(({ tab }) => tab));
  }

  forgetTab(tab: number): Promise<void> {
    return this.#forgetInTurn((kept) => kept.tab === tab);
  }

  /** Forgets documents of a tab that were shown before that time: they are of earlier pages. */
  forgetEarlier(tab: number, than: number): Promise<void> {
    return this.#forgetInTurn((kept) => kept.tab === tab && kept.shown < than);
  }

  /** The switch: nothing is kept, nothing stays. */
  forgetAll(): Promise<void> {
    return this.#forgetInTurn(() => true);
  }

  /** At once for whoever asks, and out of the storage after what is just being written. */
  #forgetInTurn(which: (kept: KeptDocument) => boolean): Promise<void> {
    const keys = this.#documents.forget(which);
    if (!keys) return this.#writing;
    this.#writing = this.#writing.then(() => this.#remove(keys));
    return this.#writing;
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
    if (keys) await this.#remove(keys);
  }

  async #remove(keys: string[]): Promise<void> {
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
      const from = firstSeq(first);
      const key = `${BATCH}${kept.documentId}/${from}`;
      const bytes = weightOf(observations);
      const batch: StoredBatch = { key, from, next: kept.next, bytes, count: observations.length };
      kept.batches.push(batch);
      items[batch.key] = observations;
    }
    const superfluous = this.#documents.trim(this.#caps);
    for (const key of superfluous) delete items[key];
    if (superfluous.length > 0) await this.#storage.remove(superfluous);
    if (!(await this.#fitted(items))) {
      for (const kept of this.#documents.byAge)
        kept.batches = kept.batches.filter(({ key }) => !(key in items));
      throw new Error('The storage of the session takes nothing of the flight recorder.');
    }
    await this.forgetIdle();
  }

  /** The browser's own quota: who has the most gives until it fits. Others may have filled it, and then it is theirs. */
  async #fitted(items: Record<string, unknown>): Promise<boolean> {
    for (;;) {
      if (await this.#stored({ ...items, [DOCUMENTS]: this.#documents.toStored() })) return true;
      const { bytes } = this.#documents;
      if (bytes < this.#caps.recorderBytes / 16) return false;
      const keys = this.#documents.shrinkTo(bytes - Math.max(bytes / 8, 1));
      if (keys.length === 0) return false;
      for (const key of keys) delete items[key];
      await this.#storage.remove(keys);
    }
  }

  async #stored(items: Record<string, unknown>): Promise<boolean> {
    try {
      await this.#storage.set(items);
      return true;
    } catch {
      return false;
    }
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

function weightOf(observations: readonly TravellingObservation[]): number {
  return observations.reduce((sum, observation) => sum + weight(observation), 0);
}

function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '');
}

/**
 * Whose each document is: of the frame that said its id first. A page is told the ids of its own documents and can have
 * its relay say any other, so that a frame that claims another's is not heard. Kept in the storage beside what the
 * recorder has, for a background that starts again; of private windows only in memory.
 */
import { type FrameAddress, isNumber } from '../messaging/last-words.ts';
import type { DocumentId } from '../observation/observation.ts';
import type { SessionStorage } from './flight-recorder.ts';
import { isSameDocument, type Speaker } from './speaker.ts';

const KEY = 'owners';
/** So many documents of a tab are known; beyond it the frame that claims most forgets the one it said first. */
const MOST_OF_TAB = 200;

interface Owner extends Speaker {
  readonly incognito: boolean;
}

export class DocumentOwners {
  readonly #storage: SessionStorage;
  readonly #owners = new Map<DocumentId, Owner>();
  #storing: Promise<void> | null = null;
  #changed = false;

  constructor(storage: SessionStorage) {
    this.#storage = storage;
  }

  /** Reads what an earlier life of the background has stored. */
  async load(): Promise<void> {
    const { [KEY]: stored } = await this.#storage.get([KEY]);
    if (!Array.isArray(stored)) return;
    for (const entry of stored) {
      const owner = Array.isArray(entry) ? ownerIn(entry[1]) : null;
      if (owner && Array.isArray(entry)) this.#owners.set(String(entry[0]), owner);
    }
  }

  /** False where the document is another frame's. */
  claim(documentId: DocumentId, speaker: Speaker, incognito: boolean): boolean {
    const owner = this.#owners.get(documentId);
    if (owner && !isSameDocument(owner, speaker)) return false;
    const { tab, frame, origin, context } = speaker;
    if (owner && owner.frame === frame && owner.context === context) return true;
    this.#owners.set(documentId, {
      tab,
      frame,
      origin,
      context: context ?? owner?.context ?? null,
      incognito,
    });
    this.#trim(tab);
    void this.#store();
    return true;
  }

  /** By the browser's word; null where nobody knows the document, or its origin. */
  originOf(documentId: DocumentId): string | null {
    return this.#owners.get(documentId)?.origin ?? null;
  }

  addressOf(documentId: DocumentId): FrameAddress | null {
    return this.#owners.get(documentId) ?? null;
  }

  /** The tab is closed. */
  async forgetTab(tab: number): Promise<void> {
    for (const [documentId, owner] of this.#owners) if (owner.tab === tab) this.#owners.delete(documentId);
    await this.#store();
  }

  #trim(tab: number): void {
    const ofFrames = new Map<number, DocumentId[]>();
    let count = 0;
    for (const [documentId, owner] of this.#owners) {
      if (owner.tab !== tab) continue;
      count += 1;
      ofFrames.set(owner.frame, [...(ofFrames.get(owner.frame) ?? []), documentId]);
    }
    for (; count > MOST_OF_TAB; count -= 1) {
      const [first, ...others] = ofFrames.values();
      const most = others.reduce((one, other) => (other.length > one.length ? other : one), first ?? []);
      const oldest = most.shift();
      if (oldest !== undefined) this.#owners.delete(oldest);
    }
  }

  /** One writing at a time: what changes meanwhile is in the next one. */
  #store(): Promise<void> {
    this.#changed = true;
    this.#storing ??= this.#write().finally(() => {
      this.#storing = null;
    });
    return this.#storing;
  }

  async #write(): Promise<void> {
    while (this.#changed) {
      this.#changed = false;
      const known = [...this.#owners].filter(([, owner]) => !owner.incognito);
      // A storage that is full is the recorder's to clear; until then this life of the background knows.
      await this.#storage.set({ [KEY]: known }).catch(() => {});
    }
  }
}

function ownerIn(value: unknown): Owner | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!('tab' in value && 'frame' in value && 'origin' in value && 'context' in value)) return null;
  const { tab, frame, origin, context } = value;
  if (!isNumber(tab) || !isNumber(frame)) return null;
  return { tab, frame, origin: textOrNull(origin), context: textOrNull(context), incognito: false };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

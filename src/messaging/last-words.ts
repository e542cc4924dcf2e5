/**
 * What a document says while it goes away. A port that it opens then may die with it before a sleeping service worker
 * has started, so its relay also leaves its words where they wait for the worker: in `storage.session`, if the browser
 * lets a content script write there (Chrome does, Firefox does not and delivers the port instead).
 */
import { batchIn } from './batch.ts';
import type { Batch } from './private-port.ts';

/** Which frame of which tab. A content script learns it only from the background's first answer. */
export interface FrameAddress {
  readonly tab: number;
  readonly frame: number;
}

/** The frame of a document that was gone before anybody could say its number; no browser counts so far. On the way only: a trace says null. */
export const UNKNOWN_FRAME = 0x7fff_ffff;

/** What is known of a document that is gone without an address: enough for those who saw it to know it again. */
export interface LostDocument {
  readonly url: string;
  readonly top: boolean;
  /** When it went, Unix milliseconds. */
  readonly at: number;
}

export interface LastWords extends LostDocument {
  /** Of the relay's world, 'null' for an opaque one. */
  readonly origin: string;
  readonly address: FrameAddress | null;
  /** As in `Hello`. */
  readonly shown: number;
  readonly batch: Batch;
}

const PREFIX = 'last-words/';

export function lastWordsKey({ documentId, from }: Batch): string {
  return `${PREFIX}${documentId}/${from}`;
}

export function isLastWordsKey(key: string): boolean {
  return key.startsWith(PREFIX);
}

/** Null for anything that no relay wrote. */
export function parseLastWords(value: unknown): LastWords | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!('url' in value && 'top' in value && 'at' in value && 'batch' in value && 'address' in value))
    return null;
  const { url, top, at, address } = value;
  const batch = batchIn(value.batch);
  const origin = 'origin' in value && typeof value.origin === 'string' ? value.origin : null;
  const shown = 'shown' in value ? value.shown : null;
  if (typeof url !== 'string' || typeof top !== 'boolean' || !isTime(at) || !isTime(shown)) return null;
  return batch && origin !== null
    ? { url, origin, top, at, shown, batch, address: addressIn(address) }
    : null;
}

/** Null for what is no address. */
export function addressIn(value: unknown): FrameAddress | null {
  if (typeof value !== 'object' || value === null || !('tab' in value && 'frame' in value)) return null;
  const { tab, frame } = value;
  return isNumber(tab) && isNumber(frame) ? { tab, frame } : null;
}

/** Unix milliseconds. */
export function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** As browsers number tabs and frames. */
export function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

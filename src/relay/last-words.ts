/** Leaves what a document says while it goes away where it waits for the background: see `messaging/last-words.ts`. */
import { type FrameAddress, type LastWords, lastWordsKey } from '../messaging/last-words.ts';
import type { Batch } from '../messaging/private-port.ts';
import { incognito, runtime, session } from './extension.ts';

/** So many characters one document leaves at most: the storage is everybody's. */
const MOST_LEFT = 3 * 1024 * 1024;
let left = 0;

export function leave(batch: Batch, address: FrameAddress | null, shown: number): void {
  // Of private windows nothing is stored, and an orphan's storage is cut off.
  if (incognito || !session || !runtime.id) return;
  left += batch.text.length;
  if (left > MOST_LEFT) return;
  const words: LastWords = {
    url: seenAs(),
    origin: window.origin,
    top: window.top === window,
    at: Date.now(),
    shown,
    address,
    batch,
  };
  try {
    session.set({ [lastWordsKey(batch)]: words }).catch(() => {});
  } catch {
    // The extension was reloaded this moment; a refusal (full, or not opened yet by the background) comes later.
  }
}

/** The address by which others know this document; what has none of its own goes by its parent's, as far as it may. */
function seenAs(): string {
  let place: Window = window;
  try {
    while (!place.location.href.startsWith('http') && place !== place.parent) place = place.parent;
    return place.location.href;
  } catch {
    return location.href;
  }
}

/** Whose tab a document belonged to that was gone before it learned it: those who are still there are asked. */
import type { LostDocument } from '../messaging/last-words.ts';
import { initiator } from './surroundings.ts';

/**
 * If this document held the lost one in a frame, or came after it in the same tab: since when, Unix milliseconds, so
 * that the latest of several witnesses can be believed.
 */
export function seenSince({ url, top, at }: LostDocument): number | null {
  if (top) return window.top === window && tookOverAt(at) ? performance.timeOrigin : null;
  const begins = performance
    .getEntriesByName(url, 'resource')
    .filter((entry) => initiator(entry) === 'iframe')
    .map(({ startTime }) => performance.timeOrigin + startTime)
    .filter((begin) => begin <= at);
  if (begins.length > 0) return Math.max(...begins);
  // Frames without an address of their own go by this one.
  return location.href === url ? performance.timeOrigin : null;
}

/** A document goes between the begin of the next one's loading and the next one's first parsing. */
function tookOverAt(at: number): boolean {
  const [navigation] = performance.getEntriesByType('navigation');
  const since = at - performance.timeOrigin;
  const parsed = navigation && 'domInteractive' in navigation ? Number(navigation.domInteractive) : 0;
  return since >= 0 && (parsed === 0 || since <= parsed);
}

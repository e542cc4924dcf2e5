/** Whose tab a document belonged to that was gone before it learned it: those who are still there are asked. */
import type { LostDocument } from '../messaging/last-words.ts';
import { initiator } from './surroundings.ts';

/** A document that began to load so much later than another one went is not taken for its successor, in milliseconds. */
const LATEST = 10_000;

/**
 * If this document may have held the lost one in a frame, or come after it in the same tab: how far their times are
 * apart, in milliseconds, so that the nearest of several witnesses can be believed.
 */
export function seenApart({ url, top, at }: LostDocument): number | null {
  const { timeOrigin } = performance;
  if (top) return window.top === window ? apartFromLoading(at - timeOrigin) : null;
  const begins = performance
    .getEntriesByName(url, 'resource')
    .filter((entry) => initiator(entry) === 'iframe')
    .map(({ startTime }) => at - timeOrigin - startTime)
    .filter((apart) => apart >= 0);
  if (begins.length > 0) return Math.min(...begins);
  // Frames without an address of their own go by this one.
  return location.href === url ? Math.max(0, at - timeOrigin) : null;
}

/** A document goes about when the next one loads; its process may be told late, and another one may have followed. */
function apartFromLoading(since: number): number | null {
  const [navigation] = performance.getEntriesByType('navigation');
  const parsed = navigation && 'domInteractive' in navigation ? Number(navigation.domInteractive) : 0;
  const apart = since < 0 ? -since : parsed > 0 && since > parsed ? since - parsed : 0;
  return apart <= LATEST ? apart : null;
}

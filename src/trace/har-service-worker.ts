/**
 * Chrome writes a call that a service worker passed on twice: as the page asked, marked as answered by the worker, and
 * as the worker asked. In a trace it stands once, as the page saw it.
 */

/** What is compared of two entries. */
export interface Leg {
  readonly entry: number;
  /** Method, URL and body. */
  readonly call: string;
  /** Unix milliseconds; null where the file has no time. */
  readonly start: number | null;
  readonly end: number | null;
  /** True for the page's own call that a worker answered. */
  readonly viaWorker: boolean;
}

/** Chrome's clocks of two processes differ by this, milliseconds. */
const SKEW = 5;

/** Entries that are the worker's legs of calls which are there as the page's. */
export function workerLegs(legs: readonly Leg[]): ReadonlySet<number> {
  const free = new Map<string, Leg[]>();
  for (const leg of legs) {
    if (leg.viaWorker) continue;
    const same = free.get(leg.call);
    if (same === undefined) free.set(leg.call, [leg]);
    else same.push(leg);
  }
  const found = new Set<number>();
  for (const page of legs) {
    if (!page.viaWorker) continue;
    const candidates = free.get(page.call) ?? [];
    const at = candidates.findIndex((leg) => isWithin(leg, page));
    const [leg] = at === -1 ? [] : candidates.splice(at, 1);
    if (leg !== undefined) found.add(leg.entry);
  }
  return found;
}

function isWithin(leg: Leg, page: Leg): boolean {
  if (leg.start === null || page.start === null || page.end === null) return leg.entry > page.entry;
  return leg.start >= page.start - SKEW && leg.start <= page.end + SKEW;
}

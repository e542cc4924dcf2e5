/**
 * Programs write a call that was redirected as one entry for each server that it was sent to. The page made one call and
 * got the last answer: so it stands in the trace, as live.
 */
import type { Exchange } from './har-draft.ts';
import type { HarEntry } from './har-entry.ts';
import { headerValue } from './har-entry.ts';

/** What is compared of two entries. */
export interface RedirectLeg {
  readonly entry: number;
  readonly method: string;
  readonly url: string;
  /** Where its answer sends the call; null where the answer is no redirect. */
  readonly location: string | null;
  /** Unix milliseconds; null where the file has no time. */
  readonly start: number | null;
  readonly end: number | null;
}

/** Clocks of a file are as exact as milliseconds; a browser follows a redirect at once. */
const SKEW = 5;
const AT_ONCE = 2_000;
/** So many calls of one URL are looked at for each redirect. */
const CANDIDATES = 16;

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** The absolute URL that an answer redirects to; null where it does not. */
export function redirectTarget({ request, response }: HarEntry): string | null {
  if (response === undefined || !REDIRECTS.has(response.status)) return null;
  const said = headerValue(response.headers, 'location') || response.redirectURL;
  return said && URL.canParse(said, request.url) ? new URL(said, request.url).href : null;
}

/** The exchanges, with each redirected call as one: its request as the page made it, and the last answer. */
export function withRedirectsFollowed(
  exchanges: readonly Exchange[],
  legs: readonly RedirectLeg[],
): readonly Exchange[] {
  const next = nextLegs(legs);
  if (next.size === 0) return exchanges;
  const followed = new Set(next.values());
  const byEntry = new Map(exchanges.map((exchange) => [exchange.entry, exchange]));
  return exchanges.flatMap((exchange) => {
    if (followed.has(exchange.entry)) return [];
    let last = exchange;
    for (let entry = next.get(last.entry); entry !== undefined; entry = next.get(last.entry)) {
      const leg = byEntry.get(entry);
      if (leg === undefined) break;
      last = leg;
    }
    if (last === exchange) return [exchange];
    const [request] = exchange.drafts;
    return request === undefined
      ? [exchange]
      : [{ entry: last.entry, start: exchange.start, drafts: [request, ...last.drafts.slice(1)] }];
  });
}

/** The entry that each redirect leads to: the first that is sent there in time and no other redirect's. */
function nextLegs(legs: readonly RedirectLeg[]): ReadonlyMap<number, number> {
  const byUrl = new Map<string, RedirectLeg[]>();
  // The last ones first, so that what is behind a redirect can be taken from the end of a list.
  for (const leg of [...legs].reverse()) {
    const same = byUrl.get(leg.url);
    if (same === undefined) byUrl.set(leg.url, [leg]);
    else same.push(leg);
  }
  const next = new Map<number, number>();
  for (const redirect of legs) {
    const later = redirect.location === null ? undefined : byUrl.get(redirect.location);
    if (later === undefined) continue;
    // Every writer has a redirect before what it leads to.
    while ((later.at(-1)?.entry ?? Number.POSITIVE_INFINITY) <= redirect.entry) later.pop();
    for (let at = later.length - 1; at >= 0 && at >= later.length - CANDIDATES; at -= 1) {
      const leg = later[at];
      if (leg === undefined || !follows(leg, redirect)) continue;
      next.set(redirect.entry, leg.entry);
      later.splice(at, 1);
      break;
    }
  }
  return next;
}

function follows(leg: RedirectLeg, redirect: RedirectLeg): boolean {
  if (leg.method !== redirect.method && leg.method !== 'GET') return false;
  if (leg.start === null || redirect.start === null || redirect.end === null) return true;
  return leg.start >= redirect.start - SKEW && leg.start <= redirect.end + AT_ONCE;
}

/**
 * Whether a request that DevTools reports is one that the page's hook has seen: by method and URL, by the time of its
 * start, and by the bytes that it sent and received. Pure: the same order of calls gives the same verdicts.
 */
import type { Doubt, Payload } from '../../src/observation/observation.ts';
import type { HookRequest, HookRequests } from './hook-requests.ts';
import type { NetworkRequest } from './network-entry.ts';

/** `same`: the hook has it. `other`: it has not. With a doubt: it has one that is nearly the same. */
export type Verdict = { readonly is: 'same' } | { readonly is: 'other'; readonly doubt: Doubt | null };

/** Milliseconds between the starts of what may be one request. */
export const START_WITHIN = 50;
/**
 * Milliseconds up to which a start is doubtful. Where the bytes of both ways agree it is no doubt: on a busy machine a
 * request is sent, and so reported, long after the page asked for it.
 */
export const START_NEAR = 1_000;

export const SAME: Verdict = { is: 'same' };

/** Says whether the hook has the request, and then takes one of the hook's for it. */
export function judge(request: NetworkRequest, hook: HookRequests): Verdict {
  if (request.transport === 'eventsource') {
    const stream = hook.of(request.method, request.url).find((seen) => reconnects(request, seen));
    if (stream) return SAME;
  }
  const alike = alikeOf(request, hook);
  const free = alike.filter(({ seen }) => !seen.taken);
  const within = free.filter(({ apart }) => apart <= START_WITHIN);
  // Oldest first, so that a poll that is repeated faster than the clocks agree keeps its order.
  const certain =
    within.find(({ body, answer }) => body === 'same' && answer === 'same') ??
    within.find(({ body }) => body === 'same') ??
    within.find(({ answer }) => answer === 'same') ??
    free.find(({ body, answer }) => body === 'same' && answer === 'same');
  if (certain) {
    take(certain.seen, request, hook);
    return SAME;
  }
  const doubtful = within[0] ?? free[0];
  if (doubtful) {
    // Its content may end the doubt.
    if (!request.askContent) take(doubtful.seen, request, hook);
    return { is: 'other', doubt: doubtful.apart <= START_WITHIN ? 'body' : 'start' };
  }
  const rival = alike.some(({ apart }) => apart <= START_WITHIN);
  return { is: 'other', doubt: rival ? 'several' : null };
}

/** How many of the hook's requests may be this one, by all but its content; none where that alone would be in doubt. */
export function resembling(request: NetworkRequest, hook: HookRequests): number {
  return alikeOf(request, hook).filter(
    ({ seen, apart, body }) => !seen.taken && apart <= START_WITHIN && body === 'same',
  ).length;
}

function alikeOf(request: NetworkRequest, hook: HookRequests) {
  return hook
    .of(request.method, request.url)
    .filter((seen) => sameWay(request, seen))
    .map((seen) => ({ seen, ...likeness(request, seen) }))
    .filter(
      ({ body, answer, apart }) => body !== 'different' && answer !== 'different' && apart <= START_NEAR,
    );
}

/** True if `inner` is what a service worker asked the server for, in order to answer `outer`. */
export function isForwarded(inner: NetworkRequest, outer: NetworkRequest): boolean {
  return (
    outer.byServiceWorker &&
    !inner.byServiceWorker &&
    inner.method === outer.method &&
    inner.url === outer.url &&
    inner.start >= outer.start &&
    inner.end <= outer.end + 1 &&
    compare(inner.body, outer.body) !== 'different'
  );
}

function take(seen: HookRequest, request: NetworkRequest, hook: HookRequests): void {
  seen.taken = true;
  if (request.redirect) hook.addLeg(seen, request.redirect.method, request.redirect.url, request.end);
}

/** An EventSource connects again by itself: to the page that is one stream, to DevTools one request each time. */
function reconnects(request: NetworkRequest, seen: HookRequest): boolean {
  return (
    seen.transport === 'eventsource' &&
    request.start >= seen.start - START_WITHIN &&
    request.start <= seen.end + START_WITHIN
  );
}

function sameWay(request: NetworkRequest, seen: HookRequest): boolean {
  if (request.transport === null) return seen.transport !== 'socket';
  return request.transport === seen.transport;
}

type Likeness = 'same' | 'different' | 'unknown';

function likeness(request: NetworkRequest, seen: HookRequest) {
  return {
    apart: Math.abs(request.start - seen.start),
    body: seen.redirected ? ('same' as const) : compare(request.body, seen.body),
    answer: likenessOfAnswer(request, seen),
  };
}

function likenessOfAnswer(request: NetworkRequest, seen: HookRequest): Likeness {
  // There is nothing to tell two sockets of one URL apart by but their time.
  if (request.transport === 'socket') return 'same';
  // The page sees the end of a chain of redirections, DevTools each leg.
  if (request.redirect) return 'unknown';
  if (request.status === 0 && seen.status === 0)
    return seen.end === Number.POSITIVE_INFINITY ? 'unknown' : 'same';
  if (request.status === 0 || seen.status === 0) return 'unknown';
  // An answer from the cache was asked for anew, and is 304 to one and 200 to the other.
  if (request.status !== seen.status && request.status !== 304) return 'different';
  const whole = request.drafts.at(-1)?.content.kind === 'end';
  if (!whole || request.answer === null || seen.answer.length === 0) return 'unknown';
  return compare(request.answer, joined(seen.answer));
}

function joined(parts: readonly Payload[]): Payload | null {
  const [first] = parts;
  if (first === undefined || parts.length === 1) return first ?? null;
  return {
    encoding: parts.every(({ encoding }) => encoding === 'text') ? 'text' : 'none',
    data: parts.map(({ data }) => data).join(''),
    size: 0,
    truncated: parts.some(({ truncated }) => truncated),
  };
}

/** Whether two captures can be of the same bytes. What was not captured, or in another form, is not known. */
export function compare(one: Payload | null, other: Payload | null): Likeness {
  if (one === null && other === null) return 'same';
  if (one === null || other === null) return one?.data === '' || other?.data === '' ? 'unknown' : 'different';
  if (!comparable(one) || !comparable(other)) return 'unknown';
  if (one.encoding === other.encoding) return sameText(one.data, other.data);
  const [text, bytes] = one.encoding === 'text' ? [one, other] : [other, one];
  return bytesOf(bytes.data) === text.data ? 'same' : 'unknown';
}

/** DevTools keep less of an answer than the hook: Firefox a mebibyte. A part as long as that stands for the whole. */
const LONG_PART = 1_000_000;

function sameText(one: string, other: string): Likeness {
  if (one === other || withoutMark(one) === withoutMark(other) || asUtf8(one) === other) return 'same';
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short.length >= LONG_PART && long.startsWith(short)) return 'same';
  // Bytes that are no text were given up by one decoder or the other.
  return one.includes('\ufffd') || other.includes('\ufffd') ? 'unknown' : 'different';
}

/** XMLHttpRequest takes the byte order mark off, other readers do not. */
function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** A form or an object was captured as what it means, not as its bytes. */
function comparable({ encoding, note }: Payload): boolean {
  return (
    (encoding === 'text' || encoding === 'base64') && (note === undefined || note === 'url-search-params')
  );
}

/** Bytes as DevTools writes those of a request's body: one character each. */
function bytesOf(base64: string): string {
  try {
    return atob(base64);
  } catch {
    return '';
  }
}

/** The text whose UTF-8 bytes were written as characters; the text itself where it is no such thing. */
function asUtf8(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: every byte may occur.
  if (!/^[\x00-\xff]*[\x80-\xff][\x00-\xff]*$/.test(text)) return text;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(
      Uint8Array.from(text, (char) => char.charCodeAt(0)),
    );
  } catch {
    return text;
  }
}

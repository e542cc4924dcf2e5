/**
 * Whether a request that DevTools reports is one that the page's hook has seen: by method and URL, by the bytes that it
 * sent and received, and by the time of its start, which on a busy machine is no witness: a request is sent, and so
 * reported, long after the page asked for it. Each of the hook's stands for one report, so that however they are matched
 * the count is right. Pure: the same order of calls gives the same verdicts.
 */
import type { Doubt, Payload } from '../../src/observation/observation.ts';
import { type HookRequest, type HookRequests, messageOf } from './hook-requests.ts';
import type { NetworkRequest } from './network-entry.ts';

/** `same`: the hook has it. `other`: it has not. With a doubt: it has one that is nearly the same, the `rival`. */
export type Verdict =
  | { readonly is: 'same' }
  | { readonly is: 'other'; readonly doubt: Doubt | null; readonly rival: HookRequest | null };

/** Milliseconds between the starts of what may be one request. */
export const START_WITHIN = 50;
/** Milliseconds up to which a start is doubtful, where the bytes do not tell. */
export const START_NEAR = 1_000;
/** Milliseconds between the starts where the bytes of both ways agree, or where nobody but the hook's page speaks. */
export const START_FAR = 30_000;

export const SAME: Verdict = { is: 'same' };

/**
 * Says whether the hook has the request, and then takes one of the hook's for it.
 * @param alone nothing is known of this tab that no hook sees: then what the hook may have, it has
 */
export function judge(request: NetworkRequest, hook: HookRequests, alone: boolean): Verdict {
  if (request.transport === 'eventsource') {
    const stream = hook.of(request.method, request.url).find((seen) => reconnects(request, seen));
    if (stream) return SAME;
  }
  const alike = alikeOf(request, hook.of(request.method, request.url));
  const free = alike.filter(({ seen }) => !seen.taken);
  const certain = certainOf(request, free, alone);
  if (certain) {
    take(certain, request, hook);
    return SAME;
  }
  const doubtful = free.find(({ apart }) => apart <= START_NEAR);
  if (doubtful) {
    // Its content may end the doubt.
    if (!request.askContent) take(doubtful.seen, request, hook);
    const doubt = doubtful.apart <= START_WITHIN ? 'body' : 'start';
    return { is: 'other', doubt, rival: doubtful.seen };
  }
  const several = alike.some(({ apart }) => apart <= START_WITHIN);
  return { is: 'other', doubt: several ? 'several' : null, rival: null };
}

/**
 * Judges once more what was `other`, as if the hook's word had come in time: by what it said since of the `rival`, and by
 * requests of the hook that no report came for. Takes one of them where it is the same, and says which it was.
 */
export function judgeLate(
  request: NetworkRequest,
  rival: HookRequest | null,
  unreported: readonly HookRequest[],
  hook: HookRequests,
  alone: boolean,
): 'rival' | 'unreported' | null {
  if (rival && alikeOf(request, [rival]).some(agrees)) return 'rival';
  const free = alikeOf(request, unreported).filter(({ seen }) => !seen.taken);
  const certain = certainOf(request, free, alone);
  if (!certain) return null;
  take(certain, request, hook);
  return 'unreported';
}

/** Which of those that are free the request is, oldest first: a poll that is repeated faster than the clocks agree keeps its order. */
function certainOf(
  request: NetworkRequest,
  free: readonly Likely[],
  alone: boolean,
): HookRequest | undefined {
  const within = free.filter(({ apart }) => apart <= START_WITHIN);
  const near = free.filter(({ apart }) => apart <= START_NEAR);
  const certain =
    within.find(({ body, answer }) => body === 'same' && answer === 'same') ??
    within.find(({ body }) => body === 'same') ??
    within.find(({ answer }) => answer === 'same') ??
    near.find(agrees) ??
    free.find(agrees) ??
    // A socket that has said nothing yet has nothing else to be told by.
    (request.transport === 'socket' ? near[0] : undefined) ??
    (alone ? (near[0] ?? free[0]) : undefined);
  return certain?.seen;
}

/** Both ways agree. */
function agrees({ body, answer }: Likenesses): boolean {
  return body === 'same' && answer === 'same';
}

/** How many of the hook's requests may be this one, by all but its content; none where that alone would be in doubt. */
export function resembling(request: NetworkRequest, hook: HookRequests): number {
  return alikeOf(request, hook.of(request.method, request.url)).filter(
    ({ seen, apart, body }) => !seen.taken && apart <= START_WITHIN && body === 'same',
  ).length;
}

function alikeOf(request: NetworkRequest, list: readonly HookRequest[]): readonly Likely[] {
  return list
    .filter((seen) => sameWay(request, seen) && Math.abs(request.start - seen.start) <= START_FAR)
    .map((seen) => ({ seen, ...likeness(request, seen) }))
    .filter(({ body, answer }) => body !== 'different' && answer !== 'different');
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

interface Likenesses {
  /** Milliseconds between the starts. */
  readonly apart: number;
  readonly body: Likeness;
  readonly answer: Likeness;
}

interface Likely extends Likenesses {
  readonly seen: HookRequest;
}

function likeness(request: NetworkRequest, seen: HookRequest): Likenesses {
  return {
    apart: Math.abs(request.start - seen.start),
    body: seen.redirected ? ('same' as const) : compare(request.body, seen.body),
    answer: likenessOfAnswer(request, seen),
  };
}

function likenessOfAnswer(request: NetworkRequest, seen: HookRequest): Likeness {
  if (request.transport === 'socket') return likenessOfMessages(request, seen);
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

/** Two sockets of one URL are told apart by what went over them: either may have been looked at for longer. */
function likenessOfMessages({ drafts }: NetworkRequest, { messages }: HookRequest): Likeness {
  const reported = drafts.flatMap(({ content }) => (content.kind === 'frame' ? [messageOf(content)] : []));
  if (reported.length === 0 || messages.length === 0) return 'unknown';
  const known = new Set(messages);
  const first = reported.slice(0, messages.length);
  return 2 * first.filter((message) => known.has(message)).length >= first.length ? 'same' : 'different';
}

/** What was captured of an answer, but for messages of a stream that are no chat: DevTools' are left out as well. */
function joined(answer: readonly Payload[]): Payload | null {
  const parts = answer.length > 1 ? answer.filter(({ encoding }) => encoding !== 'none') : answer;
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

/** Either end keeps only so much of a long answer, Firefox's DevTools a mebibyte: the first part stands for the whole. */
const LONG_PART = 1_000_000;

function sameText(one: string, other: string): Likeness {
  if (one === other || withoutMark(one) === withoutMark(other) || asUtf8(one) === other) return 'same';
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short.length >= LONG_PART && long.startsWith(short.slice(0, LONG_PART))) return 'same';
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

/** Observations of a HAR file before they have their place in the trace. */
import type { Observation } from '../observation/observation.ts';
import type { FileTime } from './har-time.ts';

type Placed = 'documentId' | 'frame' | 'seq' | 'wallTime' | 'monotonicTime' | 'source' | 'of' | 'from' | 'to';
type WithoutPlace<T> = T extends unknown ? Omit<T, Placed> : never;
/** What a HAR file can tell of. */
type HarKind =
  | 'request'
  | 'response'
  | 'body'
  | 'chunk'
  | 'end'
  | 'abort'
  | 'error'
  | 'socket-open'
  | 'frame'
  | 'socket-close'
  | 'stream-event'
  | 'gap';

/** More than anybody can have recorded: such a count is none. */
const MOST_DROPPED = 1e9;

/** What the file says it left out of an entry. The oldest were dropped, so it stands before what is there. */
export function gapDrafts(dropped: number | undefined, at: number): Draft[] {
  const count = Math.floor(dropped ?? 0);
  return count > 0 && count <= MOST_DROPPED ? [{ at, content: { kind: 'gap', count, reason: 'file' } }] : [];
}

/** What an entry of the file tells, in the order in which it happened. The first one begins the exchange. */
export interface Draft {
  /** Unix milliseconds. */
  readonly at: number;
  readonly content: WithoutPlace<Extract<Observation, { kind: HarKind }>>;
}

/** Characters that a draft keeps of the file. */
export function draftChars(content: Draft['content']): number {
  switch (content.kind) {
    case 'request':
      return content.url.length + (content.body?.data.length ?? 0);
    case 'body':
    case 'chunk':
    case 'frame':
    case 'stream-event':
      return content.payload.data.length;
    default:
      return 0;
  }
}

/** The drafts of one entry. */
export interface Exchange {
  /** Index of the entry in the file. */
  readonly entry: number;
  /** When it began as far as the file says it, and how exactly; null where nothing may be judged by its times. */
  readonly start: FileTime | null;
  readonly drafts: readonly Draft[];
}

/** Observations that are given at once. */
const PORTION = 500;

/**
 * Puts exchanges together by time and numbers them, as one document.
 *
 * A start is cut off, to milliseconds or even to seconds, while durations have fractions: a poll that left right after
 * the last answer would seem to overlap it. So a start stands as late as it may have been, and after an answer in the
 * same millisecond. Of starts in whole seconds only polls stand late: what the page says stands before the answers of
 * that second, which may have ended the session. Exchanges without a time stand whole where the file has them.
 *
 * Gives the observations in portions, and at the end the index of the entry by the position of the exchange in the trace.
 */
export function* numberDrafts(
  document: { readonly documentId: string; readonly url: string },
  exchanges: readonly Exchange[],
): Generator<readonly Observation[], number[], undefined> {
  const { order, drafts, owners, times } = byTime(exchanges);
  const first = order[0] ?? 0;
  const origin = owners[first]?.start === null ? (times[first] ?? 0) : (drafts[first]?.at ?? 0);
  const place = (seq: number, wallTime: number) => ({
    documentId: document.documentId,
    frame: 0,
    seq,
    wallTime,
    monotonicTime: wallTime - origin,
    source: 'import' as const,
  });
  let portion: Observation[] = [
    { ...place(0, origin), kind: 'document', phase: 'start', url: document.url, origin: null, top: true },
  ];
  let count = 1;
  const exchangeStarts = new Map<Exchange, number>();
  const entryOfExchange: number[] = [];
  let wallTime = origin;
  for (const index of order) {
    const draft = drafts[index];
    const exchange = owners[index];
    if (draft === undefined || exchange === undefined) continue;
    const seq = count;
    count += 1;
    let of = exchangeStarts.get(exchange);
    if (of === undefined) {
      of = seq;
      exchangeStarts.set(exchange, seq);
      entryOfExchange.push(exchange.entry);
    }
    wallTime = Math.max(wallTime, exchange.start === null ? (times[index] ?? 0) : draft.at);
    portion.push(placedDraft(draft.content, place(seq, wallTime), of));
    if (portion.length < PORTION) continue;
    yield portion;
    portion = [];
  }
  yield portion;
  return entryOfExchange;
}

/** A draft's observation, at its place; `of` is the seq of the first one of its entry. */
export function placedDraft(
  content: Draft['content'],
  place: Pick<Observation, 'documentId' | 'frame' | 'seq' | 'wallTime' | 'monotonicTime' | 'source'>,
  of: number,
): Observation {
  switch (content.kind) {
    case 'request':
      return { ...place, ...content };
    case 'gap':
      return { ...place, from: place.seq, to: place.seq, ...content };
    default:
      return { ...place, of, ...content };
  }
}

interface Timeline {
  readonly drafts: readonly Draft[];
  /** The exchange of each draft. */
  readonly owners: readonly Exchange[];
  /** Where each draft stands, Unix milliseconds. */
  readonly times: readonly number[];
  /** Positions in `drafts`, by time; what is equal keeps the order of the file. */
  readonly order: Uint32Array;
}

/** Within an exchange the order of the file is the order of events, whatever its times say. */
function byTime(exchanges: readonly Exchange[]): Timeline {
  const drafts: Draft[] = [];
  const owners: Exchange[] = [];
  const times: number[] = [];
  /** When the latest request so far had its answer: behind it stands what has no time. */
  let latest = exchanges.find(({ start }) => start !== null)?.start?.at ?? 0;
  for (const exchange of exchanges) {
    let time = Number.NEGATIVE_INFINITY;
    for (const [index, draft] of exchange.drafts.entries()) {
      if (exchange.start === null) time = latest;
      else time = Math.max(time, index === 0 ? draft.at + lateness(exchange) : draft.at);
      drafts.push(draft);
      owners.push(exchange);
      times.push(time);
    }
    if (exchange.drafts[0]?.content.kind === 'request') latest = Math.max(latest, time);
  }
  const order = Uint32Array.from(drafts.keys());
  order.sort((one, other) => (times[one] ?? 0) - (times[other] ?? 0) || one - other);
  return { drafts, owners, order, times };
}

/** By how much later than written an exchange is put, milliseconds. */
function lateness({ start, drafts }: Exchange): number {
  const within = start?.within ?? 0;
  const first = drafts[0]?.content;
  const coarse = within > 1 && first?.kind === 'request' && first.method !== 'GET';
  return coarse ? 0 : within;
}

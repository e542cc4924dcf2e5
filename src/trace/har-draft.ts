/** Observations of a HAR file before they have their place in the trace. */
import type { Observation } from '../observation/observation.ts';

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

/** What the file says it left out of an entry. The oldest were dropped, so it stands before what is there. */
export function gapDrafts(dropped: number | undefined, at: number): Draft[] {
  const count = Math.floor(dropped ?? 0);
  return count > 0 ? [{ at, content: { kind: 'gap', count, reason: 'file' } }] : [];
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
  /** Milliseconds by which the true start may lie after the written one. */
  readonly startsWithin: number;
  readonly drafts: readonly Draft[];
}

export interface NumberedTrace {
  readonly observations: Observation[];
  /** Index of the entry, by the position of the exchange in the trace. */
  readonly entryOfExchange: number[];
}

/**
 * Puts exchanges together by time and numbers them, as one document.
 *
 * A start is written in whole milliseconds, cut off, while durations have fractions: a poll that left right after the
 * last answer would seem to overlap it. So a start stands as late as it may have been, and after an answer in the same
 * millisecond.
 */
export function numberDrafts(
  document: { readonly documentId: string; readonly url: string },
  exchanges: readonly Exchange[],
): NumberedTrace {
  const { order, drafts, owners } = byTime(exchanges);
  const origin = drafts[order[0] ?? 0]?.at ?? 0;
  const place = (seq: number, wallTime: number) => ({
    documentId: document.documentId,
    frame: 0,
    seq,
    wallTime,
    monotonicTime: wallTime - origin,
    source: 'import' as const,
  });
  const observations: Observation[] = [
    { ...place(0, origin), kind: 'document', phase: 'start', url: document.url, top: true },
  ];
  const exchangeStarts = new Map<Exchange, number>();
  const entryOfExchange: number[] = [];
  let wallTime = origin;
  for (const index of order) {
    const draft = drafts[index];
    const exchange = owners[index];
    if (draft === undefined || exchange === undefined) continue;
    const seq = observations.length;
    let of = exchangeStarts.get(exchange);
    if (of === undefined) {
      of = seq;
      exchangeStarts.set(exchange, seq);
      entryOfExchange.push(exchange.entry);
    }
    wallTime = Math.max(wallTime, draft.at);
    observations.push(placedDraft(draft.content, place(seq, wallTime), of));
  }
  return { observations, entryOfExchange };
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
  /** Positions in `drafts`, by time; what is equal keeps the order of the file. */
  readonly order: Uint32Array;
}

/** Within an exchange the order of the file is the order of events, whatever its times say. */
function byTime(exchanges: readonly Exchange[]): Timeline {
  const drafts: Draft[] = [];
  const owners: Exchange[] = [];
  const times: number[] = [];
  for (const exchange of exchanges) {
    let time = Number.NEGATIVE_INFINITY;
    for (const [index, draft] of exchange.drafts.entries()) {
      time = Math.max(time, index === 0 ? draft.at + exchange.startsWithin : draft.at);
      drafts.push(draft);
      owners.push(exchange);
      times.push(time);
    }
  }
  const order = Uint32Array.from(drafts.keys());
  order.sort((one, other) => (times[one] ?? 0) - (times[other] ?? 0) || one - other);
  return { drafts, owners, order };
}

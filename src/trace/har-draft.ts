/** Observations of a HAR file before they have their place in the trace. */
import type { Observation } from '../observation/observation.ts';

type Placed = 'documentId' | 'frame' | 'seq' | 'wallTime' | 'monotonicTime' | 'source' | 'of';
type WithoutPlace<T> = T extends unknown ? Omit<T, Placed> : never;
/** What a HAR file can tell of. */
type HarKind =
  | 'request'
  | 'response'
  | 'body'
  | 'end'
  | 'abort'
  | 'error'
  | 'socket-open'
  | 'frame'
  | 'socket-close'
  | 'stream-event';

/** What an entry of the file tells, in the order in which it happened. The first one begins the exchange. */
export interface Draft {
  /** Unix milliseconds. */
  readonly at: number;
  readonly content: WithoutPlace<Extract<Observation, { kind: HarKind }>>;
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

interface Waiting {
  /** Milliseconds by which it is sorted. */
  readonly key: number;
  readonly draft: Draft;
  readonly exchange: Exchange;
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
  const waiting = exchanges.flatMap(inOrder).sort((one, other) => one.key - other.key);
  const origin = waiting[0]?.draft.at ?? 0;
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
  for (const { draft, exchange } of waiting) {
    const seq = observations.length;
    let of = exchangeStarts.get(exchange);
    if (of === undefined) {
      of = seq;
      exchangeStarts.set(exchange, seq);
      entryOfExchange.push(exchange.entry);
    }
    wallTime = Math.max(wallTime, draft.at);
    const { content } = draft;
    observations.push(
      content.kind === 'request'
        ? { ...place(seq, wallTime), ...content }
        : { ...place(seq, wallTime), of, ...content },
    );
  }
  return { observations, entryOfExchange };
}

/** Within an exchange the order of the file is the order of events, whatever its times say. */
function inOrder(exchange: Exchange): Waiting[] {
  let key = Number.NEGATIVE_INFINITY;
  return exchange.drafts.map((draft, index) => {
    key = Math.max(key, index === 0 ? draft.at + exchange.startsWithin : draft.at);
    return { key, draft, exchange };
  });
}

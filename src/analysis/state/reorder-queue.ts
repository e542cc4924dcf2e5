/**
 * Frames of a socket are judged in their order. One whose bytes come later (a Blob has to be read first) holds back
 * those behind it until it is read, until it is given up, or until nothing more can come.
 */
import type { ExchangeId, RowIndex } from '../api/analysis.ts';
import type { Carrier } from '../tables/wire-message.ts';

export interface HeldFrame {
  /** Unix epoch milliseconds. */
  readonly since: number;
  /** Takes the frame; null while its bytes are not there. */
  take: (() => void) | null;
}

/** A frame whose bytes are not there yet, and the row that keeps its place. */
export interface LateFrame {
  readonly carrier: Carrier;
  readonly place: RowIndex;
}

/** Bytes that did not come by then are not waited for: the browser reads a Blob in milliseconds. */
const PATIENCE = 10_000;

/** A frame whose bytes are awaited by a name. */
interface Awaited {
  readonly exchange: ExchangeId;
  readonly held: HeldFrame;
}

/** Those of one socket that wait, the first at `from`. */
interface Queue {
  readonly frames: HeldFrame[];
  from: number;
}

export class HeldFrames {
  readonly #queues = new Map<ExchangeId, Queue>();
  readonly #ofDocument = new Map<number, Set<ExchangeId>>();
  readonly #awaited = new Map<string, Awaited>();
  readonly #documentOf: (exchange: ExchangeId) => number;

  /** `documentOf` gives the number of an exchange's document. */
  constructor(documentOf: (exchange: ExchangeId) => number) {
    this.#documentOf = documentOf;
  }

  holds(exchange: ExchangeId): boolean {
    return this.#queues.has(exchange);
  }

  /** Puts a frame, or what follows the frames, behind those that wait. */
  hold(exchange: ExchangeId, held: HeldFrame): void {
    this.#queue(exchange).frames.push(held);
    this.#go(exchange, held.since - PATIENCE);
  }

  /** Holds a frame whose bytes will be named by `key`. */
  await(key: string, exchange: ExchangeId, since: number): void {
    const held: HeldFrame = { since, take: null };
    this.#awaited.set(key, { exchange, held });
    this.hold(exchange, held);
  }

  /** The bytes of an awaited frame are there. One that was given up before is taken all the same, late. */
  arrived(key: string, take: () => void): void {
    const awaited = this.#awaited.get(key);
    if (awaited === undefined) return;
    this.#awaited.delete(key);
    const { exchange, held } = awaited;
    if (held.take !== null) take();
    else {
      held.take = take;
      this.#go(exchange, Number.NEGATIVE_INFINITY);
    }
  }

  /** Nothing more comes for the connections of a document, or of all: what waits is taken without what is missing. */
  release(document: number | 'all'): void {
    const exchanges = document === 'all' ? this.#queues.keys() : (this.#ofDocument.get(document) ?? []);
    for (const exchange of [...exchanges]) this.#go(exchange, Number.POSITIVE_INFINITY);
  }

  #queue(exchange: ExchangeId): Queue {
    const known = this.#queues.get(exchange);
    if (known !== undefined) return known;
    const queue: Queue = { frames: [], from: 0 };
    this.#queues.set(exchange, queue);
    const document = this.#documentOf(exchange);
    const exchanges = this.#ofDocument.get(document) ?? new Set();
    this.#ofDocument.set(document, exchanges.add(exchange));
    return queue;
  }

  /** Takes from the front what is there; what is missing and older than `limit` is passed over. */
  #go(exchange: ExchangeId, limit: number): void {
    const queue = this.#queues.get(exchange);
    if (queue === undefined) return;
    const { frames } = queue;
    for (; queue.from < frames.length; queue.from += 1) {
      const held = frames[queue.from];
      if (held === undefined || (held.take === null && held.since >= limit)) break;
      const { take } = held;
      held.take = PASSED;
      take?.();
    }
    if (queue.from === frames.length) this.#forget(exchange);
    else if (queue.from > frames.length / 2) {
      frames.splice(0, queue.from);
      queue.from = 0;
    }
  }

  #forget(exchange: ExchangeId): void {
    this.#queues.delete(exchange);
    const document = this.#documentOf(exchange);
    const exchanges = this.#ofDocument.get(document);
    exchanges?.delete(exchange);
    if (exchanges?.size === 0) this.#ofDocument.delete(document);
  }
}

/** What a frame that waits no more has in place of what takes it. */
const PASSED = () => undefined;

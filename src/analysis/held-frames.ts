/**
 * Frames of a socket are judged in their order. One whose bytes come later (a Blob has to be read first) holds back
 * those behind it until it is read, until it is given up, or until nothing more can come.
 */
import type { ExchangeId } from './analysis.ts';

export interface HeldFrame {
  /** Unix epoch milliseconds. */
  readonly since: number;
  /** Takes the frame; null while its bytes are not there. */
  take: (() => void) | null;
}

/** Bytes that did not come by then are not waited for: the browser reads a Blob in milliseconds. */
const PATIENCE = 10_000;

export class HeldFrames {
  readonly #queues = new Map<ExchangeId, HeldFrame[]>();
  readonly #awaited = new Map<string, { readonly exchange: ExchangeId; readonly held: HeldFrame }>();

  holds(exchange: ExchangeId): boolean {
    return this.#queues.has(exchange);
  }

  /** Puts a frame, or what follows the frames, behind those that wait. */
  hold(exchange: ExchangeId, held: HeldFrame): void {
    const queue = this.#queues.get(exchange);
    if (queue === undefined) this.#queues.set(exchange, [held]);
    else queue.push(held);
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
    if (this.#queues.get(exchange)?.includes(held) !== true) take();
    else {
      held.take = take;
      this.#go(exchange, Number.NEGATIVE_INFINITY);
    }
  }

  /** Nothing more comes for these connections: what waits is taken without what is missing. */
  release(belongs: (exchange: ExchangeId) => boolean = () => true): void {
    for (const exchange of [...this.#queues.keys()]) {
      if (belongs(exchange)) this.#go(exchange, Number.POSITIVE_INFINITY);
    }
  }

  /** Takes from the front what is there; what is missing and older than `limit` is passed over. */
  #go(exchange: ExchangeId, limit: number): void {
    const queue = this.#queues.get(exchange) ?? [];
    let done = 0;
    for (const { take, since } of queue) {
      if (take === null && since >= limit) break;
      done += 1;
      take?.();
    }
    queue.splice(0, done);
    if (queue.length === 0) this.#queues.delete(exchange);
  }
}

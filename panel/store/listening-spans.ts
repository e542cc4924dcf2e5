/**
 * When somebody listened for each session: a poll was held, or a socket or stream was open. Where nobody did, what the server
 * said was not heard. Grows with the exchanges, keeps few spans however many polls there are.
 */
import type { Analysis, ExchangeId } from '../../src/analysis/api/analysis.ts';

export interface Span {
  /** Unix epoch milliseconds. */
  readonly from: number;
  readonly to: number;
}

/** A client asks again at once: so many milliseconds between two polls are no deafness. */
export const AGAIN_WITHIN = 1_000;
/** Spans of a session; where there would be more, the shortest pauses are left out. */
const MOST_SPANS = 4_096;
/** Exchanges that are open, or whose session is not known yet. */
const MOST_OPEN = 2_000;

export class ListeningSpans {
  readonly #analysis: Analysis;
  readonly #settled = new Map<string, Spans>();
  #open: ExchangeId[] = [];
  #next: ExchangeId = 0;

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
  }

  /** Looks at the exchanges that came since, until `stop` says so. True when it has seen all. */
  lookOn(stop: () => boolean): boolean {
    this.#open = this.#open.filter((exchange) => !this.#settle(exchange)).slice(-MOST_OPEN);
    const { exchangeCount } = this.#analysis;
    while (this.#next < exchangeCount) {
      if (!this.#settle(this.#next)) this.#open.push(this.#next);
      this.#next += 1;
      if (this.#next % 512 === 0 && stop()) return this.#next >= exchangeCount;
    }
    return true;
  }

  /** The spans of a session in the order of time, none touching another; what is open goes on to `now`. */
  of(session: string, now: number): readonly Span[] {
    const spans = new Spans(this.#settled.get(session));
    for (const exchange of this.#open) {
      const listening = this.#analysis.listening(exchange);
      if (listening?.session === session) spans.add(listening.from, listening.to ?? now);
    }
    return spans.list;
  }

  /** True for what needs not be looked at again. */
  #settle(exchange: ExchangeId): boolean {
    const listening = this.#analysis.listening(exchange);
    if (listening === null) return true;
    const { session, from, to } = listening;
    if (session === null || to === null) return false;
    const spans = this.#settled.get(session) ?? new Spans();
    this.#settled.set(session, spans);
    spans.add(from, to);
    return true;
  }
}

class Spans {
  #list: Span[];
  #within = AGAIN_WITHIN;

  constructor(of?: Spans) {
    this.#list = of === undefined ? [] : [...of.#list];
    if (of !== undefined) this.#within = of.#within;
  }

  get list(): readonly Span[] {
    return this.#list;
  }

  add(from: number, to: number): void {
    if (!(to >= from)) return;
    const list = this.#list;
    // What ends later began later, nearly always.
    let at = list.length;
    while (at > 0 && (list[at - 1]?.from ?? 0) > from) at -= 1;
    list.splice(at, 0, { from, to });
    this.#mergeFrom(Math.max(0, at - 1));
    while (list.length > MOST_SPANS) {
      this.#within *= 2;
      this.#mergeFrom(0, list.length);
    }
  }

  /** Makes one span of those that touch, from a place on; stops at the first pause behind what was put there. */
  #mergeFrom(place: number, looked = 3): void {
    const list = this.#list;
    for (let at = place, left = looked; at + 1 < list.length && left > 0; left -= 1) {
      const [one, next] = [list[at], list[at + 1]];
      if (one === undefined || next === undefined) return;
      if (next.from - one.to > this.#within) at += 1;
      else {
        list.splice(at, 2, { from: one.from, to: Math.max(one.to, next.to) });
        left += 1;
      }
    }
  }
}

/** Milliseconds in which nobody listened, from the first to the last moment of the spans and up to `end`. */
export function deafFor(spans: readonly Span[], end: number): number {
  let deaf = 0;
  for (const [at, { to }] of spans.entries()) {
    const next = spans[at + 1]?.from ?? end;
    if (next - to > AGAIN_WITHIN) deaf += next - to;
  }
  return deaf;
}

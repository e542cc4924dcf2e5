/**
 * What waits to be taken in, in the order in which it came, but that nobody can fill the way: of each origin only so much
 * stands in it, and the rest waits for its turn. So a flood of one frame makes the others wait for a moment, however long it
 * is itself; within an origin nothing changes its order.
 */
import type { DocumentId, Observation } from '../../src/observation/observation.ts';

/** Of one origin, in the way at once: what a hook posts without an answer. */
const IN_THE_WAY = 2_000;
/** So many observations are handed out at once, so that the clock is looked at in between. */
const PORTION = 200;
/** So many documents are remembered with their origin. */
const MOST_DOCUMENTS = 10_000;

/** Observations of one origin, in a row. */
export interface Portion {
  /** The origin, or the frame where nobody said one that tells it apart. */
  readonly key: string;
  readonly observations: readonly Observation[];
}

export class FairQueue {
  /** A place whose portion is taken holds nothing: what is cleared is not kept here. */
  readonly #way: (Portion | undefined)[] = [];
  #taken = 0;
  /** How many observations of each origin are in the way, and what of it waits behind. */
  readonly #inTheWay = new Map<string, number>();
  readonly #behind = new Map<string, Portion[]>();
  readonly #origins = new Map<DocumentId, string>();

  get isEmpty(): boolean {
    return this.#taken === this.#way.length;
  }

  /** @param fair false for what was handed out before: it is handed out again in the order in which it stands */
  push(observations: readonly Observation[], fair = true): void {
    let from = 0;
    for (let at = 1; at <= observations.length; at++) {
      const first = observations[from];
      const next = observations[at];
      if (!first) return;
      const key = this.#keyOf(first);
      if (next && at - from < PORTION && next.documentId === first.documentId) continue;
      const portion = { key, observations: observations.slice(from, at) };
      if (fair) this.#append(portion);
      else this.#enter(portion);
      from = at;
    }
  }

  shift(): Portion | undefined {
    const portion = this.#way[this.#taken];
    if (!portion) return undefined;
    this.#way[this.#taken] = undefined;
    this.#taken += 1;
    // Seldom, so that a long way is not moved for every portion.
    if (this.isEmpty || this.#taken === 1_000) {
      this.#way.splice(0, this.#taken);
      this.#taken = 0;
    }
    this.#count(portion, -1);
    const behind = this.#behind.get(portion.key);
    const waiting = behind?.shift();
    if (behind?.length === 0) this.#behind.delete(portion.key);
    if (waiting) this.#enter(waiting);
    return portion;
  }

  /** Gives all that waits: in the order in which it would have been given. */
  clear(): readonly Observation[] {
    const all: Observation[] = [];
    for (let portion = this.shift(); portion; portion = this.shift()) all.push(...portion.observations);
    return all;
  }

  #append(portion: Portion): void {
    const behind = this.#behind.get(portion.key);
    if (behind) behind.push(portion);
    else if ((this.#inTheWay.get(portion.key) ?? 0) < IN_THE_WAY) this.#enter(portion);
    else this.#behind.set(portion.key, [portion]);
  }

  #enter(portion: Portion): void {
    this.#way.push(portion);
    this.#count(portion, 1);
  }

  #count({ key, observations }: Portion, sign: 1 | -1): void {
    const count = (this.#inTheWay.get(key) ?? 0) + sign * observations.length;
    if (count > 0) this.#inTheWay.set(key, count);
    else this.#inTheWay.delete(key);
  }

  /** The first observation of a document says its origin. Opaque origins are all written alike. */
  #keyOf(observation: Observation): string {
    const { documentId, frame } = observation;
    if (observation.kind === 'document' && observation.origin !== null && observation.origin !== 'null') {
      if (this.#origins.size >= MOST_DOCUMENTS) this.#origins.clear();
      this.#origins.set(documentId, observation.origin);
    }
    return this.#origins.get(documentId) ?? `frame ${frame}`;
  }
}

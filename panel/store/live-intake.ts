/** What the feed brings, on its way into the live trace: taken in once a frame, in slices, up to the panel's caps. */
import { batch } from '@preact/signals';
import { weight } from '../../src/messaging/place.ts';
import type { SettableCaps } from '../../src/observation/caps.ts';
import type { Observation } from '../../src/observation/observation.ts';
import { FairQueue, type Portion } from './fair-queue.ts';
import type { TraceModel } from './trace-model.ts';
import { oncePerFrame, SLICE_MS } from './work-schedule.ts';

/** Of the panel's caps so much is kept for others than the origin that holds the most. */
const FOR_OTHERS = 1 / 8;

/** Where an intake stood: what waited, and what was counted of the trace it filled. */
export interface IntakeState {
  readonly waiting: readonly Observation[];
  readonly bytes: number;
  readonly dropped: number;
}

export class LiveIntake {
  readonly #queue = new FairQueue();
  /** What of each origin is held. */
  readonly #held = new Map<string, { events: number; bytes: number }>();
  /** One batch of signals a frame: views draw once, however many portions there are. */
  readonly #schedule = oncePerFrame(() => batch(() => this.#work()));
  readonly #model: () => TraceModel;
  readonly #caps: () => Pick<SettableCaps, 'panelEvents' | 'panelBytes'>;
  readonly #full: (dropped: number) => void;
  #bytes = 0;
  #dropped = 0;

  /** `caps` says how much may be held now; `full` is told, whenever it grows, how many observations found no room. */
  constructor(
    model: () => TraceModel,
    caps: () => Pick<SettableCaps, 'panelEvents' | 'panelBytes'>,
    full: (dropped: number) => void,
  ) {
    this.#model = model;
    this.#caps = caps;
    this.#full = full;
  }

  take(observations: readonly Observation[]): void {
    this.#queue.push(observations);
    this.#schedule.request();
  }

  /** Gives what waits and how much was counted, and starts anew. */
  clear(): IntakeState {
    const state = { waiting: this.#queue.clear(), bytes: this.#bytes, dropped: this.#dropped };
    this.#schedule.cancel();
    this.#bytes = 0;
    this.#dropped = 0;
    this.#held.clear();
    return state;
  }

  /** Goes on where it was cleared. */
  restore({ waiting, bytes, dropped }: IntakeState): void {
    this.#bytes = bytes;
    this.#dropped = dropped;
    this.#full(dropped);
    this.#queue.push(waiting, false);
    this.#schedule.request();
  }

  /** Takes in what waits at once, for so many milliseconds: what is shown anew need not flicker. */
  hurry(milliseconds: number): void {
    this.#work(milliseconds);
  }

  #work(milliseconds = SLICE_MS): void {
    const until = performance.now() + milliseconds;
    for (let portion = this.#queue.shift(); portion; portion = this.#queue.shift()) {
      this.#add(portion);
      if (performance.now() >= until) break;
    }
    if (!this.#queue.isEmpty) this.#schedule.request();
  }

  #add({ key, observations }: Portion): void {
    const model = this.#model();
    const held = this.#held.get(key) ?? { events: 0, bytes: 0 };
    if (!this.#hasRoom(model, held)) {
      this.#dropped += observations.length;
      this.#full(this.#dropped);
      return;
    }
    const { events } = model.analysis.totals;
    const bytes = observations.reduce((sum, observation) => sum + weight(observation), 0);
    this.#bytes += bytes;
    addAll(model, observations);
    held.bytes += bytes;
    held.events += model.analysis.totals.events - events;
    this.#held.set(key, held);
  }

  #hasRoom(model: TraceModel, held: { readonly events: number; readonly bytes: number }): boolean {
    const { panelBytes, panelEvents } = this.#caps();
    const share = 1 - FOR_OTHERS;
    return (
      this.#bytes < panelBytes &&
      model.analysis.totals.events < panelEvents &&
      held.bytes < panelBytes * share &&
      held.events < panelEvents * share
    );
  }
}

/** An observation that the analysis fails on is tried once, and said as lost; the others go on. */
function addAll(model: TraceModel, observations: readonly Observation[]): void {
  const before = model.analysis.totals.observations;
  try {
    model.add(observations);
  } catch (error) {
    reportError(error);
    const held = model.analysis.totals.observations;
    const taken = held - before;
    const [next, ...others] = observations.slice(taken);
    const fails = next !== undefined && !addAlone(model, next);
    // It has failed on the last that it took, unless it refuses the next one.
    const refused = fails && model.analysis.totals.observations === held;
    const last = refused ? undefined : observations[taken - 1];
    if (last) addAlone(model, lossOf(last));
    if (fails) addAlone(model, lossOf(next));
    for (const observation of others) {
      if (!addAlone(model, observation)) addAlone(model, lossOf(observation));
    }
  }
}

function addAlone(model: TraceModel, observation: Observation): boolean {
  try {
    model.add([observation]);
    return true;
  } catch (error) {
    reportError(error);
    return false;
  }
}

function lossOf({ documentId, frame, seq, wallTime, monotonicTime, source }: Observation): Observation {
  const place = { documentId, frame, seq, wallTime, monotonicTime, source };
  return { ...place, kind: 'gap', from: seq, to: seq, count: 1, reason: 'malformed' };
}

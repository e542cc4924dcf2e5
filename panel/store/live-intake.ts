/** What the feed brings, on its way into the live trace: taken in once a frame, in slices, up to the panel's caps. */
import { batch } from '@preact/signals';
import type { SettableCaps } from '../../src/observation/caps.ts';
import type { Observation, Payload } from '../../src/observation/observation.ts';
import type { TraceModel } from './trace-model.ts';
import { oncePerFrame, SLICE_MS } from './work-schedule.ts';

/** How many observations the analysis is given at once, so that the clock is looked at in between. */
const PORTION = 200;

export class LiveIntake {
  readonly #waiting: Observation[][] = [];
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
    for (let from = 0; from < observations.length; from += PORTION) {
      this.#waiting.push(observations.slice(from, from + PORTION));
    }
    this.#schedule.request();
  }

  /** Gives what waits and starts the count anew. */
  clear(): readonly Observation[] {
    const waiting = this.#waiting.splice(0).flat();
    this.#schedule.cancel();
    this.#bytes = 0;
    this.#dropped = 0;
    return waiting;
  }

  #work(): void {
    const until = performance.now() + SLICE_MS;
    let done = 0;
    for (const portion of this.#waiting) {
      this.#add(portion);
      done++;
      if (performance.now() >= until) break;
    }
    this.#waiting.splice(0, done);
    if (this.#waiting.length > 0) this.#schedule.request();
  }

  #add(portion: readonly Observation[]): void {
    const model = this.#model();
    const { panelBytes, panelEvents } = this.#caps();
    if (this.#bytes >= panelBytes || model.analysis.totals.events >= panelEvents) {
      this.#dropped += portion.length;
      this.#full(this.#dropped);
      return;
    }
    for (const observation of portion) this.#bytes += sizeOf(observation);
    model.add(portion);
  }
}

/** Rough memory of an observation: its text, and a constant for the object around it. */
function sizeOf(observation: Observation): number {
  const payload: Payload | null =
    'payload' in observation ? observation.payload : 'body' in observation ? observation.body : null;
  return 200 + (payload?.data.length ?? 0);
}

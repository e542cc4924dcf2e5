/**
 * How a session's states agree with the model, as cheaply as possible: an optimal alignment as conformance checking
 * has it. A synchronous move follows both; a log move takes a state that the model has no step to (an unexpected
 * state); a model move takes a step of the model that the session did not show (a missing state). The shortest path in
 * the product of the session and the model gives the fewest moves that disagree.
 *
 * Of several paths that cost the same the one is taken that a person would tell:
 * 1. It follows the session as long as it can, so that what came later is blamed and not what came before.
 * 2. What came has come: a missing state is told rather than an unexpected one.
 * 3. Of several missing states it is the one whose step the model lists first; a model lists the likeliest first.
 */
import type { SessionModel } from '../../protocol/chat-protocol.ts';

export type Move =
  | { readonly kind: 'synchronous'; readonly state: string; readonly position: number }
  /** The session took the state; the model has no step to it here. */
  | { readonly kind: 'unexpected'; readonly state: string; readonly position: number }
  /** The model goes through the state; the session did not show it, before `position`. */
  | { readonly kind: 'missing'; readonly state: string; readonly position: number };

export interface Alignment {
  /** How many moves disagree; 0 when the session follows the model. */
  readonly cost: number;
  readonly moves: readonly Move[];
}

/** A state that a session was in. */
export interface ShownState {
  readonly state: string;
  /** Observations were lost before it: a session that lived may have taken any steps there that nobody saw. */
  readonly afterGap: boolean;
}

/**
 * Aligns the states that a session was in, one after the other, repetitions left out. The first may be any state. A
 * session that still runs may stop anywhere; one whose last state is an end stops there, and so both are prefixes of
 * what the model has: any state reached will do.
 */
export function align(shown: readonly ShownState[], model: SessionModel): Alignment {
  const steps = modelSteps(model);
  const costs = costsToGo(shown, steps);
  const moves: Move[] = [];
  let at = steps.anywhere;
  for (let position = 0; position < shown.length; ) {
    const here = costs(position);
    const next = costs(position + 1);
    const { state = '', afterGap = false } = shown[position] ?? {};
    if (afterGap && steps.lives(at)) at = steps.anywhere;
    const to = steps.step(at, state);
    const missing = steps.next(at).find((through) => here(through) + 1 === here(at));
    if (to !== null && next(to) === here(at)) {
      moves.push({ kind: 'synchronous', state, position });
      at = to;
      position += 1;
    } else if (missing !== undefined) {
      moves.push({ kind: 'missing', state: steps.name(missing), position });
      at = missing;
    } else {
      moves.push({ kind: 'unexpected', state, position });
      position += 1;
    }
  }
  return { cost: costs(0)(steps.anywhere), moves };
}

/** The steps of a machine, as `align` takes them. */
export function shownStates(
  steps: readonly { readonly to: string; readonly afterGap: boolean }[],
): ShownState[] {
  return steps
    .filter((step, at) => step.to !== steps[at - 1]?.to)
    .map(({ to, afterGap }) => ({ state: to, afterGap }));
}

/** The model with its states as numbers, and one more: `anywhere`, where nothing is known of where the session is. */
interface ModelSteps {
  readonly anywhere: number;
  /** The state that the step leads to; null where the model has no such step. */
  step(from: number, to: string): number | null;
  /** Where the model's own steps lead, the likeliest first. */
  next(from: number): readonly number[];
  lives(state: number): boolean;
  name(state: number): string;
}

function modelSteps(model: SessionModel): ModelSteps {
  const names = model.states.map((state) => state.id);
  const numbers = new Map(names.map((name, number) => [name, number]));
  const next: number[][] = names.map(() => []);
  for (const { from, to } of model.transitions) {
    const target = numbers.get(to);
    if (target !== undefined && from !== to) next[numbers.get(from) ?? -1]?.push(target);
  }
  const anywhere = names.length;
  const name = (state: number) => names[state] ?? '';
  return {
    anywhere,
    step: (from, to) => {
      const allowed = from === anywhere || model.allows(name(from), to);
      return allowed ? (numbers.get(to) ?? null) : null;
    },
    next: (from) => next[from] ?? [],
    lives: (state) => state !== anywhere && !model.isEnd(name(state)),
    name,
  };
}

/** What the way to the session's end costs at least, from each position and state of the model. */
function costsToGo(
  shown: readonly ShownState[],
  steps: ModelSteps,
): (position: number) => (state: number) => number {
  const width = steps.anywhere + 1;
  const costs = new Int32Array((shown.length + 1) * width);
  for (let position = shown.length - 1; position >= 0; position -= 1) {
    const { state = '', afterGap = false } = shown[position] ?? {};
    const here = costs.subarray(position * width, (position + 1) * width);
    const next = costs.subarray((position + 1) * width, (position + 2) * width);
    const cheapest = (at: number) => {
      const to = steps.step(at, state);
      const unexpected = (next[at] ?? 0) + 1;
      return to === null ? unexpected : Math.min(next[to] ?? 0, unexpected);
    };
    for (let at = 0; at < width; at += 1) here[at] = cheapest(at);
    const free = here[steps.anywhere] ?? 0;
    if (afterGap) for (let at = 0; at < width; at += 1) if (steps.lives(at)) here[at] = free;
    throughMissing(here, steps);
  }
  return (position) => (state) => costs[position * width + state] ?? 0;
}

/** Model moves stay at their position: as many as pay. */
function throughMissing(here: Int32Array, steps: ModelSteps): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (let at = 0; at < here.length; at += 1) {
      for (const through of steps.next(at)) {
        const cost = (here[through] ?? 0) + 1;
        if (cost >= (here[at] ?? 0)) continue;
        here[at] = cost;
        changed = true;
      }
    }
  }
}

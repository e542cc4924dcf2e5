/**
 * How a session's states agree with the model, as cheaply as possible: an optimal alignment as conformance checking
 * has it. A synchronous move follows both; a log move takes a state that the model has no step to (an unexpected
 * state); a model move takes a step of the model that the session did not show (a missing state). The shortest path in
 * the product of the session and the model gives the fewest moves that disagree.
 */
import type { SessionModel } from '../protocol/chat-protocol.ts';

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

/**
 * Aligns the states that a session was in, one after the other, repetitions left out. The first may be any state. A
 * session that still runs may stop anywhere; one whose last state is an end stops there, and so both are prefixes of
 * what the model has: any state reached will do.
 */
export function align(states: readonly string[], model: SessionModel): Alignment {
  const names = model.states.map((state) => state.id);
  const width = names.length + 1;
  const nowhere = names.length;
  const cost = new Int32Array((states.length + 1) * width).fill(-1);
  const cameFrom = new Int32Array(cost.length).fill(-1);
  const moveKind = new Uint8Array(cost.length);
  // 0-1 BFS: agreeing moves cost nothing and go on at once, the others wait for the next round.
  let round: number[] = [nowhere];
  let next: number[] = [];
  cost[nowhere] = 0;
  let paid = 0;
  const settled = new Uint8Array(cost.length);
  let goal = -1;
  while (goal === -1 && round.length > 0) {
    while (round.length > 0) {
      const node = round.pop() ?? 0;
      if (settled[node] === 1) continue;
      settled[node] = 1;
      const position = Math.floor(node / width);
      if (position === states.length) {
        goal = node;
        break;
      }
      const at = node % width;
      const wanted = states[position] ?? '';
      const to = names.indexOf(wanted);
      if (to !== -1 && (at === nowhere || model.allows(names[at] ?? '', wanted))) {
        reach((position + 1) * width + to, node, SYNCHRONOUS, paid, round);
      }
      reach(node + width, node, UNEXPECTED, paid + 1, next);
      if (at === nowhere) continue;
      for (const missing of model.next(names[at] ?? '')) {
        const through = names.indexOf(missing);
        if (through !== at) reach(position * width + through, node, MISSING, paid + 1, next);
      }
    }
    round = next;
    next = [];
    paid += 1;
  }

  function reach(node: number, from: number, kind: number, price: number, queue: number[]): void {
    const known = cost[node] ?? -1;
    if (settled[node] === 1 || (known !== -1 && known <= price)) return;
    cost[node] = price;
    cameFrom[node] = from;
    moveKind[node] = kind;
    queue.push(node);
  }

  const moves: Move[] = [];
  for (let node = goal; node !== nowhere && node !== -1; node = cameFrom[node] ?? -1) {
    const position = Math.floor(node / width);
    const kind = moveKind[node];
    if (kind === MISSING) moves.push({ kind: 'missing', state: names[node % width] ?? '', position });
    else {
      const state = states[position - 1] ?? '';
      moves.push({
        kind: kind === SYNCHRONOUS ? 'synchronous' : 'unexpected',
        state,
        position: position - 1,
      });
    }
  }
  return { cost: Math.max(0, cost[goal] ?? 0), moves: moves.reverse() };
}

const SYNCHRONOUS = 0;
const UNEXPECTED = 1;
const MISSING = 2;

/** The states of a machine's steps, as `align` takes them. */
export function statesOf(steps: readonly { readonly to: string }[]): string[] {
  return steps.map((step) => step.to).filter((state, at, all) => state !== all[at - 1]);
}

/** The machine of one session as it stands, or as it stood just after a row. */

import type { SessionModel } from '../../protocol/chat-protocol.ts';
import type { Conformance, MachineView, RowIndex, StepView } from '../api/analysis.ts';
import type { Session } from '../sessions/session.ts';
import type { Step } from '../sessions/step.ts';
import type { TraceState } from '../state/trace-state.ts';
import { align, shownStates } from './alignment.ts';

export function machineView(state: TraceState, id: string, upTo?: RowIndex): MachineView | null {
  const session = state.sessions.find(id);
  if (session === undefined) return null;
  const { model } = session.protocol;
  const history = historyOf(session);
  const count = upTo === undefined ? session.steps.length : stepsUntil(session, upTo);
  const until = upTo === undefined ? session.lastAt : state.rows.wallTime(upTo);
  const { dwell, counts } = history.after(count, until);
  const last = session.steps[count - 1];
  return {
    session: session.id,
    model,
    current: last === undefined ? model.initial : isHeld(model, last) ? (last.from ?? last.to) : last.to,
    steps: history.views.slice(0, count),
    dwell: Object.fromEntries(dwell),
    counts: Object.fromEntries(counts),
  };
}

/** How the session's states agree with the model, as cheaply as possible; null for a session that is not there. */
export function conformanceOf(state: TraceState, id: string): Conformance | null {
  const session = state.sessions.find(id);
  if (session === undefined) return null;
  const steps = session.steps.filter((step, at, all) => step.to !== all[at - 1]?.to);
  const { cost, moves } = align(shownStates(steps), session.protocol.model);
  return {
    cost,
    moves: moves.map(({ kind, state: at, position }) => ({
      kind,
      state: at,
      // What is missing was expected before the step at its position.
      row: steps[position]?.row ?? null,
      seq: steps[position]?.seq ?? null,
    })),
  };
}

/** What is told after an end leads nowhere. */
function isHeld(model: SessionModel, step: Step): boolean {
  return step.from !== null && !step.allowed && model.isEnd(step.from);
}

/** Dwell and counts are summed once, and kept for every so many steps. */
const KEPT_EVERY = 256;

interface Sums {
  readonly dwell: Map<string, number>;
  readonly counts: Map<string, number>;
}

/** A session's steps as views, with the sums over the first 0, 256, 512 … of them. */
class History {
  readonly views: StepView[] = [];
  readonly #sums: Sums[] = [];
  readonly #model: SessionModel;
  readonly steps: readonly Step[];

  constructor(model: SessionModel, steps: readonly Step[]) {
    this.#model = model;
    this.steps = steps;
  }

  grow(): void {
    const model = this.#model;
    for (let at = this.views.length; at < this.steps.length; at += 1) {
      const step = this.steps[at];
      if (step === undefined) return;
      const expected = step.allowed || step.from === null ? [] : model.next(step.from);
      this.views.push({ ...step, expected });
    }
  }

  /** Sums over the first `count` steps; the last of them lasts until `until`. */
  after(count: number, until: number): Sums {
    const kept = Math.floor(Math.max(0, count - 1) / KEPT_EVERY);
    for (let at = this.#sums.length; at <= kept; at += 1) this.#sums.push(this.#between(at));
    const from = this.#sums[kept] ?? { dwell: new Map(), counts: new Map() };
    const sums: Sums = { dwell: new Map(from.dwell), counts: new Map(from.counts) };
    for (let at = kept * KEPT_EVERY; at < count; at += 1) {
      this.#add(sums, at, at + 1 < count ? (this.steps[at + 1]?.wallTime ?? until) : until);
    }
    return sums;
  }

  #between(kept: number): Sums {
    const before = this.#sums[kept - 1];
    const sums: Sums = { dwell: new Map(before?.dwell), counts: new Map(before?.counts) };
    for (let at = Math.max(0, kept - 1) * KEPT_EVERY; at < kept * KEPT_EVERY; at += 1) {
      this.#add(sums, at, this.steps[at + 1]?.wallTime ?? Number.NEGATIVE_INFINITY);
    }
    return sums;
  }

  #add({ dwell, counts }: Sums, at: number, until: number): void {
    const step = this.steps[at];
    if (step === undefined) return;
    if (step.from !== null) {
      const key = `${step.from}→${step.to}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    // Nobody stays in an end, nor in what is told after it.
    if (this.#model.isEnd(step.to) || isHeld(this.#model, step)) return;
    dwell.set(step.to, (dwell.get(step.to) ?? 0) + Math.max(0, until - step.wallTime));
  }
}

const histories = new WeakMap<Session, History>();

function historyOf(session: Session): History {
  let history = histories.get(session);
  // Sessions that turned out to be one have other steps than either had.
  if (history === undefined || history.steps !== session.steps) {
    history = new History(session.protocol.model, session.steps);
    histories.set(session, history);
  }
  history.grow();
  return history;
}

/** How many steps had been taken by the row: they are in the order of their rows. */
function stepsUntil(session: Session, row: RowIndex): number {
  let low = 0;
  let high = session.steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((session.steps[middle]?.row ?? 0) <= row) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The machine of one session as it stands, or as it stood just after a row. */
import type { MachineView, RowIndex, StepView } from './analysis.ts';
import type { Session } from './session.ts';
import type { TraceState } from './trace-state.ts';

export function machineView(state: TraceState, id: string, upTo?: RowIndex): MachineView | null {
  const session = state.sessions.find(id);
  if (session === undefined) return null;
  const taken = upTo === undefined ? session.steps : session.steps.slice(0, stepsUntil(session, upTo));
  const { model } = state.protocol;
  const steps = taken.map(
    (step): StepView => ({
      ...step,
      expected: step.allowed || step.from === null ? [] : model.next(step.from),
    }),
  );
  const until = upTo === undefined ? session.lastAt : state.rows.wallTime(upTo);
  return {
    session: session.id,
    current: steps.at(-1)?.to ?? model.initial,
    steps,
    dwell: dwellOf(steps, until, (to) => model.isEnd(to)),
    counts: countsOf(steps),
  };
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

/** Milliseconds in each live state; nobody stays in an end. */
function dwellOf(
  steps: readonly StepView[],
  until: number,
  isEnd: (state: string) => boolean,
): Readonly<Record<string, number>> {
  const dwell = new Map<string, number>();
  steps.forEach((step, at) => {
    if (isEnd(step.to)) return;
    const left = steps[at + 1]?.wallTime ?? Math.max(until, step.wallTime);
    dwell.set(step.to, (dwell.get(step.to) ?? 0) + Math.max(0, left - step.wallTime));
  });
  return Object.fromEntries(dwell);
}

function countsOf(steps: readonly StepView[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { from, to } of steps) {
    if (from === null) continue;
    const key = `${from}→${to}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}

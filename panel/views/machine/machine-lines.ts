/** What the machine of a session comes to: its states, the lines between them and how often each was gone. */
import type { MachineView } from '../../../src/analysis/api/analysis.ts';
import type { SessionModel } from '../../../src/protocol/chat-protocol.ts';
import type { ExpectedStep } from './deviations.ts';

/** `taken`: the session went it. `foreign`: it went there and the model has no such step. `expected`: what the
 * model would have had there. `possible`: where the session may go next. */
export type LineKind = 'possible' | 'expected' | 'taken' | 'foreign';

export interface Line {
  readonly from: string;
  readonly to: string;
  readonly kind: LineKind;
  readonly count: number;
  /** True where the model would have had the step at a place where the session did not take it. */
  readonly expected: boolean;
}

/** The transitions that the session took, in the order of their first time. */
export function takenLines(machine: MachineView): readonly Line[] {
  const lines = new Map<string, Line>();
  for (const step of machine.steps) {
    if (step.from === null) continue;
    const key = lineKey(step.from, step.to);
    const count = (lines.get(key)?.count ?? 0) + 1;
    lines.set(key, {
      from: step.from,
      to: step.to,
      kind: step.allowed ? 'taken' : 'foreign',
      count,
      expected: false,
    });
  }
  return [...lines.values()];
}

/** All lines to draw; where two share a way, the one that says more. */
export function drawnLines(
  machine: MachineView,
  model: SessionModel,
  expected: readonly ExpectedStep[],
): readonly Line[] {
  const lines = new Map<string, Line>();
  const draw = (from: string, to: string, kind: LineKind) => {
    lines.set(lineKey(from, to), { from, to, kind, count: 0, expected: kind === 'expected' });
  };
  if (!model.isEnd(machine.current)) {
    for (const to of model.next(machine.current))
      if (to !== machine.current) draw(machine.current, to, 'possible');
  }
  for (const { from, to } of expected) draw(from, to, 'expected');
  for (const line of takenLines(machine)) {
    const key = lineKey(line.from, line.to);
    lines.set(key, { ...line, expected: lines.get(key)?.expected === true });
  }
  return [...lines.values()];
}

export interface StateLine {
  readonly id: string;
  readonly visits: number;
  /** Milliseconds; null for a state in which the session never was. */
  readonly dwell: number | null;
  readonly current: boolean;
  readonly known: boolean;
}

/** The model's states in their order, then those that the session had and the model does not. */
export function stateLines(machine: MachineView, model: SessionModel): readonly StateLine[] {
  const visits = new Map<string, number>();
  for (const { from, to } of machine.steps) if (from !== to) visits.set(to, (visits.get(to) ?? 0) + 1);
  const known = model.states.map((state) => state.id);
  const foreign = [...visits.keys(), machine.current].filter((id) => !known.includes(id));
  return [...known, ...new Set(foreign)].map((id) => {
    const dwell = Object.hasOwn(machine.dwell, id) ? machine.dwell[id] : undefined;
    return {
      id,
      visits: visits.get(id) ?? 0,
      dwell: dwell ?? null,
      current: id === machine.current,
      known: known.includes(id),
    };
  });
}

export function lineKey(from: string, to: string): string {
  return `${from}→${to}`;
}

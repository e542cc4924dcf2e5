/** Steps a session through its model, as status events, ends and answers tell its states. */
import type { EventSeq, RowIndex } from './analysis.ts';
import type { Session, Step } from './session.ts';
import type { TraceState } from './trace-state.ts';

export interface StepPlace {
  readonly row: RowIndex;
  readonly seq: EventSeq | null;
  readonly wallTime: number;
}

/** Takes the session to a state. Null when it stands there already: a state may be told again. */
export function step(state: TraceState, session: Session, to: string, place: StepPlace): Step | null {
  const first = session.steps.length === 0 && !session.seenAlive;
  session.seenAlive = true;
  const afterGap = session.stateMayHaveChanged;
  session.stateMayHaveChanged = false;
  if (session.state === to && !first) return null;
  const { model } = state.protocol;
  const from = first ? null : session.state;
  // Nothing leads out of an end, seen or not.
  const allowed = from === null || model.allows(from, to) || (afterGap && !model.isEnd(from));
  const { row, seq, wallTime } = place;
  const taken: Step = { from, to, row, seq, wallTime, allowed, afterGap };
  session.steps.push(taken);
  state.sessionsChanged = true;
  // An end stays the end, whatever is told after it.
  if (from !== null && !allowed && model.isEnd(from)) return taken;
  session.state = to;
  if (model.isEnd(to)) session.end = { state: to, row };
  return taken;
}

/** The states that a status event or an answer may tell; ends such as `gone` are ours and cannot be told. */
export function toldStates(state: TraceState): ReadonlySet<string> {
  const declared = state.protocol.declaration('chat_session_status', 'in')?.fields;
  const values = declared?.find((field) => field.name === 'state')?.values ?? [];
  const modelled = new Set(state.protocol.model.states.map((each) => each.id));
  return new Set(values.map((each) => each.value).filter((value) => modelled.has(value)));
}

/** Asks each rule of what trackers noticed, and keeps its findings. */
import type { Check, JudgedSession, Moment, What } from '../state/moments.ts';
import type { TraceState } from '../state/trace-state.ts';
import { deliveryChecks } from './delivery.ts';
import { lifecycleChecks } from './lifecycle.ts';
import { orderChecks } from './order.ts';
import { transportChecks } from './transport.ts';

/** Every rule on sessions and transports, in the order in which they are asked. Those on one event or body by itself are the protocol's. */
export const checks: readonly Check[] = [
  ...orderChecks,
  ...lifecycleChecks,
  ...transportChecks,
  ...deliveryChecks,
];

/** Judges what was noticed since the last time, first things first. */
export function judge(state: TraceState): void {
  const { moments } = state;
  if (moments.length === 0) return;
  for (const moment of moments) {
    for (const check of state.checks.get(moment.what) ?? []) judgeBy(state, check, moment);
  }
  moments.length = 0;
}

function judgeBy(state: TraceState, { rule, ofLack, judge }: Check, moment: Moment): void {
  // The check is of this kind of moment: it was found by it.
  const said = (judge as (moment: Moment) => ReturnType<Check['judge']>)(moment);
  if (said === null) return;
  const finding = { rule, ...said };
  const session: JudgedSession | undefined = moment.session;
  if (moment.what === 'message lost') state.reportLoss(moment.message.row, finding);
  else if (ofLack === true && session !== undefined) state.reportLack(session, finding);
  else state.report(finding);
}

/** Checks by what they judge. */
export function checksByMoment(all: readonly Check[]): ReadonlyMap<What, readonly Check[]> {
  const byMoment = new Map<What, Check[]>();
  for (const check of all) byMoment.set(check.of, [...(byMoment.get(check.of) ?? []), check]);
  return byMoment;
}

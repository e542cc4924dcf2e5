/** Puts two sessions together that turned out to be one chat. */
import type { Session, Step } from './session.ts';

/** Puts what `part` remembers into `whole`; `part` stands for it from now on. */
export function mergeSessions(part: Session, whole: Session): void {
  part.mergedInto = whole;
  whole.steps = chained([...whole.steps, ...part.steps].sort((one, other) => one.row - other.row));
  if ((part.steps.at(-1)?.row ?? -1) >= (whole.steps.at(-1)?.row ?? -1)) whole.state = part.state;
  whole.end ??= part.end;
  whole.eventCount += part.eventCount;
  whole.startedAt = Math.min(whole.startedAt, part.startedAt);
  whole.lastAt = Math.max(whole.lastAt, part.lastAt);
  for (const transport of part.transports) whole.transports.add(transport);
  whole.seenAlive ||= part.seenAlive;
  whole.gaps += part.gaps;
  whole.stateMayHaveChanged ||= part.stateMayHaveChanged;
  whole.agentJoined ||= part.agentJoined;
  whole.clientLeft ||= part.clientLeft;
  whole.clientActedSinceWarning ||= part.clientActedSinceWarning;
  whole.warningRow ??= part.warningRow;
  whole.pollsAfterEnd += part.pollsAfterEnd;
  addMissing(whole.parties, part.parties);
  addMissing(whole.typing, part.typing);
  addMissing(whole.forms, part.forms);
  for (const latest of part.latest) {
    if (whole.latestIn(latest.channel) === undefined) whole.latest.push(latest);
  }
  addMissing(whole.sent, part.sent);
  for (const form of part.knownForms) whole.knownForms.add(form);
  whole.heard ||= part.heard;
  for (const form of part.answeredUnheard) whole.answeredUnheard.add(form);
  for (const poll of part.polls) whole.polls.add(poll);
}

/** Steps of both, each from where the one before it led. What both told is one step. */
function chained(steps: readonly Step[]): Step[] {
  const chain: Step[] = [];
  for (const step of steps) {
    const before = chain.at(-1);
    if (before === undefined) chain.push(step);
    else if (before.to !== step.to) {
      // Two sessions told of one chat side by side: where one stood says nothing of the other's next step.
      const apart = step.from !== before.to;
      chain.push(apart ? { ...step, from: before.to, allowed: true, afterGap: true } : step);
    }
  }
  return chain;
}

function addMissing<Key, Value>(into: Map<Key, Value>, from: ReadonlyMap<Key, Value>): void {
  for (const [key, value] of from) if (!into.has(key)) into.set(key, value);
}

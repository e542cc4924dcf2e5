/** Puts two sessions together that turned out to be one chat. */
import type { Session, Step } from './session.ts';

/** Puts what `part` remembers into `whole`; `part` stands for it from now on. */
export function mergeSessions(part: Session, whole: Session): void {
  part.mergedInto = whole;
  whole.steps = chained([...whole.steps, ...part.steps].sort((one, other) => one.row - other.row));
  if ((part.steps.at(-1)?.row ?? -1) >= (whole.steps.at(-1)?.row ?? -1)) whole.state = part.state;
  whole.end ??= part.end;
  whole.eventCount += part.eventCount;
  if (part.startedAt <= part.lastAt) {
    whole.saw(part.startedAt, null);
    whole.saw(part.lastAt, null);
  }
  for (const transport of part.transports) whole.saw(part.lastAt, transport);
  whole.seenAlive ||= part.seenAlive;
  whole.gaps += part.gaps;
  whole.stateMayHaveChanged ||= part.stateMayHaveChanged;
  whole.agentJoined ||= part.agentJoined;
  whole.clientLeft ||= part.clientLeft;
  whole.clientActedSinceWarning ||= part.clientActedSinceWarning;
  whole.warningRow ??= part.warningRow;
  whole.pollsAfterEnd += part.pollsAfterEnd;
  addMissing(whole.parties, part.parties);
  const there = whole.typing;
  whole.typing = [
    ...there,
    ...part.typing.filter(({ typist }) => !there.some((typing) => typing.typist === typist)),
  ];
  whole.forms = united(whole.forms, part.forms);
  for (const channel of part.channels) {
    if (Number.isNaN(whole.latestAt(channel)))
      whole.setLatest(channel, part.latestAt(channel), part.latestRow(channel));
  }
  whole.sent = united(whole.sent, part.sent);
  whole.knownForms = joined(whole.knownForms, part.knownForms);
  whole.heard ||= part.heard;
  whole.answeredUnheard = joined(whole.answeredUnheard, part.answeredUnheard);
  for (const poll of part.polls) whole.startPoll(poll);
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

function united<Key, Value>(whole: Map<Key, Value> | null, part: Map<Key, Value> | null) {
  if (whole === null || part === null) return whole ?? part;
  addMissing(whole, part);
  return whole;
}

function joined<Item>(whole: Set<Item> | null, part: Set<Item> | null): Set<Item> | null {
  return whole === null || part === null ? (whole ?? part) : new Set([...whole, ...part]);
}

function addMissing<Key, Value>(into: Map<Key, Value>, from: ReadonlyMap<Key, Value>): void {
  for (const [key, value] of from) if (!into.has(key)) into.set(key, value);
}

/** Puts two sessions together that turned out to be one chat. */
import { OPEN_LIMIT } from './pending-items.ts';
import type { Session } from './session.ts';

/** Puts what `part` remembers into `whole`; `part` stands for it from now on. */
export function mergeSessions(part: Session, whole: Session): void {
  part.mergeInto(whole);
  if (part.lastStepRow >= whole.lastStepRow) whole.state = part.state;
  whole.takeStepsOf(part);
  for (const scope of part.scopes) whole.scopes.add(scope);
  whole.end ??= part.end;
  whole.sawBeginning ||= part.sawBeginning;
  if (part.eventCount > 0) whole.eventCount += part.eventCount;
  if (part.startedAt <= part.lastAt) {
    whole.saw(part.startedAt, null);
    whole.saw(part.lastAt, null);
  }
  for (const transport of part.transports) whole.saw(part.lastAt, transport);
  if (part.seenAlive) whole.seenAlive = true;
  whole.gaps += part.gaps;
  whole.stateMayHaveChanged ||= part.stateMayHaveChanged;
  whole.agentJoined ||= part.agentJoined;
  whole.clientLeft ||= part.clientLeft;
  whole.clientActedSinceWarning ||= part.clientActedSinceWarning;
  whole.warningRow ??= part.warningRow;
  whole.pollsAfterEnd += part.pollsAfterEnd;
  addMissing(whole.parties, part.parties);
  if (part.typing.length > 0) {
    const there = whole.typing;
    const more = part.typing.filter(({ typist }) => !there.some((typing) => typing.typist === typist));
    whole.typing = [...there, ...more].slice(0, OPEN_LIMIT);
  }
  whole.forms = united(whole.forms, part.forms);
  for (const channel of part.channels) {
    if (Number.isNaN(whole.latestAt(channel)))
      whole.setLatest(channel, part.latestAt(channel), part.latestRow(channel));
  }
  whole.sent = united(whole.sent, part.sent);
  whole.sentMessages = united(whole.sentMessages, part.sentMessages);
  whole.lastSent ??= part.lastSent;
  whole.knownForms = joined(whole.knownForms, part.knownForms);
  whole.heard ||= part.heard;
  whole.answeredUnheard = joined(whole.answeredUnheard, part.answeredUnheard);
  for (const poll of part.polls) whole.startPoll(poll);
}

function united<Key, Value>(whole: Map<Key, Value> | null, part: Map<Key, Value> | null) {
  if (whole === null || part === null) return whole ?? part;
  addMissing(whole, part);
  return whole;
}

function joined<Item>(whole: Set<Item> | null, part: Set<Item> | null): Set<Item> | null {
  if (whole === null || part === null) return whole ?? part;
  for (const item of part) whole.add(item);
  return whole;
}

function addMissing<Key, Value>(into: Map<Key, Value>, from: ReadonlyMap<Key, Value>): void {
  for (const [key, value] of from) {
    if (into.size >= OPEN_LIMIT) return;
    if (!into.has(key)) into.set(key, value);
  }
}

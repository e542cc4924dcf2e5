/**
 * What a redaction may have replaced, for comparing with a session that it was not applied to, or another time: all but the
 * values that a redaction with the profile `share` leaves, which are the same in both.
 */
import type { ChatProtocol } from '../../protocol/chat-protocol.ts';
import type { JsonPath } from '../../protocol/declaration.ts';
import { type FieldRule, FieldRules } from '../redaction/field-rules.ts';
import { isToken } from '../redaction/tokens.ts';

const known = new WeakMap<ChatProtocol, FieldRules>();

function rulesOf(protocol: ChatProtocol): FieldRules {
  const rules = known.get(protocol) ?? new FieldRules([protocol]);
  known.set(protocol, rules);
  return rules;
}

/** True for a value that stands as it is however often it was redacted. `path`: from the event or the body. */
export function outlastsRedaction(protocol: ChatProtocol, path: JsonPath, value: string | number): boolean {
  const rules = rulesOf(protocol);
  let rule: FieldRule | undefined;
  let sensitive = false;
  for (const step of path) {
    if (typeof step === 'number') continue;
    sensitive ||= rule?.sensitive ?? false;
    rule = rule?.members?.get(step) ?? rules.of(step);
  }
  return rule !== undefined && !sensitive && rule.keeps(value);
}

/** True for a value that a redaction has replaced from end to end; of a name that nobody declared the beginning stays. */
export function isReplaced(value: unknown): boolean {
  return typeof value === 'string' && isToken(value.replace(/^\w{1,40}(?=‹)/, ''));
}

/** A name that is declared; of any other the beginning by which it shows chat, which a redaction leaves. */
export function nameWithoutWords(protocol: ChatProtocol, name: string): string {
  const rules = rulesOf(protocol);
  return rules.knowsEvent(name) ? name : `${rules.eventBeginning(name)}…`;
}

/** Every rule there is, as protocols word them. A new family is one file and one line here. */
import type { ChatProtocol } from '../../protocol/chat-protocol.ts';
import { protocolOf, protocols } from '../../protocol/protocols.ts';
import type { RuleDeclaration } from '../../protocol/rule.ts';
import { clientRules } from './client.ts';
import { lifecycleRules } from './lifecycle-rules.ts';
import { orderRules } from './order-rules.ts';
import { schemaRules } from './schema.ts';
import { transportRules } from './transport-rules.ts';

export type { RuleDeclaration } from '../../protocol/rule.ts';

/** In words that fit every protocol. */
const plainRules: readonly RuleDeclaration[] = [
  ...schemaRules,
  ...lifecycleRules,
  ...orderRules,
  ...transportRules,
  ...clientRules,
];

/** The rules in the words of the first known protocol. */
export const rules: readonly RuleDeclaration[] = wordedBy(protocols[0]);

/** A rule in the words of a protocol; of one that is not known in words that fit every protocol. */
export function ruleOf(
  id: string,
  protocol: string | null = null,
  known: readonly ChatProtocol[] = protocols,
): RuleDeclaration | undefined {
  return byId(protocol === null ? known[0] : protocolOf(protocol, known)).get(id);
}

type Rules = ReadonlyMap<string, RuleDeclaration>;

const worded = new WeakMap<ChatProtocol, Rules>();
const plain: Rules = new Map(plainRules.map((rule) => [rule.id, rule]));

function byId(protocol: ChatProtocol | undefined): Rules {
  if (protocol === undefined) return plain;
  let found = worded.get(protocol);
  if (found === undefined) {
    found = new Map(wordedBy(protocol).map((rule) => [rule.id, rule]));
    worded.set(protocol, found);
  }
  return found;
}

function wordedBy(protocol: ChatProtocol | undefined): readonly RuleDeclaration[] {
  const words = new Map(protocol?.ruleWords.map((each) => [each.id, each]));
  return plainRules.map((rule) => ({ ...rule, ...words.get(rule.id) }));
}

/** Every rule there is. A new family is one file and one line here. */
import { clientRules } from './client.ts';
import { lifecycleRules } from './lifecycle-rules.ts';
import { orderRules } from './order-rules.ts';
import type { RuleDeclaration } from './rule.ts';
import { schemaRules } from './schema.ts';
import { transportRules } from './transport-rules.ts';

export type { RuleDeclaration } from './rule.ts';

export const rules: readonly RuleDeclaration[] = [
  ...schemaRules,
  ...lifecycleRules,
  ...orderRules,
  ...transportRules,
  ...clientRules,
];

const byId = new Map(rules.map((rule) => [rule.id, rule]));

export const ruleOf = (id: string): RuleDeclaration | undefined => byId.get(id);

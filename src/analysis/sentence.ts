/** The only place that makes sentences of findings. */
import type { Finding } from './analysis.ts';
import { ruleOf } from './rules/rules.ts';

/** The finding in one sentence, from its rule's template and its parameters. Hostile text in it stays plain text. */
export function sentence(finding: Pick<Finding, 'rule' | 'params'>): string {
  const rule = ruleOf(finding.rule);
  if (rule === undefined) return finding.rule;
  const { params } = finding;
  const optional = rule.sentence.replace(/\[([^\]]*)\]/g, (_match, part: string) =>
    names(part).every((name) => Object.hasOwn(params, name) && params[name] !== '') ? part : '',
  );
  return optional.replace(PLACEHOLDER, (_match, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : '?',
  );
}

const PLACEHOLDER = /\{(\w+)\}/g;

function names(template: string): string[] {
  return [...template.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '');
}

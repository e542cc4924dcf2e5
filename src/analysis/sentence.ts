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
    Object.hasOwn(params, name) ? inSentence(name, String(params[name])) : '?',
  );
}

/** The protocol names types by one word each; a sentence wants them with their article. */
function inSentence(name: string, value: string): string {
  const words = name === 'type' || name === 'expected' || name === 'actual' ? TYPES.get(value) : undefined;
  return words ?? value;
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['string', 'a string'],
  ['empty string', 'an empty string'],
  ['number', 'a number'],
  ['numeric-string', 'a number in a string'],
  ['boolean', 'a boolean'],
  ['object', 'an object'],
  ['array', 'an array'],
  ['another key', 'there'],
]);

const PLACEHOLDER = /\{(\w+)\}/g;

function names(template: string): string[] {
  return [...template.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '');
}

import { ruleOf, rules } from '../analysis/rules/rules.ts';
import { nearest } from './nearest.ts';
import { shownPart } from './plain-output.ts';
import type { Palette } from './terminal.ts';

/** What a rule means, how it is known and what to do; null and a sentence for an id that no rule has. */
export function explain(
  id: string,
  colours: Palette,
): { readonly text: string } | { readonly fault: string } {
  const rule = ruleOf(id);
  if (rule === undefined) return { fault: unknown(id) };
  const { severity, evidence, title, meaning, cure, source } = rule;
  const sections = [
    ['Meaning', meaning],
    ['Evidence', source === '' ? evidence : `${evidence}: ${source}`],
    ['Cure', cure],
  ] as const;
  const head = `${colours.strong(rule.id)}  ${colours[severity](severity)}\n${title}\n`;
  return {
    text: `${head}${sections.map(([name, text]) => `\n${colours.strong(name)}\n  ${text}\n`).join('')}`,
  };
}

/** All rules, one a line, by family. */
export function listRules(colours: Palette): string {
  const width = Math.max(...rules.map((rule) => rule.id.length));
  return rules
    .map(
      ({ id, severity, title }) =>
        `${id.padEnd(width)}  ${colours[severity](severity.padEnd(7))}  ${title}\n`,
    )
    .join('');
}

function unknown(id: string): string {
  const near = nearest(
    id,
    rules.map((rule) => rule.id),
  );
  const hint = near === null ? 'chat-inspector explain lists them all' : `did you mean ${near}?`;
  return `there is no rule ${shownPart(id)}; ${hint}`;
}

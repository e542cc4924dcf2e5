/** The reference of the rules as Markdown, from their declarations. */
import type { RuleDeclaration } from '../../protocol/rule.ts';
import { rules } from './rules.ts';

export function rulesDocument(): string {
  const rows = rules.map(
    (rule) =>
      `| [\`${rule.id}\`](#${anchor(rule.id)}) | ${rule.severity} | ${rule.evidence} | ${cell(rule.title)} |`,
  );
  return [
    '# Rules',
    '',
    'Written from the declarations in `src/analysis/rules/` by `npm run docs:rules`; do not edit.',
    '',
    'An **error** breaks a documented rule, a **warning** is very likely a defect, a **note** is known and harmless or worth',
    'knowing. Evidence is *documented* (by the vendor), *observed* (in clients or published traffic) or *inferred* (our',
    'judgement; never an error). Ids do not change once released.',
    '',
    '| rule | severity | evidence | what |',
    '|---|---|---|---|',
    ...rows,
    '',
    ...rules.flatMap(section),
  ].join('\n');
}

function section(rule: RuleDeclaration): string[] {
  const source = rule.source === '' ? '' : ` Source: ${rule.source}.`;
  return [
    `## ${rule.id}`,
    '',
    `**${rule.title}** (${rule.severity}, ${rule.evidence}).${source}`,
    '',
    rule.meaning,
    '',
    `What to do: ${rule.cure}`,
    '',
  ];
}

/** As code hosts make anchors of headings. */
const anchor = (id: string): string => id.replace(/[^a-z0-9-]/g, '');

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** What a defect is called, and what is copied of it: without what people wrote. */
import type { Finding } from '../../../src/analysis/api/analysis.ts';
import { ruleOf } from '../../../src/analysis/rules/rules.ts';
import { shownText } from '../../../src/text/shown-text.ts';
import { counted, jsonPath } from '../../format/format.ts';
import { partsOfName } from '../timeline/event-name.tsx';
import type { Defect, DefectList } from './defects.ts';

/** The event's name without what all share; '' where the finding is about none. */
export function shortEvent({ event, protocol }: Pick<Finding, 'event' | 'protocol'>): string {
  return event === null ? '' : partsOfName({ event, protocol })[1];
}

/** The filter that shows a defect's rows and few others. */
export function filterFor({ finding, sessions }: Defect): string {
  const [only, ...others] = sessions;
  const parts = [
    `rule:=${quoted(finding.rule)}`,
    ...(finding.event === null ? [] : [`event:=${quoted(finding.event)}`]),
    ...(only?.letter && others.length === 0 ? [`session:${only.letter}`] : []),
  ];
  return parts.join(' ');
}

function quoted(text: string): string {
  return /^[\w/.-]+$/.test(text) ? text : `"${text.replaceAll('"', '\\"')}"`;
}

/** The list as Markdown, a line a defect. */
export function defectsAsMarkdown({ groups, defects, findings }: DefectList): string {
  const lines = groups.flatMap((group) => group.defects.map(defectLine));
  return `${counted(defects, 'defect')}, ${counted(findings, 'finding')}\n\n${lines.join('\n')}\n`;
}

/** One defect, with its rule's meaning and cure. */
export function defectAsMarkdown(defect: Defect): string {
  const { finding } = defect;
  const rule = ruleOf(finding.rule, finding.protocol);
  return `${defectLine(defect)}\n${rule === undefined ? '' : `\n${rule.meaning}\n\n${rule.cure}\n`}`;
}

function defectLine({ finding, count, sessions }: Defect): string {
  const { rule, severity, event, path, protocol } = finding;
  const title = ruleOf(rule, protocol)?.title ?? rule;
  const where = [
    ...(event === null ? [] : [code(event)]),
    ...(path.length === 0 ? [] : [code(jsonPath(path))]),
  ].join(', ');
  const letters = sessions.map(({ letter }) => letter ?? '?').slice(0, 12);
  const inSessions =
    letters.length === 0 ? '' : ` in ${letters.length === 1 ? 'session' : 'sessions'} ${letters.join(', ')}`;
  return `- **${severity}**: ${title} (${code(rule)})${where === '' ? '' : `, ${where}`}: ${count}${inSessions}`;
}

/** Text of a page's in a span of code that it cannot end, on one line. */
function code(text: string): string {
  const line = shownText(text.slice(0, 200)).replace(/\s+/g, ' ');
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}

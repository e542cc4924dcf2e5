/** The findings by rule: worst rules first, in the order in which they first came. */
import type { Evidence, Finding, Severity } from '../../../src/analysis/analysis.ts';

export interface ProblemGroup {
  readonly key: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly evidence: Evidence;
  readonly findings: readonly Finding[];
}

export const SEVERITIES = ['error', 'warning', 'note'] as const satisfies readonly Severity[];

/** A rule with two severities (an event after the end is one, by what ended the session) makes two groups. */
export function groupByRule(findings: readonly Finding[]): readonly ProblemGroup[] {
  const groups = new Map<string, ProblemGroup & { findings: Finding[] }>();
  for (const finding of findings) {
    const key = `${finding.severity} ${finding.rule}`;
    const group = groups.get(key);
    if (group) group.findings.push(finding);
    else {
      const { rule, severity, evidence } = finding;
      groups.set(key, { key, rule, severity, evidence, findings: [finding] });
    }
  }
  const rank = (group: ProblemGroup) => SEVERITIES.indexOf(group.severity);
  return [...groups.values()].sort((a, b) => rank(a) - rank(b));
}

/** How many findings of each severity there are. */
export function countBySeverity(groups: readonly ProblemGroup[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, note: 0 };
  for (const group of groups) counts[group.severity] += group.findings.length;
  return counts;
}

/** The order in which rules are listed, and their sums. */
import type { FindingGroup, Severity } from '../../../src/analysis/api/analysis.ts';

export const SEVERITIES = ['error', 'warning', 'note'] as const satisfies readonly Severity[];

/** Errors before warnings before notes; within them the order in which the rules first came. */
export function worstFirst(groups: readonly FindingGroup[]): readonly FindingGroup[] {
  const rank = (group: FindingGroup) => SEVERITIES.indexOf(group.severity);
  return [...groups].sort((a, b) => rank(a) - rank(b));
}

/** How many findings of each severity there are. */
export function countBySeverity(groups: readonly FindingGroup[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, note: 0 };
  for (const group of groups) counts[group.severity] += group.count;
  return counts;
}

/** The sums of findings by their severity. */
import type { FindingGroup, Severity } from '../../../src/analysis/api/analysis.ts';

export const SEVERITIES = ['error', 'warning', 'note'] as const satisfies readonly Severity[];

/** How many findings of each severity there are. */
export function countBySeverity(groups: readonly FindingGroup[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, note: 0 };
  for (const group of groups) counts[group.severity] += group.count;
  return counts;
}

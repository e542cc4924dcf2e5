import { expect, test } from 'vitest';
import type { FindingGroup } from '../../../src/analysis/api/analysis.ts';
import { countBySeverity } from './problem-groups.ts';

const groups: readonly FindingGroup[] = [
  { rule: 'schema/timestamp-unit', severity: 'note', count: 12 },
  { rule: 'lifecycle/after-end', severity: 'warning', count: 1 },
  { rule: 'schema/missing-field', severity: 'error', count: 2 },
  { rule: 'lifecycle/after-end', severity: 'error', count: 1 },
];

test('findings are counted by severity', () => {
  expect(countBySeverity(groups)).toEqual({ error: 3, warning: 1, note: 12 });
});

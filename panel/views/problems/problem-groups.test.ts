import { expect, test } from 'vitest';
import type { Finding } from '../../../src/analysis/analysis.ts';
import { countBySeverity, groupByRule } from './problem-groups.ts';

const finding = (id: number, rule: string, severity: Finding['severity']): Finding => ({
  id,
  rule,
  severity,
  evidence: 'documented',
  seq: id,
  row: id,
  event: 'chat_session_message',
  session: 's',
  path: [],
  params: {},
  exchange: null,
  frame: null,
  related: [],
});

const groups = groupByRule([
  finding(0, 'schema/timestamp-unit', 'note'),
  finding(1, 'lifecycle/after-end', 'warning'),
  finding(2, 'schema/missing-field', 'error'),
  finding(3, 'lifecycle/after-end', 'error'),
  finding(4, 'schema/missing-field', 'error'),
]);

test('errors come before warnings before notes, each rule once a severity', () => {
  expect(groups.map((group) => [group.key, group.findings.length])).toEqual([
    ['error schema/missing-field', 2],
    ['error lifecycle/after-end', 1],
    ['warning lifecycle/after-end', 1],
    ['note schema/timestamp-unit', 1],
  ]);
});

test('findings are counted by severity', () => {
  expect(countBySeverity(groups)).toEqual({ error: 3, warning: 1, note: 1 });
});

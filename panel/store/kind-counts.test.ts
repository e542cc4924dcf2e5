import { expect, test } from 'vitest';
import type { Analysis } from '../../src/analysis/api/analysis.ts';
import { TOPICS } from '../../src/analysis/api/facts.ts';
import { createAnalysis } from '../../src/analysis/create-analysis.ts';
import { sampleTrace } from '../../src/analysis/testing/sample-trace.ts';
import { COUNTED, KindCounts } from './kind-counts.ts';

const never = () => false;

/** Each kind counted by looking at all rows as they are. */
function expected({ facts, totals }: Analysis): Record<string, number> {
  const counts = Object.fromEntries(COUNTED.map((kind) => [kind, 0]));
  for (let row = 0; row < totals.rows; row += 1) {
    const severity = facts.severity(row);
    const bad = severity === 'error' || severity === 'warning';
    const ok = (facts.status(row) ?? 0) < 400;
    for (const kind of [facts.topic(row), bad ? severity : null])
      if (kind !== null) counts[kind] = (counts[kind] ?? 0) + 1;
    if (facts.kind(row) === 'exchange' && !bad && ok) counts.request = (counts.request ?? 0) + 1;
  }
  return counts;
}

const counted = (counts: KindCounts) => Object.fromEntries(COUNTED.map((kind) => [kind, counts.count(kind)]));

test('rows are counted by kind as they come and change, in any portions', () => {
  for (const portion of [1, 7, 10_000]) {
    const analysis = createAnalysis();
    const counts = new KindCounts(analysis);
    const all = sampleTrace();
    for (let at = 0; at < all.length; at += portion) {
      counts.revise(analysis.add(all.slice(at, at + portion)).touched);
      // What has not been looked at is not counted twice.
      counts.lookOn(() => at % 2 === 0);
    }
    counts.revise(analysis.end().touched);
    expect(counts.lookOn(never)).toBe(true);
    expect(counted(counts)).toEqual(expected(analysis));
    for (const topic of TOPICS) expect(counts.count(topic), topic).toBeGreaterThan(0);
    expect(counts.count('request')).toBeGreaterThan(0);
  }
});

import { expect, test } from 'vitest';
import { createAnalysis } from '../../src/analysis/create-analysis.ts';
import { sampleTrace } from '../../src/analysis/testing/sample-trace.ts';
import { NoteIndex } from './note-index.ts';

test('each note is said at the first row of its session that has it, with how often it came', () => {
  const analysis = createAnalysis();
  const notes = new NoteIndex(analysis);
  const trace = sampleTrace();
  for (let at = 0; at < trace.length; at += 7) {
    analysis.add(trace.slice(at, at + 7));
    notes.lookOn();
  }
  // Notes may have come late on rows that were counted before.
  for (const _portion of notes.countAnew());
  const expected = new Map<string, { row: number; count: number }>();
  for (let row = 0; row < analysis.totals.rows; row += 1) {
    const rules = analysis.facts.findings(row).filter(({ severity }) => severity === 'note');
    for (const rule of new Set(rules.map((each) => each.rule))) {
      const key = `${analysis.facts.session(row)} ${rule}`;
      const known = expected.get(key) ?? { row, count: 0 };
      expected.set(key, { row: known.row, count: known.count + 1 });
    }
  }
  expect(expected.size).toBeGreaterThan(1);
  const said = new Map<string, { row: number; count: number }>();
  for (let row = 0; row < analysis.totals.rows; row += 1) {
    for (const { rule, count } of notes.saidAt(row)) {
      said.set(`${analysis.facts.session(row)} ${rule}`, { row, count });
    }
  }
  expect(said).toEqual(expected);
});

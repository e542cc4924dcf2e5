import { expect, test } from 'vitest';
import type { Analysis } from '../../../src/analysis/api/analysis.ts';
import { createAnalysis } from '../../../src/analysis/create-analysis.ts';
import { sampleTrace } from '../../../src/analysis/testing/sample-trace.ts';
import { message, status, trace } from '../../../src/analysis/testing/trace-builder.ts';
import { foldByKey, problemLines } from './defect-lines.ts';
import { type DefectList, DefectTally, type Wanted } from './defects.ts';
import { defectsAsMarkdown, filterFor } from './problem-words.ts';

const ALL: Wanted = { grouping: 'rule', hidden: new Set(), range: null };

function gathered(analysis: Analysis, wanted: Partial<Wanted> = {}): DefectList {
  const tally = new DefectTally(analysis, { ...ALL, ...wanted });
  for (const _ of tally.steps());
  return tally.list;
}

function sample(): Analysis {
  const analysis = createAnalysis({});
  analysis.add(sampleTrace());
  analysis.end();
  return analysis;
}

const namesOf = ({ groups }: DefectList) =>
  groups.map(({ key, count, defects }) => `${key}: ${count} in ${defects.length}`);

test('every finding is in one defect, whatever it is grouped by', () => {
  const analysis = sample();
  const { length } = analysis.findings();
  expect(length).toBeGreaterThan(10);
  for (const grouping of ['rule', 'session', 'transport'] as const) {
    const { groups, findings, defects, others } = gathered(analysis, { grouping });
    expect(findings).toBe(length);
    expect(others).toBe(0);
    expect(groups.flatMap((group) => group.defects)).toHaveLength(defects);
    expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(length);
    const listed = groups.flatMap((group) => group.defects.flatMap((defect) => defect.listed));
    expect(new Set(listed.map(({ id }) => id)).size).toBe(length);
  }
});

test('errors come before warnings, and notes are one group at the end', () => {
  const { groups } = gathered(sample());
  const ranks = groups.map(({ severity }) => ['error', 'warning', 'note'].indexOf(severity));
  expect(ranks).toEqual([...ranks].sort());
  expect(groups.filter(({ severity }) => severity === 'note').map(({ key }) => key)).toEqual(['note']);
});

test('the same fault over and over is one defect; another value that is a word is another', () => {
  const analysis = trace()
    .poll([status('waiting'), status('waiting'), status('paused'), message({ msg: 7 })])
    .analyse();
  const list = gathered(analysis, { hidden: new Set(['note', 'warning']) });
  const defects = list.groups.flatMap((group) => group.defects);
  expect(
    defects.map(({ finding, count }) => `${finding.rule} ${finding.params.actual ?? ''} ${count}`),
  ).toEqual(expect.arrayContaining(['schema/bad-value waiting 2', 'schema/bad-value paused 1']));
});

test('a range leaves out what is outside of it', () => {
  const analysis = sample();
  const times = analysis.findings().flatMap(({ row }) => (row === null ? [] : [analysis.facts.time(row)]));
  const from = Math.min(...times);
  const inside = gathered(analysis, { range: { from, to: from + 1 } });
  expect(inside.findings).toBeLessThan(gathered(analysis).findings);
  for (const { defects } of inside.groups)
    for (const { firstAt } of defects) if (firstAt !== null) expect(firstAt).toBeLessThan(from + 1);
});

test('lines are opened and closed, and moved in by keys', () => {
  const { groups } = gathered(sample());
  const closed = problemLines(groups, new Map(), true);
  expect(closed.some(({ kind }) => kind === 'finding')).toBe(false);
  const at = closed.findIndex(({ kind }) => kind === 'defect');
  const line = closed[at];
  if (!line) throw new Error('There is a defect.');
  expect(foldByKey('ArrowRight', closed, at)).toEqual({ set: true });
  const open = problemLines(groups, new Map([[line.key, true]]), true);
  const inside = open.findIndex(({ kind }) => kind === 'finding');
  expect(inside).toBe(at + 1);
  expect(foldByKey('ArrowRight', open, at)).toEqual({ to: at + 1 });
  expect(foldByKey('ArrowLeft', open, inside)).toEqual({ to: at });
  expect(foldByKey('ArrowLeft', open, at)).toEqual({ set: false });
  expect(foldByKey('ArrowDown', open, at)).toBeNull();
  // On paper every finding has its line.
  const paper = problemLines(groups, new Map(), true, true);
  expect(paper.filter(({ kind }) => kind === 'finding')).toHaveLength(sample().findings().length);
});

test('what is copied holds no value that somebody wrote, and ends no code of ours', () => {
  const analysis = trace()
    .poll([message({ msg: 'the secret', party_id: undefined, '`x`\n- [a](javascript:1)': 'the secret' })])
    .analyse();
  const text = defectsAsMarkdown(gathered(analysis));
  expect(text).not.toContain('the secret');
  expect(text.split('\n').filter((each) => each !== '' && !each.startsWith('- **'))).toHaveLength(1);
});

test('a defect has a filter that finds its rows', () => {
  const analysis = sample();
  const { groups } = gathered(analysis);
  const [defect] = groups.flatMap((group) => group.defects).filter(({ finding }) => finding.event !== null);
  if (!defect) throw new Error('There is one.');
  expect(filterFor(defect)).toContain(`rule:=${defect.finding.rule}`);
  expect(namesOf(gathered(analysis)).length).toBeGreaterThan(0);
});

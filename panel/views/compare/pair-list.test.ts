import { expect, test } from 'vitest';
import type { Comparison, DifferenceKind } from '../../../src/report/compare/compare-sessions.ts';
import { nextDifference, pairLines } from './pair-list.ts';

const MARKS: Readonly<Record<string, DifferenceKind>> = {
  '=': 'same',
  '!': 'changed',
  '-': 'missing',
  '+': 'extra',
  '~': 'later',
};

const comparison = (marks: string): Comparison =>
  ({ pairs: [...marks].map((mark) => ({ kind: MARKS[mark] })) }) as unknown as Comparison;

const shown = (marks: string, hidden: readonly DifferenceKind[] = [], folds = true, opened: number[] = []) =>
  pairLines(comparison(marks), new Set(hidden), folds, new Set(opened))
    .map((line) => (line.kind === 'pair' ? line.at : `${line.from}-${line.to}`))
    .join(' ');

test('a run of equal ones is folded, but for the first of all and the last before a difference', () => {
  expect(shown('=======!===')).toBe('0 1-6 6 7 8 9 10');
  expect(shown('!=======')).toBe('0 1-8');
  expect(shown('====!')).toBe('0 1 2 3 4');
});

test('a run that a person opened, or where nothing is folded, is whole', () => {
  expect(shown('=======!', [], true, [1])).toBe('0 1 2 3 4 5 6 7');
  expect(shown('=======!', [], false)).toBe('0 1 2 3 4 5 6 7');
});

test('kinds that are switched off are left out', () => {
  expect(shown('=!-+~', ['same', 'later'])).toBe('1 2 3');
});

test('differences are found in both directions, and times alone are none', () => {
  const all = comparison('=~!==+=');
  expect([null, 2, 5].map((from) => nextDifference(all, from, 1))).toEqual([2, 5, null]);
  expect([null, 5, 2].map((from) => nextDifference(all, from, -1))).toEqual([5, 2, null]);
});

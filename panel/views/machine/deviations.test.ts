import { expect, test } from 'vitest';
import type { Conformance } from '../../../src/analysis/api/analysis.ts';
import { align } from '../../../src/analysis/queries/alignment.ts';
import { sessionModel } from '../../../src/protocol/bright-pattern/session-model.ts';
import { deviationsOf, expectedSteps, movesUntil, wordsOf } from './deviations.ts';

/** The moves of a session that was in these states, its rows counted from 0. */
function movesOf(...states: string[]): Conformance['moves'] {
  const { moves } = align(
    states.map((state) => ({ state, afterGap: false })),
    sessionModel,
  );
  return moves.map(({ kind, state, position }) => ({ kind, state, row: position, seq: position }));
}

const move = (kind: Conformance['moves'][number]['kind'], state: string, row: number) => ({
  kind,
  state,
  row,
  seq: row,
});

test('a session that follows the model parts from it nowhere', () => {
  const moves = movesOf('queued', 'connecting', 'connected', 'ended');
  expect(deviationsOf(moves)).toEqual([]);
  expect(expectedSteps(moves)).toEqual([]);
});

test('a state that was missed is named with the one before which it belongs', () => {
  const moves = [
    move('synchronous', 'connected', 0),
    move('missing', 'queued', 1),
    move('synchronous', 'connecting', 1),
  ];
  expect(deviationsOf(moves).map(wordsOf)).toEqual(['expected queued before connecting']);
  expect(expectedSteps(moves)).toEqual([
    { from: 'connected', to: 'queued' },
    { from: 'queued', to: 'connecting' },
  ]);
});

test('several that were missed in a row are one place', () => {
  const moves = [
    move('synchronous', 'establishing', 0),
    move('missing', 'queued', 1),
    move('missing', 'connecting', 1),
    move('synchronous', 'connected', 1),
  ];
  expect(deviationsOf(moves).map(wordsOf)).toEqual(['expected queued and connecting before connected']);
});

test('an unexpected state is named with the one after which it came, and the model steps over it', () => {
  const moves = [
    move('synchronous', 'queued', 0),
    move('unexpected', 'lunch', 1),
    move('synchronous', 'connecting', 2),
  ];
  expect(deviationsOf(moves).map(wordsOf)).toEqual(['lunch was not expected after queued']);
  expect(expectedSteps(moves)).toEqual([{ from: 'queued', to: 'connecting' }]);
});

test('what comes after the end was not expected, and nothing was instead', () => {
  const moves = movesOf('queued', 'connecting', 'connected', 'ended', 'connected');
  expect(deviationsOf(moves).map(wordsOf)).toEqual(['connected was not expected after ended']);
  expect(expectedSteps(moves)).toEqual([]);
});

test('a machine shown as it stood knows nothing of later moves', () => {
  const moves = movesOf('queued', 'connecting', 'connected', 'ended', 'connected');
  expect(deviationsOf(movesUntil(moves, 3))).toEqual([]);
  expect(movesUntil(moves, null)).toBe(moves);
});

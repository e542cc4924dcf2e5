import { expect, test } from 'vitest';
import type { MachineView, StepView } from '../../../src/analysis/api/analysis.ts';
import { sessionModel } from '../../../src/protocol/bright-pattern/session-model.ts';
import { drawnLines, stateLines, takenLines } from './machine-lines.ts';

function machineOf(...path: string[]): MachineView {
  const steps: StepView[] = path.map((to, at) => {
    const from = path[at - 1] ?? null;
    const allowed = from === null || sessionModel.allows(from, to);
    const expected = allowed || from === null ? [] : sessionModel.next(from);
    return { from, to, row: at, seq: at, wallTime: at * 1000, allowed, expected };
  });
  const dwell = Object.fromEntries(path.map((state) => [state, 1000]));
  return { session: 's', model: sessionModel, current: path.at(-1) ?? 'unknown', steps, dwell, counts: {} };
}

test('a way gone twice is one line that counts two', () => {
  const lines = takenLines(machineOf('queued', 'connected', 'queued', 'connected'));
  expect(lines.map(({ from, to, count }) => [from, to, count])).toEqual([
    ['queued', 'connected', 2],
    ['connected', 'queued', 1],
  ]);
});

test('a step that the model lacks is foreign, and of those it has only what was expected is drawn', () => {
  const expected = [{ from: 'connected', to: 'queued' }];
  const lines = drawnLines(machineOf('connected', 'connecting'), sessionModel, expected);
  const kinds = new Map(lines.map((line) => [`${line.from}→${line.to}`, line.kind]));
  expect(kinds.get('connected→connecting')).toBe('foreign');
  expect(kinds.get('connected→queued')).toBe('expected');
  expect(kinds.get('connecting→connected')).toBe('possible');
  expect(lines.filter((line) => line.kind === 'expected')).toHaveLength(1);
});

test('a step that was taken at one time and expected at another is both', () => {
  const expected = [{ from: 'queued', to: 'connecting' }];
  const lines = drawnLines(machineOf('queued', 'connecting'), sessionModel, expected);
  expect(lines.find((line) => line.kind === 'taken')).toMatchObject({ to: 'connecting', expected: true });
});

test('a session at its end may go nowhere that is drawn', () => {
  const lines = drawnLines(machineOf('queued', 'connected', 'ended'), sessionModel, []);
  expect(lines.map((line) => line.kind)).toEqual(['taken', 'taken']);
});

test('states are those of the model, with visits and time, and foreign ones at the end', () => {
  const states = stateLines(machineOf('queued', 'lunch'), sessionModel);
  expect(states.find((state) => state.id === 'queued')).toMatchObject({
    visits: 1,
    dwell: 1000,
    current: false,
  });
  expect(states.find((state) => state.id === 'failed')).toMatchObject({ visits: 0, dwell: null });
  expect(states.at(-1)).toMatchObject({ id: 'lunch', current: true, known: false });
});

import { expect, test } from 'vitest';
import { sessionModel } from '../../../src/protocol/bright-pattern/session-model.ts';
import { arc, BOX, placed, sizeOf } from './drawing-layout.ts';

const boxes = sessionModel.states.map((state) => placed(state.id, state.at));

test('no line of the model runs through a state that it does not join', () => {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const crossing = sessionModel.transitions.filter(({ from, to }) => {
    const start = byId.get(from);
    const end = byId.get(to);
    if (!start || !end) return true;
    return arc(start, end, boxes).points.some((point) =>
      boxes.some(
        (box) =>
          box.id !== from &&
          box.id !== to &&
          Math.abs(point.x - box.x) < BOX.width / 2 &&
          Math.abs(point.y - box.y) < BOX.height / 2,
      ),
    );
  });
  expect(crossing.map(({ from, to }) => `${from}→${to}`)).toEqual([]);
});

test('there and back are two lines', () => {
  const a = placed('a', [0, 0]);
  const b = placed('b', [2, 0]);
  expect(arc(a, b, [a, b]).middle.y).toBeGreaterThan(a.y);
  expect(arc(b, a, [a, b]).middle.y).toBeLessThan(a.y);
});

test('a state that repeats has a ring above it', () => {
  const a = placed('a', [1, 1]);
  expect(arc(a, a, [a]).middle.y).toBeLessThan(a.y - BOX.height / 2);
});

test('the drawing holds all states', () => {
  const { width, height } = sizeOf(boxes);
  expect(boxes.every((box) => box.x < width && box.y < height)).toBe(true);
});

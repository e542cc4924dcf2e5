import { describe, expect, test } from 'vitest';
import { sessionModel } from '../../../src/protocol/bright-pattern/session-model.ts';
import { arc, BOX, placed, sizeOf, TIERED_WIDTH, tiered } from './drawing-layout.ts';

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

describe('in tiers', () => {
  const ends = sessionModel.states.filter(({ id }) => sessionModel.isEnd(id)).map(({ id }) => id);
  const rows = tiered([['establishing', 'ivr', 'queued', 'connecting'], ['connected'], ends, ['odd']]);

  test('all states are whole and apart', () => {
    expect(sizeOf(rows).height).toBeLessThan(460);
    for (const box of rows) {
      expect(box.x - box.width / 2).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width / 2).toBeLessThanOrEqual(TIERED_WIDTH);
      const others = rows.filter((each) => each !== box && each.y === box.y);
      for (const other of others)
        expect(Math.abs(other.x - box.x)).toBeGreaterThan((other.width + box.width) / 2 + 9);
    }
  });

  test('no line of the ordinary way runs through a state that it does not join', () => {
    const byId = new Map(rows.map((box) => [box.id, box]));
    const way = ['queued→connecting', 'connecting→connected', 'connected→queued', 'queued→connected'];
    const crossing = [...way, ...ends.map((end) => `connected→${end}`)].filter((step) => {
      const [from, to] = step.split('→').map((id) => byId.get(id));
      if (!from || !to) return false;
      return arc(from, to, rows).points.some((point) =>
        rows.some(
          (box) =>
            box !== from &&
            box !== to &&
            Math.abs(point.x - box.x) < box.width / 2 &&
            Math.abs(point.y - box.y) < BOX.height / 2,
        ),
      );
    });
    expect(crossing).toEqual([]);
  });

  test('a model with many states has more rows', () => {
    const many = tiered([Array.from({ length: 12 }, (_, at) => `state ${at}`), [], ['one']]);
    expect(new Set(many.map(({ y }) => y)).size).toBe(4);
    expect(many.every(({ x, width }) => x + width / 2 <= TIERED_WIDTH)).toBe(true);
  });
});

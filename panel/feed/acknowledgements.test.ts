import { expect, test } from 'vitest';
import { Acknowledgements } from './acknowledgements.ts';

function saying() {
  const said: string[] = [];
  const timers: (() => void)[] = [];
  const acknowledgements = new Acknowledgements(
    (documentId, next) => said.push(`${documentId} ${next}`),
    (run) => timers.push(run),
  );
  return { acknowledgements, said, timers, pass: () => timers.splice(0).forEach((run) => void run()) };
}

test('what came in short order is said once, as far as it came', () => {
  const { acknowledgements, said, timers, pass } = saying();
  for (const next of [1, 2, 3]) acknowledgements.arrived('a', next);
  acknowledgements.arrived('b', 9);
  expect(said).toEqual([]);
  expect(timers).toHaveLength(1);
  pass();
  expect(said).toEqual(['a 3', 'b 9']);
});

test('a flood is answered at once, so that it need not wait', () => {
  const { acknowledgements, said, pass } = saying();
  acknowledgements.arrived('a', 499);
  acknowledgements.arrived('a', 500);
  acknowledgements.arrived('a', 900);
  expect(said).toEqual(['a 500']);
  pass();
  expect(said).toEqual(['a 500', 'a 900']);
});

test('without anything new nothing is said', () => {
  const { acknowledgements, said, timers, pass } = saying();
  acknowledgements.arrived('a', 600);
  pass();
  expect(said).toEqual(['a 600']);
  expect(timers).toHaveLength(0);
});

test('large batches are answered sooner than small ones', () => {
  const { acknowledgements, said } = saying();
  acknowledgements.received(500_000);
  acknowledgements.arrived('a', 1);
  expect(said).toEqual([]);
  acknowledgements.received(500_000);
  acknowledgements.arrived('a', 2);
  expect(said).toEqual(['a 2']);
  acknowledgements.arrived('a', 3);
  expect(said).toEqual(['a 2']);
});

test('what waits to be said of a document that is asked for again is not said behind the question', () => {
  const { acknowledgements, said, pass } = saying();
  acknowledgements.arrived('a', 8);
  acknowledgements.arrived('b', 2);
  acknowledgements.restarts('a', 0);
  pass();
  expect(said).toEqual(['b 2']);
  acknowledgements.arrived('a', 4);
  pass();
  expect(said).toEqual(['b 2', 'a 4']);
});

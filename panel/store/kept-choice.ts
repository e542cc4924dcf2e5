/** The chosen row of a trace that is judged anew: chosen again as soon as the new analysis has come to it. */
import { effect } from '@preact/signals';
import type { RowIndex } from '../../src/analysis/api/analysis.ts';
import type { TraceModel } from './trace-model.ts';

/**
 * Chooses in `anew`, which takes in the same observations, what is chosen in `before`.
 * @param count so many observations it takes in: one that is not among them is not looked for any longer
 */
export function keepChoice(before: TraceModel, anew: TraceModel, count: number): void {
  const row = before.selected.peek();
  if (row === null) return;
  const place = before.analysis.facts.place(row);
  const chosen = before.analysis.observation(place.observation);
  const { analysis } = anew;
  let looked: RowIndex = 0;
  let stop: (() => void) | null = null;
  let over = false;
  stop = effect(() => {
    const { rows, observations } = anew.totals.value;
    for (; looked < rows && !over; looked += 1) {
      const { observation, event } = analysis.facts.place(looked);
      if (event !== place.event || analysis.observation(observation) !== chosen) continue;
      if (anew.selected.peek() === null) anew.selected.value = looked;
      over = true;
    }
    over ||= observations >= count || anew.selected.peek() !== null;
    if (over) stop?.();
  });
  if (over) stop();
}

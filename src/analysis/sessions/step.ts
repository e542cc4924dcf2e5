/** A step of a session through its model, and how the steps of sessions that turned out to be one follow each other. */
import type { EventSeq, RowIndex } from '../api/analysis.ts';

export interface Step {
  readonly from: string | null;
  readonly to: string;
  readonly row: RowIndex;
  readonly seq: EventSeq | null;
  readonly wallTime: number;
  readonly allowed: boolean;
  /** What may have led here was not seen: observations are lost, or another session told of the chat meanwhile. */
  readonly afterGap: boolean;
}

export const byRow = (one: Step, other: Step): number => one.row - other.row;

/** Steps of several sessions, each from where the one before it led. What two told is one step. */
export function chained(steps: readonly Step[]): Step[] {
  const chain: Step[] = [];
  for (const step of steps) {
    const before = chain.at(-1);
    if (before === undefined) chain.push(step);
    else if (before.to !== step.to) {
      // Two sessions told of one chat side by side: where one stood says nothing of the other's next step.
      const apart = step.from !== before.to;
      chain.push(apart ? { ...step, from: before.to, allowed: true, afterGap: true } : step);
    }
  }
  return chain;
}

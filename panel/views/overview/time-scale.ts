/** Times on a line of pixels, and the times at which it is labelled. */

export interface TimeScale {
  /** Epoch milliseconds at the left end and at the right end. */
  readonly from: number;
  readonly to: number;
  /** Pixels. */
  readonly width: number;
}

/** A span with a little room on both sides, so that its first and last event are seen. */
export function scaleOf([from, to]: readonly [number, number], width: number): TimeScale {
  const margin = Math.max((to - from) * 0.01, 500);
  return { from: from - margin, to: to + margin, width };
}

export function xOf({ from, to, width }: TimeScale, time: number): number {
  return ((time - from) / (to - from)) * width;
}

export function timeAt({ from, to, width }: TimeScale, x: number): number {
  return from + (Math.min(Math.max(x, 0), width) / width) * (to - from);
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  ...[1, 2, 5, 10, 20, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 20, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 30, 365].map((n) => n * DAY),
];

/** Even times of the local clock, at least `apart` pixels from each other. */
export function labelledTimes(scale: TimeScale, apart: number): readonly number[] {
  const least = ((scale.to - scale.from) / scale.width) * apart;
  const step = STEPS.find((each) => each >= least);
  if (step === undefined) return [];
  // Even by the clock on the wall, not by that of Greenwich.
  const offset = new Date(scale.from).getTimezoneOffset() * MINUTE;
  const times: number[] = [];
  for (let time = Math.ceil((scale.from - offset) / step) * step + offset; time < scale.to; time += step) {
    times.push(time);
  }
  return times;
}

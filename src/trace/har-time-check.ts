/** Exchanges whose times can be used and those whose times say nothing, with a sentence on each kind of fault. */
import type { Exchange } from './har-draft.ts';
import { RECORDING } from './har-time.ts';

/** From so many exchanges on, one start for all of them is a writer's placeholder and no coincidence. */
const COINCIDENCE = 3;

/** The exchanges, without the times by which nothing may be judged. */
export function withUsableTimes(exchanges: readonly Exchange[]): {
  readonly exchanges: readonly Exchange[];
  readonly notes: readonly string[];
} {
  const starts = exchanges.flatMap(({ start }) => (start === null ? [] : [start.at])).sort((a, b) => a - b);
  const middle = starts[starts.length >> 1] ?? 0;
  const one = starts.length >= COINCIDENCE && starts[0] === starts.at(-1);
  const usable = exchanges.map((exchange): Exchange => {
    const { start } = exchange;
    const stray = start !== null && (one || Math.abs(start.at - middle) > RECORDING);
    return stray ? { ...exchange, start: null } : exchange;
  });
  const without = usable.filter(({ start }) => start === null).length;
  const coarse = usable.some(({ start }) => start !== null && start.within > 1);
  return {
    exchanges: usable,
    notes: [...(without > 0 ? [missing(without, usable.length)] : []), ...(coarse ? [COARSE] : [])],
  };
}

const COARSE =
  'Starts are written in whole seconds or less exactly; nothing is judged by what they leave open.';

function missing(without: number, all: number): string {
  const which = without === all ? 'No exchange has' : `${without} of ${all} exchanges have no`;
  const time = without === all ? 'a start that can be read or be true' : 'start that can be read or be true';
  return `${which} ${time}; they stand in the order of the file, and nothing is judged by their times.`;
}

/** Where an observation stands in its document: what keeps every receiver at "each exactly once, in order". */
import type { Seq } from '../observation/observation.ts';
import type { TravellingObservation } from './private-port.ts';

/** The first `seq` that an observation accounts for: a gap stands for all that it counts. */
export function firstSeq(observation: TravellingObservation): Seq {
  return observation.kind === 'gap' ? observation.from : observation.seq;
}

/** True for a gap of the ring's that counts nothing: it stands for what was left out on purpose, and nobody is to miss it. */
export function isLeftOut(observation: TravellingObservation): boolean {
  return observation.kind === 'gap' && observation.count === 0 && observation.reason === 'ring';
}

/** What of a batch is new to a receiver that has everything before `next`. */
export type Fit =
  | { readonly fit: 'contiguous'; readonly fresh: readonly TravellingObservation[]; readonly next: Seq }
  /** Something between `next` and the batch is missing: ask to resume. */
  | { readonly fit: 'hole' };

export function fit(next: Seq, observations: readonly TravellingObservation[]): Fit {
  const fresh: TravellingObservation[] = [];
  let at = next;
  for (const observation of observations) {
    if (observation.seq < at) continue;
    if (firstSeq(observation) > at) return { fit: 'hole' };
    fresh.push(
      observation.kind === 'gap' && observation.from < at
        ? { ...observation, from: at, count: isLeftOut(observation) ? 0 : observation.to - at + 1 }
        : observation,
    );
    at = observation.seq + 1;
  }
  return { fit: 'contiguous', fresh, next: at };
}

/** About what an observation takes of a cap: each long text in it, wherever it stands, and something for the rest. */
export function weight(observation: TravellingObservation): number {
  switch (observation.kind) {
    // The many, whose other texts are short by their kind.
    case 'frame':
    case 'body':
    case 'chunk':
      return 150 + observation.payload.data.length + (observation.payload.note?.length ?? 0);
    case 'request':
    case 'stream-event':
      return 150 + lengthOfTexts(observation);
    default:
      return 300 + lengthOfTexts(observation);
  }
}

/** Shorter texts are counted with the rest. */
const SHORT = 32;

function lengthOfTexts(value: unknown): number {
  if (typeof value === 'string') return value.length > SHORT ? value.length : 0;
  if (typeof value !== 'object' || value === null) return 0;
  let sum = 0;
  for (const part of Object.values(value)) sum += lengthOfTexts(part);
  return sum;
}

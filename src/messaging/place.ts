/** Where an observation stands in its document: what keeps every receiver at "each exactly once, in order". */
import type { Seq } from '../observation/observation.ts';
import type { TravellingObservation } from './private-port.ts';

/** The first `seq` that an observation accounts for: a gap stands for all that it counts. */
export function firstSeq(observation: TravellingObservation): Seq {
  return observation.kind === 'gap' ? observation.from : observation.seq;
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
        ? { ...observation, from: at, count: observation.to - at + 1 }
        : observation,
    );
    at = observation.seq + 1;
  }
  return { fit: 'contiguous', fresh, next: at };
}

/** About what an observation takes of a cap. */
export function weight(observation: TravellingObservation): number {
  if ('payload' in observation) return 150 + observation.payload.data.length;
  if (observation.kind === 'request')
    return 150 + observation.url.length + (observation.body?.data.length ?? 0);
  return 300;
}

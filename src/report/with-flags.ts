/** A trace with a person's flags as they are now: each an annotation close behind what it is on. */
import type { Analysis, FlagView, ObservationIndex } from '../analysis/api/analysis.ts';
import type { DocumentId, Observation, Seq } from '../observation/observation.ts';

/** The first `count` observations of the analysis; annotations that became flags are written anew. */
export function* withFlags(
  analysis: Analysis,
  count = analysis.totals.observations,
): Generator<Observation, void, undefined> {
  const flags = new Map<ObservationIndex, FlagView[]>();
  for (const flag of analysis.flags())
    flags.set(flag.observation, [...(flags.get(flag.observation) ?? []), flag]);
  const latest = flags.size === 0 ? new Map<DocumentId, Seq>() : latestSeqs(analysis);
  for (let index = 0; index < count; index += 1) {
    const observation = analysis.observation(index);
    if (observation === undefined) continue;
    if (observation.kind !== 'annotation' || !analysis.isFlag(index)) yield observation;
    for (const flag of flags.get(index) ?? []) {
      const seq = (latest.get(observation.documentId) ?? observation.seq) + 1;
      latest.set(observation.documentId, seq);
      yield annotation(observation, flag, seq);
    }
  }
}

function annotation(on: Observation, { event, text }: FlagView, seq: Seq): Observation {
  const { documentId, frame, wallTime, monotonicTime, source } = on;
  const place = event === 0 ? {} : { event };
  return {
    ...{ documentId, frame, seq, wallTime, monotonicTime, source },
    ...{ kind: 'annotation', of: on.seq, ...place, text },
  };
}

function latestSeqs(analysis: Analysis): Map<DocumentId, Seq> {
  const latest = new Map<DocumentId, Seq>();
  for (let index = 0; index < analysis.totals.observations; index += 1) {
    const observation = analysis.observation(index);
    if (observation === undefined) continue;
    const { documentId, seq } = observation;
    if (seq > (latest.get(documentId) ?? -1)) latest.set(documentId, seq);
  }
  return latest;
}

/** Parts of a trace whose request, connection or message is not in it: nothing can be read of them. */
import type { Observation, Seq } from '../observation/observation.ts';

export class LostParts {
  #count = 0;
  /** By document, what later observations may be parts of. */
  readonly #begun = new Map<string, Set<Seq>>();

  /** The observations as they are; counted are those that name one that is not there. */
  among(observations: readonly Observation[]): readonly Observation[] {
    for (const observation of observations) this.#see(observation);
    return observations;
  }

  notes(): readonly string[] {
    if (this.#count === 0) return [];
    const [parts, are, belong] =
      this.#count === 1 ? ['observation', 'is', 'belongs'] : ['observations', 'are', 'belong'];
    const number = this.#count.toLocaleString('en-US');
    return [
      `${number} ${parts} ${belong} to requests or connections that are not in the file, and ${are} not read.`,
    ];
  }

  #see(observation: Observation): void {
    const { kind, documentId, seq } = observation;
    if (kind === 'request' || (kind === 'socket-open' && observation.of === seq))
      this.#begin(documentId, seq);
    else if (
      PARTS.has(kind) &&
      'of' in observation &&
      this.#begun.get(documentId)?.has(observation.of) !== true
    )
      this.#count += 1;
  }

  #begin(documentId: string, seq: Seq): void {
    const begun = this.#begun.get(documentId);
    if (begun === undefined) this.#begun.set(documentId, new Set([seq]));
    else begun.add(seq);
  }
}

/** Those of a request or connection; late bodies may belong to a message, and say nothing when alone. */
const PARTS: ReadonlySet<Observation['kind']> = new Set([
  'response',
  'chunk',
  'end',
  'abort',
  'error',
  'socket-open',
  'frame',
  'socket-close',
  'stream-event',
]);

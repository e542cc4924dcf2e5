import type { Observation } from '../../../src/observation/observation.ts';

/**
 * What one page's panels have shown one after the other, put together: each observation once, and of two panels that
 * have had the same one the same.
 */
export class JoinedTrace {
  readonly #documents = new Map<string, Map<number, Observation>>();
  /** By document: how many observations it is known to have made. */
  readonly #totals = new Map<string, number>();
  readonly #differing: string[] = [];

  /** Takes a trace; of one that was taken before only what is new. */
  add(trace: readonly Observation[]): void {
    for (const observation of trace) {
      const { documentId, seq, kind } = observation;
      const document = this.#documents.get(documentId) ?? new Map<number, Observation>();
      this.#documents.set(documentId, document);
      this.#totals.set(documentId, Math.max(this.#totals.get(documentId) ?? 0, seq + 1));
      // What one panel no longer got another one had.
      if (kind === 'gap') continue;
      const known = document.get(seq);
      if (known === undefined) document.set(seq, observation);
      else if (!isSame(known, observation)) this.#differing.push(`${documentId} ${seq} ${kind}`);
    }
  }

  /** What no panel had, and what two panels had differently; each in one line. */
  get flaws(): readonly string[] {
    const missing = [...this.#totals].flatMap(([documentId, total]) => {
      const document = this.#documents.get(documentId) ?? new Map();
      if (document.size === total) return [];
      const places = Array.from({ length: total }, (_, seq) => seq).filter((seq) => !document.has(seq));
      const first = document.get(0);
      const url = first?.kind === 'document' ? first.url : 'an unknown address';
      return [`${documentId} at ${url}: ${places.length} of ${total} missing, from ${places[0]} on`];
    });
    return [...missing, ...this.#differing];
  }

  /** Document by document, each in order. */
  get observations(): readonly Observation[] {
    return [...this.#documents.values()].flatMap((document) =>
      [...document.values()].sort((one, other) => one.seq - other.seq),
    );
  }
}

/** The number of a frame that went away unseen is known to nobody later. */
function isSame({ frame: _one, ...one }: Observation, { frame: _other, ...other }: Observation): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

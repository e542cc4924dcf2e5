/** What the page's world says of observations, checked as far as forwarding needs it; whoever looks into it checks the rest. */
import { withoutCredentials } from '../observation/plain-url.ts';
import { firstSeq } from './place.ts';
import type { Batch, TravellingObservation } from './private-port.ts';

/** A batch as the hook said it. */
export interface HeardBatch extends Batch {
  /** The document is going away. */
  readonly last: boolean;
}

/** Null for what no hook says. */
export function parseBatch(said: unknown): HeardBatch | null {
  if (typeof said !== 'string') return null;
  const head = /^(more|last) ([0-9a-f]{32}) (\d{1,15}) (\d{1,15}) (\d{1,15})\n/.exec(said);
  if (!head) return null;
  const [line, word, documentId = '', total, from, next] = head;
  const text = said.slice(line.length);
  return {
    last: word === 'last',
    documentId,
    total: Number(total),
    from: Number(from),
    next: Number(next),
    text,
  };
}

/** The observations of a batch; null where the text is not what the batch says it is. */
export function observationsIn({ from, next, text }: Batch): readonly TravellingObservation[] | null {
  const observations = parsed(text);
  if (!Array.isArray(observations) || !observations.every(isObservation)) return null;
  const first = observations[0];
  const last = observations.at(-1);
  return first && last && firstSeq(first) === from && last.seq + 1 === next ? observations.map(plain) : null;
}

/** Neither kept nor shown is with what password the page asked. */
function plain(observation: TravellingObservation): TravellingObservation {
  if (!('url' in observation) || typeof observation.url !== 'string') return observation;
  const url = withoutCredentials(observation.url);
  return url === observation.url ? observation : { ...observation, url };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isObservation(value: unknown): value is TravellingObservation {
  return (
    typeof value === 'object' &&
    value !== null &&
    'seq' in value &&
    Number.isSafeInteger(value.seq) &&
    'kind' in value &&
    typeof value.kind === 'string'
  );
}

/** What the page's world sends, checked as far as forwarding needs it; the panel checks the rest. */
import type { Batch, TravellingObservation } from './private-port.ts';

/** In Firefox an object of the page's world is no instance of this world's classes: only shapes are looked at. */
export function parseBatch(data: unknown): Batch | null {
  if (typeof data !== 'object' || data === null) return null;
  if (!('documentId' in data && 'total' in data && 'observations' in data)) return null;
  const { documentId, total, observations } = data;
  if (typeof documentId !== 'string' || documentId.length !== 32 || typeof total !== 'number') return null;
  if (!Array.isArray(observations) || observations.length === 0 || !observations.every(isObservation))
    return null;
  return { documentId, total, observations };
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

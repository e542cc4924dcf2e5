/** What the page's world says of observations: heard by the relay, checked by the background (`checked-batch.ts`), read by the panel. */
import { CAPS } from '../observation/caps.ts';
import type { Seq } from '../observation/observation.ts';
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

const DOCUMENT_ID = /^[0-9a-f]{32}$/;

export function isDocumentId(value: unknown): value is string {
  return typeof value === 'string' && DOCUMENT_ID.test(value);
}

/** The batch in a message or a stored value; null where its places make none. */
export function batchIn(value: unknown): Batch | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!('documentId' in value && 'total' in value && 'from' in value && 'next' in value && 'text' in value))
    return null;
  const { documentId, total, from, next, text } = value;
  if (!isDocumentId(documentId) || typeof text !== 'string') return null;
  if (!isPlace(total) || !isPlace(from) || !isPlace(next) || from >= next) return null;
  return { documentId, total: Math.max(total, next), from, next, text };
}

/** A place in a document, or a count of its observations. */
export function isPlace(value: unknown): value is Seq {
  return (
    typeof value === 'number' &&
    Number.isSafeInteger(value) &&
    value >= 0 &&
    value <= CAPS.documentObservations
  );
}

/** What a checked batch holds, for those who were given it by the background. */
export function observationsIn({ text }: Batch): readonly TravellingObservation[] {
  return JSON.parse(text);
}

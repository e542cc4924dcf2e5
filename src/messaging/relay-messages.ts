/**
 * What a relay may say, read from what came. Relays run in the page's process and are given their words by the page:
 * nothing here is believed, and what has another shape is not heard.
 */
import { CAPS } from '../observation/caps.ts';
import { batchIn, isDocumentId, isPlace } from './batch.ts';
import type { Hello, RelayToBackground, SurroundingsMessage, TopDocument } from './contracts.ts';
import { addressIn, isTime } from './last-words.ts';

export function relayMessageIn(value: unknown): RelayToBackground | null {
  if (!isRecord(value)) return null;
  if (value.type === 'hello') return helloIn(value);
  if (value.type === 'forgotten') {
    const { documentId, cleared } = value;
    return isDocumentId(documentId) && isTime(cleared) ? { type: 'forgotten', documentId, cleared } : null;
  }
  const batch = value.type === 'batch' ? batchIn(value) : null;
  return batch && { type: 'batch', last: value.last === true, ...batch };
}

function helloIn(value: Fields): Hello | null {
  const { documentId, url, origin, top, total, address, incognito, shown, cleared } = value;
  if (!isDocumentId(documentId) || !isText(url) || !isText(origin)) return null;
  if (typeof top !== 'boolean' || typeof incognito !== 'boolean') return null;
  if (!isTime(shown) || !isTime(cleared) || !isPlace(total)) return null;
  const place = { url, origin, top, total, address: addressIn(address) };
  return { type: 'hello', documentId, ...place, incognito, shown, cleared };
}

export function surroundingsIn(value: unknown): SurroundingsMessage | null {
  if (!isRecord(value) || value.type !== 'surroundings') return null;
  const { documentId, url, round, workers, children, fetches, newFrame } = value;
  if (!isText(documentId) || !isText(url) || typeof newFrame !== 'boolean') return null;
  if (!isCount(round) || !isCount(workers) || !isCount(children) || !isCount(fetches)) return null;
  return { type: 'surroundings', documentId, url, round, workers, children, fetches, newFrame };
}

export function asksSettings(value: unknown): boolean {
  return isRecord(value) && value.type === 'settings';
}

/** What the top frame answers to `panel-opened` and `page`. */
export function topDocumentIn(value: unknown): TopDocument | null {
  if (!isRecord(value)) return null;
  const { id, url, documentId, shown } = value;
  if (!isText(id) || !isText(url) || !(documentId === '' || isDocumentId(documentId))) return null;
  return isTime(shown) ? { id, url, documentId, shown } : null;
}

/** What a frame answers to `seen`: how many milliseconds its times are apart from those of the document. */
export function apartIn(value: unknown): number | null {
  return typeof value === 'number' && value >= 0 ? value : null;
}

type Fields = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= CAPS.text;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

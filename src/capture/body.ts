/** Bodies of requests, as the page hands them to `fetch`, `XMLHttpRequest.send` and `sendBeacon`. */
import type { Payload } from '../observation/observation.ts';
import type { Exchange } from './exchange.ts';
import { jsonOf } from './json.ts';
import { readLater } from './late-bytes.ts';
import { getter, privateList, uncurry } from './natives.ts';
import { bytesOf, bytesPayload, laterBytes, noBytes, notedText, sizeOfBlob, textPayload } from './payload.ts';

const parametersToText: (parameters: unknown) => string = uncurry(URLSearchParams.prototype.toString);
const forEachField: (form: unknown, visit: (value: unknown, name: unknown) => void) => void = uncurry(
  FormData.prototype.forEach,
);
const fileName = getter(File.prototype, 'name');
const blobType = getter(Blob.prototype, 'type');
const isStream = getter(ReadableStream.prototype, 'locked');
const nodeType = getter(Node.prototype, 'nodeType');

/** What can be said of a body at once; null where there is none. */
export function requestBody(body: unknown): Payload | null {
  if (body === undefined || body === null) return null;
  if (typeof body === 'string') return textPayload(body);
  if (typeof body !== 'object') return textPayload(`${String(body)}`);
  const bytes = bytesOf(body);
  if (bytes) return bytesPayload(bytes);
  const size = sizeOfBlob(body);
  if (size >= 0) return laterBytes(size);
  return (
    attempt(() => notedText(parametersToText(body), 'url-search-params')) ??
    attempt(() => notedText(formFields(body), 'form-data')) ??
    attempt(() => notedKind(isStream(body), 'stream')) ??
    attempt(() => notedKind(nodeType(body), 'document')) ??
    noBytes('object')
  );
}

/** Fetches what the browser gives of a request's body only later. */
export function addLateBody(exchange: Exchange, payload: Payload | null, body: unknown): void {
  if (payload?.encoding === 'later') readLater(body, false, (late) => addRequestBody(exchange, late));
}

/** The bytes of a request's body, once they are there: they may be what shows that it is chat. */
export function addRequestBody(exchange: Exchange, late: Payload): void {
  exchange.names(late.encoding === 'text' ? late.data : '', 'client');
  exchange.add({ kind: 'body', role: 'request', payload: late }, late.data.length);
}

/** A form as JSON pairs: the bytes on the wire depend on a boundary that only the browser knows. */
function formFields(form: unknown): string {
  const fields: unknown[] = privateList();
  forEachField(form, (value, name) => {
    const size = sizeOfBlob(value);
    const shown = size < 0 ? value : { file: fileName(value), type: blobType(value), size };
    fields[fields.length] = [name, shown];
  });
  return jsonOf(fields);
}

/** What its own getter answered for is that kind of object, whatever the answer. */
function notedKind(_answer: unknown, kind: string): Payload {
  return noBytes(kind);
}

function attempt(read: () => Payload): Payload | null {
  try {
    return read();
  } catch {
    return null;
  }
}

import { CAPS } from '../observation/caps.ts';
import type { Payload } from '../observation/observation.ts';
import { GzipBytes } from './gunzip.ts';
import type { HarBody, HarCut } from './har-entry.ts';

/** Bytes of these types are never text, even where they happen to decode as such. */
const BINARY_TYPE = /^(image|audio|video|font)\//i;

/**
 * A body of a HAR file as a payload. Base64 that holds UTF-8 text becomes that text. A byte order mark, which browsers
 * take away before the page sees a body, is taken away.
 */
export function harPayload(body: HarBody): Payload {
  const { text } = body;
  // A body that has a size or lies in another file, and no text, was left out when the file was written.
  const leftOut = body._file !== undefined || body._sha1 !== undefined || (body.size ?? 0) > 0;
  if (text === undefined || (text === '' && leftOut)) return missingPayload(body.size);
  const payload =
    (body.encoding ?? body._encoding)?.toLowerCase() === 'base64'
      ? base64Payload(text, BINARY_TYPE.test(body.mimeType ?? '') ? 'binary' : 'unknown')
      : textPayload(withoutMark(text));
  return asCaptured(payload, body);
}

/** The payload as it was when it was captured: what was cut off then is no fault of who sent it. */
export function asCaptured(payload: Payload, { _truncated, _size = 0 }: HarCut): Payload {
  if (_truncated !== true) return payload;
  return { ...payload, truncated: true, size: Math.max(payload.size, _size) };
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** The payload of bytes that the file does not hold. */
export function missingPayload(size: number | undefined): Payload {
  const known = size !== undefined && Number.isFinite(size) && size > 0;
  return { encoding: 'none', data: '', size: known ? size : 0, truncated: false, note: 'not in the file' };
}

/** Text, cut at the body cap. */
export function textPayload(text: string): Payload {
  const truncated = text.length > CAPS.body;
  return {
    encoding: 'text',
    data: truncated ? text.slice(0, CAPS.body) : text,
    size: text.length,
    truncated,
  };
}

/** Base64 of bytes that are known to be binary, or that may turn out to be text. */
export function base64Payload(base64: string, content: 'binary' | 'unknown'): Payload {
  const compact = base64.replaceAll(/\s+/g, '');
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.from(atob(compact), (char) => char.charCodeAt(0));
  } catch {
    // Some programs say base64 and write the text.
    return textPayload(base64);
  }
  const unpacked = content === 'binary' ? null : unpackedText(bytes);
  if (unpacked !== null) return { ...unpacked, size: bytes.length };
  const text = content === 'binary' ? null : utf8(bytes);
  if (text !== null) return { ...textPayload(text), size: bytes.length };
  const truncated = bytes.length > CAPS.body;
  // Four characters hold three bytes.
  const chars = Math.floor(CAPS.body / 3) * 4;
  const padded = compact.padEnd(Math.ceil(compact.length / 4) * 4, '=');
  return {
    encoding: 'base64',
    data: truncated ? padded.slice(0, chars) : padded,
    size: bytes.length,
    truncated,
  };
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * The text of a body that a program wrote as it came over the wire, by gzip: as much of it as a payload holds. Null for
 * what is packed otherwise, or damaged.
 */
function unpackedText(bytes: Uint8Array): Payload | null {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return null;
  const gzip = new GzipBytes();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  try {
    for (const piece of gzip.push(bytes)) {
      text += decoder.decode(piece, { stream: true });
      if (text.length > CAPS.body) return textPayload(text);
    }
    for (const piece of gzip.end()) text += decoder.decode(piece, { stream: true });
    return textPayload(text + decoder.decode());
  } catch {
    return null;
  }
}

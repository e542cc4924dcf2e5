/** Texts in base64, compressed or not: undone, redacted and put back in the same form. */
import { gunzipSync, gzipSync, unzlibSync, zlibSync } from 'fflate';

const SHORTEST = 24;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
const MOST_BYTES = 64 * 1024 * 1024;
/** As often as the analysis unpacks. */
const MOST_PACKED = 4;
const decoder = new TextDecoder('utf-8', { fatal: true });

/** Null where the text is no base64 of a text, or `redact` has nothing to do with that. */
export function encodedText(text: string, redact: (inner: string) => string | null): string | null {
  if (text.length < SHORTEST || !BASE64.test(text)) return null;
  const bytes = base64Bytes(text);
  if (bytes === null) return null;
  const put = encodedBytes(bytes, redact);
  if (put === null) return null;
  const base64 = base64Of(put);
  const plain = text.includes('=') || text.length % 4 === 0 ? base64 : base64.replace(/=+$/, '');
  return /[-_]/.test(text) ? plain.replaceAll('+', '-').replaceAll('/', '_') : plain;
}

/** The same of bytes, which may be packed more than once. */
export function encodedBytes(
  bytes: Uint8Array,
  redact: (inner: string) => string | null,
  layers = MOST_PACKED,
): Uint8Array | null {
  const packing = packingOf(bytes);
  try {
    if (packing === null || layers === 0) {
      const put = redact(decoder.decode(bytes));
      return put === null ? null : new TextEncoder().encode(put);
    }
    const room = { out: new Uint8Array(Math.min(MOST_BYTES, Math.max(65_536, bytes.length * 64))) };
    const plain = packing === 'gzip' ? gunzipSync(bytes, room) : unzlibSync(bytes, room);
    const put = plain.length >= room.out.length ? null : encodedBytes(plain, redact, layers - 1);
    if (put === null) return null;
    return packing === 'gzip' ? gzipSync(put, { mtime: 0 }) : zlibSync(put);
  } catch {
    return null;
  }
}

/** How bytes are packed, by how they begin; null where they are not. */
function packingOf([first = 0, second = 0]: Uint8Array): 'gzip' | 'zlib' | null {
  if (first === 0x1f && second === 0x8b) return 'gzip';
  return (first & 0x0f) === 8 && first >> 4 <= 7 && (first * 256 + second) % 31 === 0 ? 'zlib' : null;
}

/** Null where the text is no base64. */
export function base64Bytes(text: string): Uint8Array | null {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''));
    const bytes = new Uint8Array(binary.length);
    for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
    return bytes;
  } catch {
    return null;
  }
}

export function base64Of(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x2000)
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x2000)));
  return btoa(parts.join(''));
}

/** Base64 and compressed bytes: recognised by their first characters, and read up to a limit. */
import { gunzipSync, inflateSync, unzlibSync } from 'fflate';

/** Beginnings of base64 of `{"`, `{ `, `{\n`, `[{`, `[ `, `["`, of gzip and of zlib. */
const BEGINNING = /^(?:eyJ|eyA|ewo|ewk|W3s|W3si|Wy|WyJ|H4sI|eJ|eA|eN|7b|fQ)/;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
const SHORTEST = 24;

/** The bytes of a base64 text that begins like JSON or like compressed bytes; null for all other texts. */
export function base64Bytes(text: string): Uint8Array | null {
  if (text.length < SHORTEST || !BEGINNING.test(text) || !BASE64.test(text)) return null;
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

/** Proxies pack what is packed already; nobody does so more often. */
const MOST_PACKED = 4;
/** A thousandth of it may be what is packed, and unpacking takes its time by what comes out. */
const MOST_UNPACKED = 16 * 1024 * 1024;

/**
 * UTF-8 text of bytes, unpacked where they begin like gzip or zlib, also more than once. Null where they are no text,
 * or more than `limit` or 16 MiB.
 */
export function bytesText(bytes: Uint8Array, limit: number): string | null {
  let plain: Uint8Array | null = bytes;
  for (let layer = 0; layer < MOST_PACKED && compressionOf(plain) !== null; layer += 1) {
    plain = unpack(plain, Math.min(limit, MOST_UNPACKED));
    if (plain === null) return null;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch {
    return null;
  }
}

/** How bytes are compressed, by how they begin; null where they are not. Brotli has no beginning to tell it by. */
export function compressionOf(bytes: Uint8Array): 'gzip' | 'zlib' | 'zstd' | null {
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes;
  if (first === 0x1f && second === 0x8b) return 'gzip';
  if (first === 0x28 && second === 0xb5 && third === 0x2f && fourth === 0xfd) return 'zstd';
  if ((first & 0x0f) === 8 && first >> 4 <= 7 && (first * 256 + second) % 31 === 0) return 'zlib';
  return null;
}

/** Null where the bytes are damaged or unpack to more than `limit`. */
export function unpack(
  bytes: Uint8Array,
  limit: number,
  named: 'gzip' | 'deflate' | null = null,
): Uint8Array | null {
  const compression = compressionOf(bytes) ?? (named === 'deflate' ? 'raw' : null);
  if (compression === null) return bytes;
  if (compression === 'zstd') return null;
  try {
    // The room is given before: what does not fit is not unpacked. It is grown, since most need little.
    for (let room = Math.min(limit, Math.max(65_536, bytes.length * 8)); ; room = Math.min(limit, room * 8)) {
      const out = new Uint8Array(room);
      const read =
        compression === 'gzip'
          ? gunzipSync(bytes, { out })
          : compression === 'zlib'
            ? unzlibSync(bytes, { out })
            : inflateSync(bytes, { out });
      if (read.length < room) return read;
      if (room >= limit) return null;
    }
  } catch {
    return null;
  }
}

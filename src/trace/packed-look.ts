/** Bytes and texts that may hold an event without showing its name: compressed ones and base64, unpacked to be looked at. */
import { base64Bytes, bytesText, compressionOf } from '../framing/encoded.ts';
import type { Payload } from '../observation/observation.ts';

/** Characters and bytes that come out for one file: a thousandth of it may be what is packed. */
const MOST_UNPACKED = 64 * 1024 * 1024;
/** The same of one text. */
const MOST_OF_ONE = 4 * 1024 * 1024;
/** So many texts in one message are tried. */
const MOST_TRIED = 64;
const MAY_BE_BASE64 = /[A-Za-z0-9+/_-]{24,}={0,2}/g;

export class PackedLook {
  #room = MOST_UNPACKED;

  /** The texts that are packed in a payload; none where it is not packed, damaged, or too large. */
  *texts({ encoding, data }: Payload): Generator<string, void, undefined> {
    if (encoding === 'none' || this.#room <= 0) return;
    const bytes = encoding === 'base64' ? bytesOf(data) : null;
    if (bytes !== null && compressionOf(bytes) !== null) return yield* this.#unpacked(bytes);
    const letters = bytes === null ? data : new TextDecoder('latin1').decode(bytes);
    let tried = 0;
    for (const [found] of letters.matchAll(MAY_BE_BASE64)) {
      if (this.#room <= 0 || tried === MOST_TRIED) return;
      tried += 1;
      const packed = base64Bytes(found);
      if (packed !== null) yield* this.#unpacked(packed);
    }
  }

  *#unpacked(bytes: Uint8Array): Generator<string, void, undefined> {
    const limit = Math.min(this.#room, MOST_OF_ONE);
    const text = bytesText(bytes, limit);
    this.#room -= text?.length ?? (compressionOf(bytes) === null ? bytes.length : limit);
    if (text !== null) yield text;
  }
}

function bytesOf(base64: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

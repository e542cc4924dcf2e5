/**
 * Gzip, piece by piece: any number of members, one after the other (RFC 1952, section 2.2). Node's and the browsers'
 * own readers differ over what stands behind the first one, so neither is used.
 */
import { FlateErrorCode, Gunzip } from 'fflate';
import { FileError } from './file-error.ts';

/** Packed bytes that are unpacked in one go: a byte gives at most some thousand, so a step stays below 4 MB. */
const STEP = 4096;
/** Checksum and length behind the data of a member. */
const TRAILER = 8;

export class GzipBytes {
  readonly #gunzip: Gunzip;
  #unpacked: Uint8Array[] = [];
  /** Packed bytes that were read. */
  #read = 0;
  /** The packed bytes that were read last, at least a trailer of them. */
  #tail: Uint8Array = new Uint8Array(0);
  #member = new Crc32();
  /** True once something follows a whole member that is none. */
  #ended = false;

  constructor() {
    this.#gunzip = new Gunzip((bytes) => {
      this.#member.add(bytes);
      if (bytes.length > 0) this.#unpacked.push(bytes);
    });
    this.#gunzip.onmember = (offset) => {
      const end = offset - (this.#read - this.#tail.length);
      // A header of many kilobytes, which nobody writes, would have pushed the trailer out of sight.
      if (end >= TRAILER && this.#trailerAt(end - TRAILER) === 'other') throw this.#fault('is damaged');
      this.#member = new Crc32();
    };
  }

  /** The unpacked bytes that `packed` completes, in pieces. @throws FileError where they are damaged. */
  *push(packed: Uint8Array): Generator<Uint8Array, void, undefined> {
    for (let from = 0; from < packed.length && !this.#ended; from += STEP)
      yield* this.#step(packed.subarray(from, from + STEP), false);
  }

  /** @throws FileError where the data are cut off. */
  *end(): Generator<Uint8Array, void, undefined> {
    if (this.#ended) return;
    yield* this.#step(new Uint8Array(0), true);
    if (!this.#ended && !this.#trailerIsThere()) throw this.#fault('is damaged or cut off');
  }

  *#step(packed: Uint8Array, final: boolean): Generator<Uint8Array, void, undefined> {
    const kept = this.#tail.subarray(-2 * TRAILER);
    this.#tail = new Uint8Array(kept.length + packed.length);
    this.#tail.set(kept);
    this.#tail.set(packed, kept.length);
    this.#read += packed.length;
    try {
      this.#gunzip.push(packed, final);
    } catch (error) {
      if (error instanceof FileError) throw error;
      const code = error instanceof Error && 'code' in error ? error.code : null;
      // What is no member behind a whole one is padding, such as tapes have, and left out.
      if (code === FlateErrorCode.InvalidHeader && this.#trailerIsThere()) this.#ended = true;
      else throw this.#fault(code === FlateErrorCode.UnexpectedEOF ? 'is cut off' : 'is damaged');
    }
    const unpacked = this.#unpacked;
    this.#unpacked = [];
    yield* unpacked;
  }

  #trailerIsThere(): boolean {
    return this.#tail.some((_, at) => this.#trailerAt(at) === 'own');
  }

  #trailerAt(offset: number): 'own' | 'other' {
    const own = this.#member.trailer.every((byte, at) => this.#tail[offset + at] === byte);
    return own ? 'own' : 'other';
  }

  #fault(what: string): FileError {
    return new FileError(`the gzip data ${what} at about byte ${this.#read}`);
  }
}

/** Checksum and length of the data of a member. */
class Crc32 {
  #crc = -1;
  #length = 0;

  add(bytes: Uint8Array): void {
    let crc = this.#crc;
    for (let at = 0; at < bytes.length; at += 1)
      crc = (TABLE[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8);
    this.#crc = crc;
    this.#length = (this.#length + bytes.length) >>> 0;
  }

  /** As it stands behind the data. */
  get trailer(): readonly number[] {
    return [~this.#crc, this.#length].flatMap((word) => [0, 8, 16, 24].map((bits) => (word >>> bits) & 0xff));
  }
}

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

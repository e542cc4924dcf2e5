/**
 * The bytes of a file in, its text out, piece by piece: unpacked where it is gzip, decoded by its byte order mark, else
 * as UTF-8. Of a bug report and of a report it is the text of the trace in it. Panel and command line read by this, so that the same bytes are the same text.
 */
import { ZippedTrace } from './bug-report-file.ts';
import { encodingOf, HEAD_BYTES, packedAs, packing } from './file-kind.ts';
import { GzipBytes } from './gunzip.ts';
import { ReportTrace } from './report-file.ts';

/** Characters of a piece at most: what is done with one takes no longer than a frame. */
const PIECE = 64 * 1024;

export class FileText {
  #head: Uint8Array = new Uint8Array(0);
  /** Null until the head is there that tells how the file is packed. */
  #gzip: Unpacker | null = null;
  readonly #decoder = new TextPieces();

  /** The text that these bytes complete; some pieces may be empty, so that whoever reads can stop at any time. */
  *push(bytes: Uint8Array): Generator<string, void, undefined> {
    let rest = bytes;
    if (this.#gzip === null) {
      rest = joined(this.#head, bytes);
      if (rest.length < HEAD_BYTES) {
        this.#head = rest;
        return;
      }
      this.#begin(rest);
    }
    yield* this.#unpack(rest);
  }

  /** @throws FileError where packed data are cut off. */
  *end(): Generator<string, void, undefined> {
    if (this.#gzip === null) {
      this.#begin(this.#head);
      yield* this.#unpack(this.#head);
    }
    if (this.#gzip !== null && this.#gzip !== 'none') {
      for (const bytes of this.#gzip.end()) yield* this.#decoder.push(bytes);
    }
    yield* this.#decoder.end();
  }

  #begin(head: Uint8Array): void {
    this.#gzip = UNPACKERS[packing(head)]();
  }

  *#unpack(bytes: Uint8Array): Generator<string, void, undefined> {
    if (this.#gzip === null || this.#gzip === 'none') {
      yield* this.#decoder.push(bytes);
      return;
    }
    for (const unpacked of this.#gzip.push(bytes)) yield* this.#decoder.push(unpacked);
    // A step that gave nothing is a step all the same.
    yield '';
  }
}

type Unpacker = GzipBytes | ZippedTrace | ReportTrace | 'none';

const UNPACKERS: Readonly<Record<ReturnType<typeof packing>, () => Unpacker>> = {
  gzip: () => new GzipBytes(),
  zip: () => new ZippedTrace(),
  html: () => new ReportTrace(),
  text: () => 'none',
};

/** Unpacked bytes as text. */
class TextPieces {
  #head: Uint8Array = new Uint8Array(0);
  #decoder: TextDecoder | null = null;

  *push(bytes: Uint8Array): Generator<string, void, undefined> {
    const all = this.#decoder === null ? joined(this.#head, bytes) : bytes;
    if (this.#decoder === null && all.length < HEAD_BYTES) {
      this.#head = all;
      return;
    }
    if (this.#decoder === null) {
      // What was packed may be packed once more, or be another file.
      const how = packing(all);
      if (how !== 'text') throw packedAs(PACKED_AGAIN[how]);
      this.#decoder = new TextDecoder(encodingOf(all));
    }
    for (let from = 0; from < all.length; from += PIECE)
      yield this.#decoder.decode(all.subarray(from, from + PIECE), { stream: true });
  }

  *end(): Generator<string, void, undefined> {
    const rest = this.#decoder === null ? this.#head : new Uint8Array(0);
    yield (this.#decoder ?? new TextDecoder(encodingOf(rest))).decode(rest);
  }
}

const PACKED_AGAIN = { gzip: 'gzip in gzip', zip: 'ZIP', html: 'a packed report' } as const;

function joined(head: Uint8Array, bytes: Uint8Array): Uint8Array {
  if (head.length === 0) return bytes;
  const all = new Uint8Array(head.length + bytes.length);
  all.set(head);
  all.set(bytes, head.length);
  return all;
}

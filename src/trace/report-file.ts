/** A report of one HTML file: of what is in it the trace is read, which stands there as base64 of gzip. */
import { FileError } from './file-error.ts';
import { GzipBytes } from './gunzip.ts';

/** What the trace stands between in a report. No script that a browser would run has this type. */
export const TRACE_BLOCK = {
  open: '<script type="application/x-chat-inspector-trace" id="trace">',
  close: '</script>',
} as const;

/** The bytes of an HTML file in, those of its trace out. */
export class ReportTrace {
  readonly #gzip = new GzipBytes();
  /** Each byte a character: all that is looked for is ASCII. */
  readonly #decoder = new TextDecoder('latin1');
  #place: 'before' | 'within' | 'behind' = 'before';
  /** Characters that may be the beginning of what is looked for. */
  #open = '';

  /** @throws FileError where the trace is damaged. */
  *push(bytes: Uint8Array): Generator<Uint8Array, void, undefined> {
    if (this.#place === 'behind') return;
    this.#open += this.#decoder.decode(bytes, { stream: true });
    if (this.#place === 'before') {
      const at = this.#open.indexOf(TRACE_BLOCK.open);
      if (at === -1) {
        this.#open = this.#open.slice(1 - TRACE_BLOCK.open.length);
        return;
      }
      this.#open = this.#open.slice(at + TRACE_BLOCK.open.length);
      this.#place = 'within';
    }
    const end = this.#open.indexOf('<');
    const packed = (end === -1 ? this.#open : this.#open.slice(0, end)).replaceAll(/\s/g, '');
    const whole = end === -1 ? packed.length - (packed.length % 4) : packed.length;
    if (end !== -1) this.#place = 'behind';
    this.#open = packed.slice(whole);
    yield* this.#gzip.push(bytesOf(packed.slice(0, whole)));
  }

  /** @throws FileError where the file is cut off, or is no report of ours. */
  *end(): Generator<Uint8Array, void, undefined> {
    if (this.#place === 'before')
      throw new FileError(
        'neither a Chat Inspector trace nor a HAR file, nor a report of ours: it is a web page',
      );
    if (this.#place === 'within') throw new FileError('the report is cut off in its trace');
    yield* this.#gzip.end();
  }
}

function bytesOf(base64: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  } catch {
    throw new FileError('the trace in the report is damaged');
  }
}

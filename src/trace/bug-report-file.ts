/** The ZIP of a bug report: of the files in it the trace is read. */
import { Unzip, UnzipInflate } from 'fflate';
import { FileError } from './file-error.ts';

/** The name of the trace in a bug report. */
export const TRACE_IN_ZIP = 'trace.ndjson';

/** The bytes of a ZIP in, those of its trace out. */
export class ZippedTrace {
  readonly #unzip = new Unzip();
  #ready: Uint8Array[] = [];
  #fault: string | null = null;
  #found = false;
  #whole = false;

  constructor() {
    this.#unzip.register(UnzipInflate);
    this.#unzip.onfile = (file) => {
      if (this.#found || !(file.name === TRACE_IN_ZIP || file.name.endsWith(`/${TRACE_IN_ZIP}`))) return;
      this.#found = true;
      file.ondata = (error, chunk, final) => {
        if (error !== null) this.#fault = 'the ZIP is damaged';
        else this.#ready.push(chunk);
        if (final) this.#whole = true;
      };
      file.start();
    };
  }

  /** @throws FileError where the ZIP is damaged. */
  *push(bytes: Uint8Array): Generator<Uint8Array, void, undefined> {
    try {
      this.#unzip.push(bytes);
    } catch {
      this.#fault = 'the ZIP is damaged';
    }
    yield* this.#taken();
    if (this.#fault !== null) throw new FileError(this.#fault);
  }

  /** @throws FileError where the ZIP is cut off, or holds no trace of ours. */
  *end(): Generator<Uint8Array, void, undefined> {
    yield* this.#taken();
    if (!this.#found) throw new FileError('the file is packed (ZIP); unpack it and give the file in it');
    if (!this.#whole) throw new FileError('the ZIP is cut off in its trace');
  }

  *#taken(): Generator<Uint8Array, void, undefined> {
    const ready = this.#ready;
    this.#ready = [];
    yield* ready;
  }
}

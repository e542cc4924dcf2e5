/** Opening what a person named on the command line: a file or standard input, plain or gzip, trace or HAR. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { getHeapStatistics } from 'node:v8';
import { createGunzip } from 'node:zlib';
import { jsonFault } from '../analysis/json-fault.ts';
import type { Observation } from '../observation/observation.ts';
import { HarError, type HarImport, readHar } from '../trace/har.ts';
import { TraceError, TraceReader } from '../trace/ndjson.ts';
import { neither, parseJson } from '../trace/trace-file.ts';
import { HEAD_CHARS, isGzip, textKind } from '../trace/trace-text.ts';

/** What cannot be read, as one sentence for a person. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

export interface InputReader {
  /** Takes the next observations of the trace. */
  readonly take: (observations: readonly Observation[]) => void;
  /** Told how far the reading is, in bytes of the file; `total` is undefined for standard input. */
  readonly progress: (read: number, total: number | undefined) => void;
}

/** What kind of file it was. */
export type InputKind = { readonly kind: 'trace' } | { readonly kind: 'har'; readonly har: HarImport };

/**
 * Reads one file, or standard input for `-`, and hands its observations on as they come.
 * @throws InputError with one sentence that says what is wrong and where.
 */
export async function readInput(name: string, stdin: Readable, reader: InputReader): Promise<InputKind> {
  try {
    const { stream, total } = name === '-' ? { stream: stdin, total: undefined } : await openFile(name);
    return await readText(
      decode(stream, (read) => reader.progress(read, total)),
      reader.take,
    );
  } catch (error) {
    if (error instanceof InputError) throw error;
    if (error instanceof TraceError || error instanceof HarError) throw new InputError(error.message);
    throw new InputError(systemFault(error));
  }
}

async function openFile(name: string): Promise<{ stream: Readable; total: number }> {
  const stats = await stat(name);
  if (stats.isDirectory()) throw new InputError('is a directory; name the files in it');
  return { stream: createReadStream(name, { highWaterMark: 1024 * 1024 }), total: stats.size };
}

/** The file's text piece by piece: unpacked, and decoded by its byte order mark, else as UTF-8. */
async function* decode(stream: Readable, progress: (read: number) => void): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null;
  for await (const bytes of unpacked(stream, progress)) {
    // PowerShell's `>` writes UTF-16.
    decoder ??= new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8');
    yield decoder.decode(bytes, { stream: true });
  }
  if (decoder !== null) yield decoder.decode();
}

async function* unpacked(stream: Readable, progress: (read: number) => void): AsyncGenerator<Uint8Array> {
  let read = 0;
  const source = stream[Symbol.asyncIterator]();
  const counted = async function* (first: Uint8Array): AsyncGenerator<Uint8Array> {
    for (let bytes = first; ; ) {
      read += bytes.length;
      progress(read);
      yield bytes;
      const next: IteratorResult<Uint8Array> = await source.next();
      if (next.done) return;
      bytes = next.value;
    }
  };
  const first: IteratorResult<Uint8Array> = await source.next();
  if (first.done) return;
  if (!isGzip(first.value)) {
    yield* counted(first.value);
    return;
  }
  try {
    const gunzip = createGunzip();
    // Errors arrive where the unpacked bytes are read.
    pipeline(Readable.from(counted(first.value)), gunzip, () => {});
    yield* gunzip;
  } catch (error) {
    const fault = codeOf(error) === 'Z_BUF_ERROR' ? 'is cut off' : 'is damaged';
    throw new InputError(`the gzip data ${fault} at about byte ${read}`);
  }
}

async function readText(
  pieces: AsyncIterable<string>,
  take: (observations: readonly Observation[]) => void,
): Promise<InputKind> {
  let head = '';
  let rest: TraceReader | JsonText | null = null;
  for await (const piece of pieces) {
    if (rest === null) {
      head += piece;
      if (head.length < HEAD_CHARS) continue;
      rest = readerFor(head);
      take(rest.push(head));
    } else {
      take(rest.push(piece));
    }
  }
  if (rest === null) {
    rest = readerFor(head);
    take(rest.push(head));
  }
  if (rest instanceof JsonText) {
    const har = readHar(rest.end());
    take(har.observations);
    return { kind: 'har', har };
  }
  take(rest.end());
  return { kind: 'trace' };
}

function readerFor(head: string): TraceReader | JsonText {
  switch (textKind(head)) {
    case 'trace':
      return new MeasuredTrace();
    case 'json':
      return new JsonText();
    case 'empty':
      throw new InputError('the file is empty');
    case 'other':
      throw neither(head);
  }
}

/** A trace costs about its own length in memory, twice that where its text is not Latin. */
class MeasuredTrace extends TraceReader {
  readonly #limit = getHeapStatistics().heap_size_limit / 3;
  #chars = 0;

  override push(piece: string): Observation[] {
    this.#chars += piece.length;
    if (this.#chars > this.#limit) throw tooLarge('the trace', this.#limit);
    return super.push(piece);
  }
}

/** A HAR file has to be in memory as one text and as its parsed value. */
class JsonText {
  /** The longest string of V8, and the share of the heap that leaves room for the parsed value. */
  readonly #limit = Math.min(2 ** 29 - 25, getHeapStatistics().heap_size_limit / 4);
  #pieces: string[] = [];
  #chars = 0;

  push(piece: string): readonly Observation[] {
    this.#chars += piece.length;
    if (this.#chars > this.#limit) throw tooLarge('the HAR file', this.#limit);
    this.#pieces.push(piece);
    return [];
  }

  end(): unknown {
    const text = this.#pieces.join('');
    this.#pieces = [];
    return parseJson(text, jsonFault);
  }
}

function tooLarge(what: string, chars: number): InputError {
  const megabytes = Math.floor(chars / 1e6);
  return new InputError(
    `${what} is larger than the ${megabytes} MB that fit into memory here; export the chat’s traffic alone, or give Node more memory with NODE_OPTIONS=--max-old-space-size`,
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** A fault of the file system in words. */
export function systemFault(error: unknown): string {
  switch (codeOf(error)) {
    case 'ENOENT':
      return 'there is no such file';
    case 'EACCES':
    case 'EPERM':
      return 'no permission to read it';
    case 'EISDIR':
      return 'is a directory; name the files in it';
    case 'ENOTDIR':
      return 'a part of its path is no directory';
    default:
      return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

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
    const pieces = decode(stream, (read) => reader.progress(read, total));
    return await readText(pieces, total ?? 0, reader.take);
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

interface Piece {
  readonly text: string;
  /** Bytes that it was decoded from. */
  readonly bytes: number;
}

/** The file's text piece by piece: unpacked, and decoded by its byte order mark, else as UTF-8. */
async function* decode(stream: Readable, progress: (read: number) => void): AsyncGenerator<Piece> {
  let decoder: TextDecoder | null = null;
  for await (const bytes of unpacked(stream, progress)) {
    // PowerShell's `>` writes UTF-16.
    decoder ??= new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8');
    yield { text: decoder.decode(bytes, { stream: true }), bytes: bytes.length };
  }
  if (decoder !== null) yield { text: decoder.decode(), bytes: 0 };
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

/** `atLeast`: the size of the file, packed or not; what is too large is not begun. */
async function readText(
  pieces: AsyncIterable<Piece>,
  atLeast: number,
  take: (observations: readonly Observation[]) => void,
): Promise<InputKind> {
  let head = '';
  let read = 0;
  let rest: TraceReader | JsonText | null = null;
  for await (const { text, bytes } of pieces) {
    read += bytes;
    if (rest === null) {
      head += text;
      if (head.length < HEAD_CHARS) continue;
      rest = readerFor(head);
      checkSize(rest, Math.max(read, atLeast));
      take(rest.push(head));
    } else {
      checkSize(rest, read);
      take(rest.push(text));
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
      return new TraceReader();
    case 'json':
      return new JsonText();
    case 'empty':
      throw new InputError('the file is empty');
    case 'other':
      throw neither(head);
  }
}

/** A HAR file has to be in memory as one text and as its parsed value. */
class JsonText {
  #pieces: string[] = [];

  push(text: string): readonly Observation[] {
    this.#pieces.push(text);
    return [];
  }

  end(): unknown {
    const text = this.#pieces.join('');
    this.#pieces = [];
    return parseJson(text, jsonFault);
  }
}

const HEAP = getHeapStatistics().heap_size_limit;
/** Measured: an analysed trace takes 2.5 times its size when its events are small, less when they are large. */
const TRACE_BYTES = HEAP / 3;
/** The longest string of V8, and the share of the heap that leaves room for the parsed value. */
const HAR_BYTES = Math.min(2 ** 29 - 25, HEAP / 4);

function checkSize(reader: TraceReader | JsonText, bytes: number): void {
  const limit = reader instanceof JsonText ? HAR_BYTES : TRACE_BYTES;
  if (bytes <= limit) return;
  const what = reader instanceof JsonText ? 'a HAR file' : 'a trace';
  throw new InputError(
    `has ${megabytes(bytes)} or more, and of ${what} ${megabytes(limit)} fit into memory here; export the chat’s traffic alone, or give Node more memory with NODE_OPTIONS=--max-old-space-size`,
  );
}

function megabytes(bytes: number): string {
  return `${Math.floor(bytes / 1e6)} MB`;
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

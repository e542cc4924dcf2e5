/** Opening what a person named on the command line: a file or standard input, plain or gzip, trace or HAR. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { getHeapStatistics } from 'node:v8';
import { createGunzip } from 'node:zlib';
import { jsonFault } from '../analysis/json-fault.ts';
import type { Observation } from '../observation/observation.ts';
import { HarError, type HarImport, HarReader, readHar } from '../trace/har.ts';
import { HarText } from '../trace/har-text.ts';
import { TraceError, TraceReader } from '../trace/ndjson.ts';
import { neither } from '../trace/trace-file.ts';
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
export type InputKind =
  | {
      readonly kind: 'trace' /** The line of an observation, from 1. */;
      readonly lineOf: (observation: number) => number;
    }
  | { readonly kind: 'har'; readonly har: HarImport };

/**
 * Reads one file, or standard input for `-`, and hands its observations on as they come.
 * @throws InputError with one sentence that says what is wrong and where.
 */
export async function readInput(name: string, stdin: Readable, reader: InputReader): Promise<InputKind> {
  try {
    const { stream, total } = name === '-' ? { stream: stdin, total: undefined } : await openFile(name);
    const pieces = decode(stream, (read) => reader.progress(read, total));
    return await readText(pieces, reader.take);
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
    decoder ??= new TextDecoder(encodingOf(bytes));
    yield decoder.decode(bytes, { stream: true });
  }
  if (decoder !== null) yield decoder.decode();
}

function encodingOf(begin: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (begin[0] === 0xff && begin[1] === 0xfe) return 'utf-16le';
  return begin[0] === 0xfe && begin[1] === 0xff ? 'utf-16be' : 'utf-8';
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
  let reader: FileReader | null = null;
  for await (const text of pieces) {
    if (reader === null) {
      head += text;
      if (head.length < HEAD_CHARS) continue;
      reader = readerFor(head, take);
      reader.push(head);
      head = '';
    } else reader.push(text);
  }
  if (reader === null) {
    reader = readerFor(head, take);
    reader.push(head);
  }
  return reader.end();
}

interface FileReader {
  push(text: string): void;
  end(): InputKind;
}

function readerFor(head: string, take: (observations: readonly Observation[]) => void): FileReader {
  switch (textKind(head)) {
    case 'trace':
      return traceReader(take);
    case 'json':
      return harReader(take);
    case 'empty':
      throw new InputError('the file is empty');
    case 'other':
      throw neither(head);
  }
}

function traceReader(take: (observations: readonly Observation[]) => void): FileReader {
  const reader = new TraceReader();
  return {
    push: (text) => take(reader.push(text)),
    end: () => {
      take(reader.end());
      return { kind: 'trace', lineOf: (observation) => reader.lineOf(observation) };
    },
  };
}

/** All chat traffic of a HAR is in memory at once: it stands in the order of the file, and is judged in that of time. */
const HAR_CHARS = getHeapStatistics().heap_size_limit / 5;

function harReader(take: (observations: readonly Observation[]) => void): FileReader {
  const text = new HarText(jsonFault);
  const har = new HarReader();
  return {
    push: (piece) => {
      for (const entry of text.push(piece)) har.take(entry);
      if (har.chars > HAR_CHARS) throw tooMuchChat();
    },
    end: () => {
      const rest = text.end();
      // A file whose keys are spelled with escapes has its entries in the rest.
      const read = text.count > 0 ? har.end(rest) : readHar(rest);
      take(read.observations);
      return { kind: 'har', har: read };
    },
  };
}

function tooMuchChat(): InputError {
  return new InputError(
    `holds more than ${megabytes(HAR_CHARS)} of chat traffic, and of a HAR file no more fits into memory here; record less, or give Node more memory with NODE_OPTIONS=--max-old-space-size`,
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

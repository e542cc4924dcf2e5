/** Opening what a person named on the command line: a file or standard input. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { getHeapStatistics } from 'node:v8';
import type { Observation } from '../observation/observation.ts';
import { FileError } from '../trace/file-error.ts';
import { type FileContent, TraceFileReader } from '../trace/file-reader.ts';
import type { FileSettings } from '../trace/file-settings.ts';

/** What cannot be read, as one sentence for a person. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

export interface InputReader {
  /** Takes the next observations of the trace. */
  readonly take: (observations: readonly Observation[]) => void;
  readonly settings?: FileSettings;
  /** Told before the first observation what was in force when a trace was written. */
  readonly begin?: (settings: FileSettings) => void;
  /** Told how far the reading is, in bytes of the file; `total` is undefined for standard input. */
  readonly progress: (read: number, total: number | undefined) => void;
}

/** All chat traffic of a HAR is in memory at once: it stands in the order of the file, and is judged in that of time. */
const HAR_CHARS = getHeapStatistics().heap_size_limit / 5;

/**
 * Reads one file, or standard input for `-`, and hands its observations on as they come.
 * @throws InputError with one sentence that says what is wrong and where.
 */
export async function readInput(name: string, stdin: Readable, input: InputReader): Promise<FileContent> {
  try {
    const { stream, total } = name === '-' ? { stream: stdin, total: undefined } : await openFile(name);
    const reader = new TraceFileReader({
      places: 'kept',
      harChars: HAR_CHARS,
      damaged: 'read',
      ...(input.settings === undefined ? {} : { settings: input.settings }),
      ...(input.begin === undefined ? {} : { begin: input.begin }),
    });
    let read = 0;
    for await (const bytes of stream as AsyncIterable<Uint8Array>) {
      read += bytes.length;
      input.progress(read, total);
      for (const portion of reader.push(bytes)) take(portion, input);
    }
    const portions = reader.end();
    for (let portion = portions.next(); ; portion = portions.next()) {
      if (portion.done === true) return portion.value;
      take(portion.value, input);
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(error instanceof FileError ? error.message : systemFault(error));
  }
}

function take(portion: readonly Observation[], input: InputReader): void {
  if (portion.length > 0) input.take(portion);
}

async function openFile(name: string): Promise<{ stream: Readable; total: number }> {
  const stats = await stat(name);
  if (stats.isDirectory()) throw new InputError('is a directory; name the files in it');
  return { stream: createReadStream(name, { highWaterMark: 1024 * 1024 }), total: stats.size };
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

/** The observations of a file that a person chose, in portions, read as the command line reads it. */
import { CAPS } from '../../src/observation/caps.ts';
import type { Observation } from '../../src/observation/observation.ts';
import { type FileReaderOptions, TraceFileReader } from '../../src/trace/file-reader.ts';

/**
 * The file's observations in trace order. Portions come every few milliseconds of work, empty ones too, so that whoever
 * reads can draw, or stop, between any two. `progress` is told the share that was read, from 0 to 1.
 * `settings`: the user's own, who is told what was in force when a trace was written, and who is told what a file is
 * damaged by of which the beginning could be read: a gap stands for the rest.
 * @throws an Error with one sentence for a person where nothing of the file can be read.
 */
export async function* observationsIn(
  file: Blob,
  stop: AbortSignal,
  progress: (done: number) => void,
  settings: Pick<FileReaderOptions, 'settings' | 'begin'> & {
    readonly damage?: (sentence: string) => void;
  } = {},
): AsyncGenerator<readonly Observation[], void, undefined> {
  const { damage, ...given } = settings;
  const reader = new TraceFileReader({
    places: 'forgotten',
    harChars: CAPS.panelBytes,
    damaged: 'read',
    ...given,
  });
  const bytes = file.stream().getReader();
  const cancel = () => void bytes.cancel();
  stop.addEventListener('abort', cancel);
  try {
    let read = 0;
    for (let piece = await bytes.read(); !piece.done; piece = await bytes.read()) {
      yield* reader.push(piece.value);
      read += piece.value.length;
      progress(read / file.size);
    }
    stop.throwIfAborted();
    const content = yield* reader.end();
    if (content.damage) damage?.(content.damage);
  } finally {
    stop.removeEventListener('abort', cancel);
    cancel();
  }
}

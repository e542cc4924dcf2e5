/** The observations of a file, a portion at a time: a trace streams, a HAR is one value; both may be packed by gzip. */
import { jsonFault } from '../../src/analysis/json-fault.ts';
import type { Observation } from '../../src/observation/observation.ts';
import { TraceReader } from '../../src/trace/ndjson.ts';
import { neither, readTraceFile } from '../../src/trace/trace-file.ts';
import { HEAD_CHARS, isGzip, textKind } from '../../src/trace/trace-text.ts';

/**
 * The file's observations in trace order. `progress` is told the share that was read, from 0 to 1.
 * @throws an Error with one sentence for a person where the file is damaged or of no known kind.
 */
export async function* observationsIn(
  file: Blob,
  progress: (done: number) => void,
): AsyncGenerator<readonly Observation[], void, undefined> {
  const text = (await textStream(file, progress)).getReader();
  let head = '';
  for (let piece = await text.read(); !piece.done; piece = await text.read()) {
    head += piece.value;
    if (head.length >= HEAD_CHARS) break;
  }
  switch (textKind(head.slice(0, HEAD_CHARS))) {
    case 'trace':
      yield* observationsOfTrace(head, text);
      return;
    case 'json':
      yield observationsOfHar(await wholeText(head, text));
      return;
    case 'empty':
      throw new Error('the file is empty');
    case 'other':
      throw neither(head);
  }
}

/** How much text is read in one go, so that a browser that gives a file in large pieces freezes nothing, in characters. */
const PIECE = 64 * 1024;

type TextReader = ReadableStreamDefaultReader<string>;

async function* observationsOfTrace(
  head: string,
  rest: TextReader,
): AsyncGenerator<readonly Observation[], void, undefined> {
  const reader = new TraceReader();
  yield* pushed(reader, head);
  for (let piece = await rest.read(); !piece.done; piece = await rest.read())
    yield* pushed(reader, piece.value);
  yield reader.end();
}

function* pushed(reader: TraceReader, text: string): Generator<readonly Observation[], void, undefined> {
  for (let from = 0; from < text.length; from += PIECE) yield reader.push(text.slice(from, from + PIECE));
}

function observationsOfHar(text: string): readonly Observation[] {
  const file = readTraceFile(text, jsonFault);
  return file.kind === 'har' ? file.har.observations : file.trace.observations;
}

async function wholeText(head: string, rest: TextReader): Promise<string> {
  const pieces = [head];
  for (let piece = await rest.read(); !piece.done; piece = await rest.read()) pieces.push(piece.value);
  return pieces.join('');
}

async function textStream(file: Blob, progress: (done: number) => void): Promise<ReadableStream<string>> {
  const packed = isGzip(new Uint8Array(await file.slice(0, 2).arrayBuffer()));
  let read = 0;
  const counted = file.stream().pipeThrough(
    new TransformStream<BufferSource, BufferSource>({
      transform(chunk, controller) {
        read += chunk.byteLength;
        progress(read / file.size);
        controller.enqueue(chunk);
      },
    }),
  );
  const bytes = packed ? counted.pipeThrough(new DecompressionStream('gzip')) : counted;
  return bytes.pipeThrough(new TextDecoderStream());
}

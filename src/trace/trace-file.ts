import { type HarImport, readHar } from './har.ts';
import { type FaultPlace, jsonError } from './json-error.ts';
import { parseTrace, type Trace, TraceError } from './ndjson.ts';
import { HEAD_CHARS, textKind } from './trace-text.ts';

export type TraceFile =
  | { readonly kind: 'trace'; readonly trace: Trace }
  | { readonly kind: 'har'; readonly har: HarImport };

/**
 * Reads the text of a trace or of a HAR file, all or nothing. Unpacking gzip is the caller's: browsers and Node do it
 * differently.
 * @throws TraceError or HarError with one sentence for a person.
 */
export function readTraceFile(text: string, faultPlace: (text: string) => FaultPlace | null): TraceFile {
  switch (textKind(text.slice(0, HEAD_CHARS))) {
    case 'trace':
      return { kind: 'trace', trace: parseTrace(text) };
    case 'json':
      return { kind: 'har', har: readHar(parseJson(text, faultPlace)) };
    case 'empty':
      throw new TraceError('the file is empty', 1);
    case 'other':
      throw neither(text);
  }
}

/** The value of a JSON text. @throws TraceError that says where the text stops being JSON. */
export function parseJson(text: string, faultPlace: (text: string) => FaultPlace | null): unknown {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  try {
    return JSON.parse(json);
  } catch {
    throw jsonError(faultPlace(json));
  }
}

/** Says that a file is of no known kind, and shows how it begins. */
export function neither(text: string): TraceError {
  const begin = JSON.stringify(text.trimStart().slice(0, 24));
  return new TraceError(
    `neither a Chat Inspector trace nor a HAR file: it begins with ${begin} at line 1`,
    1,
  );
}

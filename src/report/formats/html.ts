/**
 * A report as one HTML file: the viewer as the build made it, and the trace in it. What comes from the trace stands there
 * as base64 of gzip, and what is said of it as JSON without a `<`, so that no captured text can be markup or script.
 */
import { Gzip } from 'fflate';
import { TRACE_BLOCK } from '../../trace/report-file.ts';
import type { RedactionSummary } from '../redaction/redaction.ts';

/** Where the data go into the page that the build made. */
export const DATA_PLACE = '<!--chat-inspector-data-->';
/** The id of the element that holds what is said of the trace. */
export const ABOUT_ID = 'about';

/** What the viewer is told beside the trace. */
export interface ReportAbout {
  readonly title: string;
  /** What a person expected, and what else they say; '' or absent for nothing. */
  readonly expected?: string;
  readonly notes?: string;
  readonly producer: string;
  readonly redaction: RedactionSummary;
}

/**
 * The pieces of the file. `trace`: the trace file's text; `about` is asked for when all of it was written.
 * @throws Error where the page is none that the build made.
 */
export function* writeHtml(
  page: string,
  trace: Generator<string, void, undefined>,
  about: () => ReportAbout,
): Generator<string, void, undefined> {
  const at = page.indexOf(DATA_PLACE);
  if (at === -1) throw new Error('the viewer of reports is not there; it is made by `npm run build`');
  yield page.slice(0, at);
  yield `${TRACE_BLOCK.open}\n`;
  yield* packed(trace);
  yield `${TRACE_BLOCK.close}\n`;
  const told = JSON.stringify(about()).replaceAll('<', '\\u003c');
  yield `<script type="application/json" id="${ABOUT_ID}">${told}</script>\n`;
  yield page.slice(at + DATA_PLACE.length);
}

/** Base64 of the gzip of a text, in lines of a length that is a multiple of four. */
function* packed(text: Generator<string, void, undefined>): Generator<string, void, undefined> {
  const encoder = new TextEncoder();
  let ready: Uint8Array[] = [];
  let rest = '';
  const gzip = new Gzip({ level: 6, mtime: 0 }, (bytes) => {
    ready.push(bytes);
  });
  const lines = function* (final: boolean): Generator<string, void, undefined> {
    const binary = rest + ready.map(binaryOf).join('');
    ready = [];
    const whole = final ? binary.length : binary.length - (binary.length % LINE_BYTES);
    for (let from = 0; from < whole; from += LINE_BYTES)
      yield `${btoa(binary.slice(from, Math.min(whole, from + LINE_BYTES)))}\n`;
    rest = binary.slice(whole);
  };
  for (const piece of text) {
    gzip.push(encoder.encode(piece));
    yield* lines(false);
    yield '';
  }
  gzip.push(new Uint8Array(0), true);
  yield* lines(true);
}

/** Bytes of a line: a multiple of three gives no padding within. */
const LINE_BYTES = 24_000;

/** Each byte as a character. */
function binaryOf(bytes: Uint8Array): string {
  let binary = '';
  for (let from = 0; from < bytes.length; from += 8_000)
    binary += String.fromCharCode(...bytes.subarray(from, from + 8_000));
  return binary;
}

/**
 * The trace file: a header line, then one observation a line, as newline-delimited JSON.
 * What is read and written is exactly the list of observations; events and findings are derived and never stored.
 */
import * as z from 'zod/mini';
import type { Observation } from '../observation/observation.ts';
import type { TraceEnvironment } from './environment.ts';
import { TextError } from './file-error.ts';
import { readObservation } from './observation-schema.ts';

export const TRACE_FORMAT = 'chat-inspector-trace';
/** The version that is written. Every version up to it is read. */
export const TRACE_VERSION = 2;

/** First line of a trace file. */
export interface TraceHeader {
  readonly format: typeof TRACE_FORMAT;
  readonly version: number;
  /** When the file was written, ISO 8601. */
  readonly created: string;
  /** Program and version that wrote it. */
  readonly producer: string;
  /** How many observations follow, where the writer knew; tells a file that is cut off at the end of a line. */
  readonly observations?: number;
  /** How many observations were lost before the file was written. */
  readonly dropped: number;
  /** True when what identifies a person was replaced. */
  readonly redacted: boolean;
  /** The user's patterns for URLs that were in force; none where it is absent. */
  readonly patterns?: readonly string[];
  /** The user's places of events in messages that were in force; none where it is absent. */
  readonly wrappers?: readonly string[];
  /** By which profile, where it was. */
  readonly profile?: string;
  /** Where it was captured, as far as the writer knew. */
  readonly environment?: TraceEnvironment;
}

export interface Trace {
  readonly header: TraceHeader;
  readonly observations: readonly Observation[];
}

/** What a writer may say of a trace beside its observations; the rest is filled in. */
export type TraceOrigin = Partial<Omit<TraceHeader, 'format' | 'version'>>;

/** Characters a piece of output has at least: few enough that they are soon written, too many for a million pieces. */
const PIECE_CHARS = 32 * 1024;

/**
 * The trace file of `observations`, as pieces of text of about 32 thousand characters, each ending at a line's end.
 * Lone surrogates are written as escapes, so that UTF-8 keeps them.
 */
export function* writeTrace(
  observations: Iterable<Observation>,
  origin: TraceOrigin = {},
): Generator<string, void, undefined> {
  const counted = Array.isArray(observations) ? { observations: observations.length } : {};
  const header: TraceHeader = {
    format: TRACE_FORMAT,
    version: TRACE_VERSION,
    created: new Date().toISOString(),
    producer: 'chat-inspector',
    ...counted,
    dropped: 0,
    redacted: false,
    ...origin,
  };
  let lines = [JSON.stringify(header)];
  let chars = 0;
  for (const observation of observations) {
    const line = JSON.stringify(observation);
    lines.push(line);
    chars += line.length;
    if (chars >= PIECE_CHARS) {
      yield `${lines.join('\n')}\n`;
      lines = [];
      chars = 0;
    }
  }
  if (lines.length > 0) yield `${lines.join('\n')}\n`;
}

/**
 * Reads a whole trace, all or nothing.
 * @throws TextError with one sentence, where the text is no trace, damaged or newer than this program.
 */
export function parseTrace(input: string | Iterable<string>): Trace {
  const reader = new TraceReader();
  const observations: Observation[] = [];
  for (const piece of typeof input === 'string' ? [input] : input) {
    for (const observation of reader.push(piece)) observations.push(observation);
  }
  for (const observation of reader.end()) observations.push(observation);
  // What was given before a fault is not all.
  reader.end();
  return { header: reader.header, observations };
}

/** Longest line: the body cap with every character escaped, and room for more than one body cap to come. */
const LINE_CHARS = 128 * 1024 * 1024;
/** Within this the header has to end: tells a text that is no trace without reading all of it. */
const HEADER_CHARS = 64 * 1024;

/** Reads a trace piece by piece, for files that are larger than memory or that must not freeze a view. */
export class TraceReader {
  #header: TraceHeader | null = null;
  /** Pieces of the line that has not ended yet. */
  #open: string[] = [];
  #openChars = 0;
  #line = 0;
  #count = 0;
  /** What is wrong behind the observations that were given. */
  #fault: TextError | null = null;
  /** How many empty lines there are before the observation at a position; those that have more than the one before. */
  readonly #emptyLines: { readonly before: number; lines: number }[] = [];

  /** @throws TextError where the header has not been read yet. */
  get header(): TraceHeader {
    if (this.#header === null) throw notATrace('it has no header line');
    return this.#header;
  }

  /** True once the header has been read. */
  get hasHeader(): boolean {
    return this.#header !== null;
  }

  /** The line, from 1, of the observation at this position, from 0. */
  lineOf(observation: number): number {
    let low = 0;
    let high = this.#emptyLines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#emptyLines[middle]?.before ?? 0) <= observation) low = middle + 1;
      else high = middle;
    }
    // The header is line 1.
    return observation + 2 + (this.#emptyLines[low - 1]?.lines ?? 0);
  }

  /**
   * The observations whose lines end in `piece`. What stands before a fault is given; asked again, it is thrown.
   * @throws TextError
   */
  push(piece: string): Observation[] {
    if (this.#fault !== null) throw this.#fault;
    const found: Observation[] = [];
    try {
      this.#read(piece, found);
    } catch (error) {
      if (found.length === 0 || !(error instanceof TextError)) throw error;
      this.#fault = error;
    }
    return found;
  }

  #read(piece: string, found: Observation[]): void {
    let from = 0;
    for (let at = piece.indexOf('\n'); at !== -1; at = piece.indexOf('\n', from)) {
      this.#open.push(piece.slice(from, at));
      from = at + 1;
      this.#take(this.#closeLine(), 'whole', found);
    }
    if (from < piece.length) {
      this.#open.push(piece.slice(from));
      this.#openChars += piece.length - from;
      const limit = this.#header === null ? HEADER_CHARS : LINE_CHARS;
      if (this.#openChars > limit) throw this.#tooLong(limit);
    }
  }

  /** The observation of a last line without a line end, if there is one. @throws TextError where the file is cut off. */
  end(): Observation[] {
    if (this.#fault !== null) throw this.#fault;
    const found: Observation[] = [];
    if (this.#openChars > 0) this.#take(this.#closeLine(), 'last', found);
    const announced = this.header.observations;
    if (announced !== undefined && this.#count < announced) {
      this.#fault = new TextError(
        `the file is cut off after line ${this.#line}: it holds ${this.#count} of its ${announced} observations`,
        this.#line,
      );
      if (found.length === 0) throw this.#fault;
    }
    return found;
  }

  /** How many observations the header announces beyond those that were read; 0 where it does not say. */
  get missing(): number {
    return Math.max(0, (this.#header?.observations ?? 0) - this.#count);
  }

  #closeLine(): string {
    const line = this.#open.length === 1 ? (this.#open[0] ?? '') : this.#open.join('');
    this.#open = [];
    this.#openChars = 0;
    this.#line += 1;
    return line;
  }

  #take(line: string, place: 'whole' | 'last', found: Observation[]): void {
    if (this.#header === null) {
      this.#header = readHeader(line);
      return;
    }
    if (line.trim() === '') {
      const last = this.#emptyLines.at(-1);
      if (last?.before === this.#count) last.lines += 1;
      else this.#emptyLines.push({ before: this.#count, lines: (last?.lines ?? 0) + 1 });
      return;
    }
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      const fault = place === 'last' ? `is cut off after ${line.length} characters` : 'is no JSON';
      throw new TextError(`line ${this.#line} ${fault}`, this.#line);
    }
    const read = readObservation(value);
    if ('fault' in read) throw new TextError(`line ${this.#line}: the observation ${read.fault}`, this.#line);
    this.#count += 1;
    found.push(read.observation);
  }

  #tooLong(limit: number): TextError {
    if (this.#header === null) return notATrace(`its first line is longer than ${limit} characters`);
    const line = this.#line + 1;
    return new TextError(
      `line ${line} is longer than the ${limit} characters that an observation can have`,
      line,
    );
  }
}

/** Shape of the first line. */
export const headerSchema = z.object({
  format: z.literal(TRACE_FORMAT),
  version: z.int().check(z.positive()),
  created: z.string(),
  producer: z.string(),
  observations: z.exactOptional(z.int().check(z.nonnegative())),
  dropped: z._default(z.int().check(z.nonnegative()), 0),
  redacted: z._default(z.boolean(), false),
  patterns: z.exactOptional(z.array(z.string())),
  wrappers: z.exactOptional(z.array(z.string())),
  profile: z.exactOptional(z.string()),
  environment: z.exactOptional(
    z.object({
      browser: z.exactOptional(z.string()),
      platform: z.exactOptional(z.string()),
      timeZone: z.exactOptional(z.string()),
    }),
  ),
});
const versionSchema = z.object({ format: z.literal(TRACE_FORMAT), version: z.number() });

function readHeader(line: string): TraceHeader {
  let value: unknown;
  try {
    // A byte order mark, which editors add, is no part of the header.
    value = JSON.parse(line.startsWith('\uFEFF') ? line.slice(1) : line);
  } catch {
    throw notATrace('its first line is no JSON');
  }
  // The version comes first: a newer header may have any other shape.
  const version = versionSchema.safeParse(value);
  if (!version.success) throw notATrace(`its first line has no "format":"${TRACE_FORMAT}"`);
  if (version.data.version > TRACE_VERSION) {
    throw new TextError(
      `line 1: version ${version.data.version} of the trace format is newer than ${TRACE_VERSION}, the newest that this Chat Inspector reads`,
      1,
    );
  }
  const header = headerSchema.safeParse(value);
  if (header.success) return header.data;
  const place = header.error.issues[0]?.path.map(String).join('.') ?? '';
  throw new TextError(`line 1: the header has a wrong or missing \`${place}\``, 1);
}

function notATrace(why: string): TextError {
  return new TextError(`not a Chat Inspector trace: ${why}`, 1);
}

/**
 * A file in, its observations out, piece by piece: a trace or a HAR, of which the reader finds out once. It does nothing
 * on its own: whoever pushes bytes decides how long to go on, between any two portions.
 */
import type { Observation } from '../observation/observation.ts';
import { FileError } from './file-error.ts';
import { HEAD_CHARS, textKind } from './file-kind.ts';
import type { FileSettings } from './file-settings.ts';
import { FileText } from './file-text.ts';
import { type HarContent, HarReader } from './har.ts';
import { HarText } from './har-text.ts';
import { LostParts } from './lost-parts.ts';
import { type TraceHeader, TraceReader } from './ndjson.ts';

/** What kind of file it was, and what it says beside its observations. */
export type FileContent = (TraceContent | HarFileContent) & {
  /** One sentence where the file is damaged or cut off: what was read is what stands before. None for a whole file. */
  readonly damage?: string | null;
};

interface TraceContent {
  readonly kind: 'trace';
  /** The line of an observation, from 1; of a ZIP the line in its trace. */
  lineOf(observation: number): number;
  /** Sentences on the file as a whole. */
  notes(): readonly string[];
  readonly header: TraceHeader;
}

interface HarFileContent {
  readonly kind: 'har';
  readonly har: HarContent;
}

export interface FileReaderOptions {
  /** Whether the places of entries in a HAR are kept, for who names their lines. */
  readonly places: 'kept' | 'forgotten';
  /** Most characters of chat traffic in a HAR: all of it is in memory until the file has ended. */
  readonly harChars: number;
  /** What the user set, for a HAR: a trace says in its header what was in force. */
  readonly settings?: FileSettings;
  /** Told once, before the first observation, what was in force when a trace was written, and what it says of itself. */
  readonly begin?: (settings: FileSettings, header: TraceHeader) => void;
  /** Whether a damaged file is read as far as it goes; else it is refused. */
  readonly damaged?: 'read' | 'refused';
}

type Portions<Result> = Generator<readonly Observation[], Result, undefined>;

export class TraceFileReader {
  readonly #text = new FileText();
  readonly #options: FileReaderOptions;
  #head = '';
  #format: FormatReader | null = null;
  /** What the file is damaged by, once something of it was read. */
  #damage: FileError | null = null;

  constructor(options: FileReaderOptions) {
    this.#options = options;
  }

  /**
   * The observations that these bytes complete, in portions, of which any may be empty.
   * @throws FileError with one sentence that says what is wrong and where.
   */
  *push(bytes: Uint8Array): Portions<void> {
    if (this.#damage !== null) return;
    try {
      for (const text of this.#text.push(bytes)) yield* this.#take(text);
    } catch (error) {
      this.#hurt(error);
    }
  }

  /**
   * The rest of the observations; of a damaged file a gap that stands for what could not be read.
   * @throws FileError where nothing of the file can be read.
   */
  *end(): Portions<FileContent> {
    let content: FileContent | null = null;
    try {
      if (this.#damage === null) {
        for (const text of this.#text.end()) yield* this.#take(text);
        this.#format ??= this.#begin();
        const format = this.#format;
        yield* format.push(this.#head);
        content = { ...(yield* format.end()), damage: null };
      }
    } catch (error) {
      this.#hurt(error);
    }
    if (content !== null) return content;
    const format = this.#format;
    if (format === null || this.#damage === null) throw new FileError('the file cannot be read');
    return { ...(yield* format.endDamaged()), damage: `damaged: ${this.#damage.message}` };
  }

  /** @throws what was thrown, where nothing was read before. */
  #hurt(error: unknown): void {
    if (
      !(error instanceof FileError) ||
      error instanceof TooMuchError ||
      this.#options.damaged !== 'read' ||
      this.#format?.hasBegun !== true
    )
      throw error;
    this.#damage = error;
  }

  *#take(text: string): Portions<void> {
    if (this.#format === null) {
      this.#head += text;
      if (this.#head.length < HEAD_CHARS) return;
      const head = this.#head;
      this.#head = '';
      this.#format = this.#begin(head);
      yield* this.#format.push(head);
    } else yield* this.#format.push(text);
  }

  #begin(head = this.#head): FormatReader {
    const kind = textKind(head);
    return kind === 'json' ? new HarFormatReader(this.#options) : new TraceFormatReader(this.#options);
  }
}

type Content = TraceContent | HarFileContent;

interface FormatReader {
  /** True once something was read that is worth to be given, though the rest be damaged. */
  readonly hasBegun: boolean;
  push(text: string): Portions<void>;
  end(): Portions<Content>;
  /** What could be read of a damaged file, and a gap for the rest. */
  endDamaged(): Portions<Content>;
}

class TraceFormatReader implements FormatReader {
  readonly #reader = new TraceReader();
  readonly #lost = new LostParts();
  readonly #options: FileReaderOptions;
  #begun = false;
  #last: Observation | null = null;

  constructor(options: FileReaderOptions) {
    this.#options = options;
  }

  get hasBegun(): boolean {
    return this.#last !== null;
  }

  *push(text: string): Portions<void> {
    const found = this.#reader.push(text);
    this.#begin();
    yield this.#seen(found);
  }

  #begin(): void {
    if (this.#begun || !this.#reader.hasHeader) return;
    this.#begun = true;
    const { header } = this.#reader;
    const { patterns = [], wrappers = [] } = header;
    this.#options.begin?.({ patterns, wrappers }, header);
  }

  *end(): Portions<Content> {
    const found = this.#reader.end();
    this.#begin();
    yield this.#seen(found);
    // What was given before a fault is not all.
    this.#reader.end();
    return this.#content();
  }

  *endDamaged(): Portions<Content> {
    yield this.#last === null ? [] : [gapBehind(this.#last, this.#reader.missing)];
    return this.#content();
  }

  #seen(observations: readonly Observation[]): readonly Observation[] {
    this.#last = observations.at(-1) ?? this.#last;
    return this.#lost.among(observations);
  }

  #content(): Content {
    return {
      kind: 'trace',
      lineOf: (observation) => this.#reader.lineOf(observation),
      notes: () => this.#lost.notes(),
      header: this.#reader.header,
    };
  }
}

class HarFormatReader implements FormatReader {
  readonly #options: FileReaderOptions;
  readonly #text = new HarText();
  readonly #reader: HarReader;
  #last: Observation | null = null;

  get hasBegun(): boolean {
    return this.#reader.chars > 0;
  }

  constructor(options: FileReaderOptions) {
    this.#options = options;
    this.#reader = new HarReader(options.settings);
  }

  *push(text: string): Portions<void> {
    for (const entry of this.#text.push(text)) {
      this.#reader.take(this.#options.places === 'kept' ? entry : { ...entry, text: null, place: null });
      yield NOTHING;
    }
    if (this.#reader.chars > this.#options.harChars) throw tooMuchChat(this.#options.harChars);
    yield NOTHING;
  }

  *endDamaged(): Portions<Content> {
    const portions = this.#reader.end({ log: { entries: [] } });
    for (let portion = portions.next(); ; portion = portions.next()) {
      if (portion.done === true) {
        yield this.#last === null ? [] : [gapBehind(this.#last, 0)];
        return { kind: 'har', har: portion.value };
      }
      this.#last = portion.value.at(-1) ?? this.#last;
      yield portion.value;
    }
  }

  *end(): Portions<Content> {
    const rest = this.#text.end();
    // A file whose keys are spelled with escapes has its entries in the rest.
    if (this.#text.count === 0) this.#reader.takeEntriesOf(rest);
    return { kind: 'har', har: yield* this.#reader.end(rest) };
  }
}

/** Stands for what a damaged file had behind this observation: how much nobody knows unless the file says it. */
function gapBehind(
  { documentId, frame, seq, wallTime, monotonicTime, source }: Observation,
  count: number,
): Observation {
  const from = seq + 1;
  const to = from + Math.max(0, count - 1);
  return {
    documentId,
    frame,
    seq: to,
    wallTime,
    monotonicTime,
    source,
    kind: 'gap',
    from,
    to,
    count,
    reason: 'file',
  };
}

const NOTHING: readonly Observation[] = [];

class TooMuchError extends FileError {
  override readonly name = 'TooMuchError';
}

function tooMuchChat(limit: number): FileError {
  return new TooMuchError(
    `holds more than ${Math.floor(limit / 1e6)} MB of chat traffic, and of a HAR file no more fits into memory here; record less, or read it where there is more memory`,
  );
}

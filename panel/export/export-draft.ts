/** One opening of the export dialog: the choices, and the file that they make, made anew whenever they change. */
import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { BUG_REPORT_FILES, pictureName } from '../../src/report/bug-report.ts';
import { type ConvertFormat, type ConvertSource, convertTrace } from '../../src/report/convert.ts';
import { outputName, suggestedName } from '../../src/report/file-name.ts';
import type { Kind } from '../../src/report/redaction/kinds.ts';
import { PROFILES, type Profile } from '../../src/report/redaction/profile.ts';
import type { ReportWords } from '../../src/report/report-words.ts';
import { paceOf } from '../../src/report/test-code/script-code.ts';
import type { TraceEnvironment } from '../../src/trace/environment.ts';
import type { Preferences } from '../store/preferences.ts';
import type { TraceModel } from '../store/trace-model.ts';
import { Slices, type WorkClock, workClock } from '../store/work-schedule.ts';
import {
  type ExportChoices,
  lastChoices,
  profileOf,
  rememberChoices,
  selectionOf,
} from './export-choices.ts';
import { beginningOf, gzipped, type MadeFile, makeFile } from './file-in-making.ts';
import { saveFile } from './save-file.ts';
import { type FileInZip, zipFile } from './zip-file.ts';

export type DraftState =
  | { readonly phase: 'making'; readonly seen: number; readonly since: number }
  | { readonly phase: 'made'; readonly file: MadeFile; readonly size: number }
  | { readonly phase: 'stopped' }
  | { readonly phase: 'fault'; readonly sentence: string };

const TYPES: Readonly<Record<ConvertFormat, string>> = {
  ndjson: 'application/x-ndjson',
  har: 'application/json',
  html: 'text/html',
  csv: 'text/csv',
  markdown: 'text/markdown',
  mermaid: 'text/plain',
  msw: 'text/typescript',
  playwright: 'text/typescript',
};
/** What the file names, and what a report is made of. */
export interface Product {
  readonly version: string;
  /** Of the browser that this runs in: where a live trace is captured. */
  readonly environment?: TraceEnvironment | null;
  /** The page of a report, as the build made it. */
  page(): Promise<string>;
}

/** After that somebody who writes has paused, in milliseconds. */
const PAUSE = 400;
/** How often the progress is drawn, in milliseconds. */
const DRAWN = 100;

export class ExportDraft {
  readonly choices: Signal<ExportChoices>;
  readonly state: Signal<DraftState> = signal({ phase: 'making', seen: 0, since: 0 });
  /** Whether a person said once more that nothing is to be replaced. */
  readonly confirmed = signal(false);
  /** The name as the person wrote it; null for the one that is suggested. */
  readonly name: Signal<string | null> = signal(null);
  /** How many values of each kind were replaced when all of its kind were. */
  readonly counts: ReadonlySignal<ReadonlyMap<Kind, number>>;
  /** The beginning of the same file with nothing replaced, while it is asked for. */
  readonly before: Signal<string | null> = signal(null);
  /** Observations that the trace had when the dialog was opened: what comes later is not exported. */
  readonly total: number;
  readonly hasNotes: ReadonlySignal<boolean>;

  readonly #trace: TraceModel;
  readonly #product: Product;
  readonly #clock: WorkClock;
  readonly #preferences: Preferences;
  readonly #opened = new Date();
  readonly #counts: Signal<ReadonlyMap<Kind, number>> = signal(new Map());
  readonly #hasNotes = signal(false);
  #stop = new AbortController();
  #writing: ReturnType<typeof setTimeout> | undefined;

  constructor(trace: TraceModel, preferences: Preferences, product: Product, clock: WorkClock = workClock) {
    this.#product = product;
    this.#trace = trace;
    this.#clock = clock;
    this.#preferences = preferences;
    this.choices = signal(lastChoices(preferences));
    this.counts = this.#counts;
    this.hasNotes = this.#hasNotes;
    this.total = trace.analysis.totals.observations;
  }

  choose(change: Partial<ExportChoices>): void {
    batch(() => {
      const before = this.choices.peek();
      const choices = { ...before, ...change };
      this.choices.value = choices;
      if (choices.profile !== before.profile) {
        this.confirmed.value = false;
        this.#counts.value = new Map();
        this.choices.value = { ...choices, kept: new Set() };
      }
      this.before.value = null;
    });
    this.make();
  }

  /** A person writes: the file is made anew when they pause. */
  write(change: Partial<ReportWords>): void {
    const choices = this.choices.peek();
    this.choices.value = { ...choices, words: { ...choices.words, ...change } };
    this.#stop.abort();
    this.#stop = new AbortController();
    this.state.value = { phase: 'making', seen: 0, since: this.#clock.now() };
    clearTimeout(this.#writing);
    this.#writing = setTimeout(() => this.make(), PAUSE);
  }

  /** Begins to make the file; it is there when the state says so. */
  make(): void {
    clearTimeout(this.#writing);
    this.#stop.abort();
    this.#stop = new AbortController();
    void this.#make(this.#stop.signal);
  }

  stop(): void {
    clearTimeout(this.#writing);
    this.#stop.abort();
  }

  get profile(): Profile {
    return profileOf(this.choices.value);
  }

  get suggestedName(): string {
    const { format, packed } = this.choices.value;
    const ending = packed && format !== 'bug-report' ? '.gz' : '';
    return `${suggestedName(this.#opened, format, this.profile)}${ending}`;
  }

  get fileName(): string {
    return outputName(this.name.value?.trim() || this.suggestedName, this.profile);
  }

  /** Hands the made file to the browser; false while there is none, or while it is to be confirmed. */
  save(): boolean {
    const state = this.state.peek();
    const choices = this.choices.peek();
    if (state.phase !== 'made' || (choices.profile === 'none' && !this.confirmed.peek())) return false;
    saveFile(state.file.content, this.fileName);
    rememberChoices(choices, this.#preferences);
    return true;
  }

  /** The same part of the trace as Markdown, by the same profile. @throws Error where it was stopped. */
  async summary(): Promise<string> {
    const file = await makeFile(
      this.#pieces({ ...this.choices.peek(), format: 'markdown' }, this.profile, () => {}),
      '',
      new Slices(this.#clock, this.#stop.signal),
    );
    return file.content.text();
  }

  /** Shows the beginning of the file with nothing replaced, or no longer. */
  async showBefore(shown: boolean): Promise<void> {
    this.before.value = shown ? '' : null;
    if (!shown) return;
    const choices = this.choices.peek();
    const slices = new Slices(this.#clock, this.#stop.signal);
    const text = await beginningOf(
      this.#pieces(choices, PROFILES.none, () => {}),
      slices,
    ).catch(() => '');
    if (this.before.peek() !== null && this.choices.peek() === choices) this.before.value = text;
  }

  async #make(stop: AbortSignal): Promise<void> {
    const choices = this.choices.peek();
    const since = this.#clock.now();
    this.state.value = { phase: 'making', seen: 0, since };
    let drawn = since;
    const told = (seen: number) => {
      const now = this.#clock.now();
      if (now - drawn < DRAWN || stop.aborted) return;
      drawn = now;
      this.state.value = { phase: 'making', seen, since };
    };
    try {
      await this.#clock.nextTask();
      const slices = new Slices(this.#clock, stop);
      const file = await this.#file(choices, told, slices);
      stop.throwIfAborted();
      batch(() => {
        const { replaced } = file.summary;
        const kept = [...this.#counts.peek()].filter(([kind]) => choices.kept.has(kind));
        const found = Object.entries(replaced) as [Kind, number][];
        this.#counts.value = new Map([...found.filter(([kind]) => !choices.kept.has(kind)), ...kept]);
        this.state.value = { phase: 'made', file, size: file.content.size };
      });
    } catch (error) {
      // Whoever made the next choice makes the next file.
      if (stop !== this.#stop.signal) return;
      const sentence = error instanceof Error ? error.message : String(error);
      this.state.value = stop.aborted ? { phase: 'stopped' } : { phase: 'fault', sentence };
    }
  }

  async #file(choices: ExportChoices, told: (seen: number) => void, slices: Slices): Promise<MadeFile> {
    const made = async (to: ConvertFormat): Promise<MadeFile> => {
      const page = to === 'html' ? await this.#product.page() : '';
      const pieces = this.#pieces({ ...choices, format: to }, profileOf(choices), told, page);
      return makeFile(pieces, TYPES[to], slices);
    };
    if (choices.format !== 'bug-report') {
      const file = await made(choices.format);
      return choices.packed ? { ...file, content: await gzipped(file.content) } : file;
    }
    const files: FileInZip[] = [];
    let summary: MadeFile | null = null;
    for (const { to, name } of BUG_REPORT_FILES) {
      summary = await made(to);
      files.push({ name, content: summary.content, packed: to === 'html' });
    }
    for (const [at, { content }] of choices.pictures.entries()) {
      files.push({ name: pictureName(at + 1), content, packed: true });
    }
    const content = await zipFile(files, slices);
    if (summary === null) throw new Error('a bug report has files');
    return { ...summary, content };
  }

  /** Of a bug report its summary: the part that a person reads. */
  #pieces(choices: ExportChoices, profile: Profile, told: (seen: number) => void, page = '') {
    const selection = selectionOf(choices);
    if ('fault' in selection) throw new Error(selection.fault);
    const to = choices.format === 'bug-report' ? 'markdown' : choices.format;
    const { version } = this.#product;
    const { words } = choices;
    const pace = paceOf(choices.pace) ?? 'order';
    return convertTrace(this.#source(told), { to, profile, selection, version, page, words, pace });
  }

  /** The trace as it was when the dialog was opened; `told` hears how many observations have been looked at. */
  #source(told: (seen: number) => void): ConvertSource {
    const { source, analysis } = this.#trace;
    const header = source.kind === 'file' ? (source.header ?? null) : null;
    let seen = 0;
    const each = () => this.#observations();
    const hasNotes = this.#hasNotes;
    return {
      observations: {
        *[Symbol.iterator]() {
          for (const observation of each()) {
            seen += 1;
            told(seen);
            if (observation.kind === 'annotation') hasNotes.value = true;
            yield observation;
          }
        },
      },
      created: header?.created ?? (source.kind === 'live' ? this.#opened.toISOString() : null),
      dropped: header?.dropped ?? (source.kind === 'live' ? analysis.totals.dropped : 0),
      environment:
        source.kind === 'live' ? (this.#product.environment ?? null) : (header?.environment ?? null),
      redacted: header?.redacted === true ? (header.profile ?? 'share') : null,
      ...analysis.reading,
    };
  }

  #observations() {
    return this.#trace.observations(this.total);
  }
}

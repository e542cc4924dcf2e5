/**
 * One trace as the views see it: the analysis, and signals for the few things that views redraw for.
 * Views read rows, findings and sessions from the analysis itself; nothing of it is copied.
 */
import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Analysis, Change, RowIndex, RowView, Totals } from '../../src/analysis/api/analysis.ts';
import type { CompiledFilter } from '../../src/filter/compiled-filter.ts';
import type { Observation } from '../../src/observation/observation.ts';
import { withFlags } from '../../src/report/with-flags.ts';
import type { TraceHeader } from '../../src/trace/ndjson.ts';
import { FilteredRows } from './filtered-rows.ts';
import { KindCounts } from './kind-counts.ts';
import { ListeningSpans } from './listening-spans.ts';
import { NoteIndex } from './note-index.ts';
import { OverviewCounts } from './overview-counts.ts';
import { RowWatch } from './row-watch.ts';
import { nextTask, SLICE_MS } from './work-schedule.ts';

/** Where a trace comes from: the page that DevTools inspects, or a file, whose header a trace file has. */
export type TraceSource =
  | { readonly kind: 'live' }
  | { readonly kind: 'file'; readonly name: string; readonly header?: TraceHeader | null };

/** Milliseconds between two counts of all notes, at least, and in lengths of the last one. */
const LEAST_PAUSE = 300;
const PAUSE_IN_RECOUNTS = 20;

export class TraceModel {
  readonly source: TraceSource;
  readonly analysis: Analysis;
  readonly totals: ReadonlySignal<Totals>;
  /** Rows that the filter lets through so far. */
  readonly shown: ReadonlySignal<number>;
  readonly searching: ReadonlySignal<boolean>;
  /** Changes with every change of the filter's result that is not an addition at the end. */
  readonly filterVersion: ReadonlySignal<number>;
  readonly findingsVersion: ReadonlySignal<number>;
  readonly sessionsVersion: ReadonlySignal<number>;
  readonly selected: Signal<RowIndex | null> = signal(null);

  readonly #totals: Signal<Totals>;
  readonly #shown = signal(0);
  readonly #searching = signal(false);
  readonly #filterVersion = signal(0);
  readonly #findingsVersion = signal(0);
  readonly #sessionsVersion = signal(0);
  readonly notes: NoteIndex;
  /** Changes when notes were counted anew. */
  readonly notesVersion: ReadonlySignal<number>;
  readonly overview: OverviewCounts;
  readonly listening: ListeningSpans;
  readonly kinds: KindCounts;
  readonly #notesVersion = signal(0);
  /** Earlier rows that changed last: late bytes, a party's name, a finding. */
  readonly touched: ReadonlySignal<readonly RowIndex[]>;
  readonly #touched: Signal<readonly RowIndex[]> = signal([]);
  /** Changes with every flag that a person sets, changes or takes away. */
  readonly flagsVersion: ReadonlySignal<number>;
  readonly #flagsVersion = signal(0);
  /** Notes are being counted anew, or will be in a moment; `again` where rows have changed since. */
  #recount: 'none' | 'under way' | 'again' = 'none';
  #recountPause = LEAST_PAUSE;
  readonly #watch: RowWatch;
  #filtered: FilteredRows | null = null;

  constructor(analysis: Analysis, source: TraceSource) {
    this.analysis = analysis;
    this.source = source;
    this.#totals = signal(analysis.totals);
    this.#watch = new RowWatch(analysis);
    this.notes = new NoteIndex(analysis);
    this.overview = new OverviewCounts(analysis);
    this.listening = new ListeningSpans(analysis);
    this.kinds = new KindCounts(analysis);
    this.totals = this.#totals;
    this.shown = this.#shown;
    this.searching = this.#searching;
    this.filterVersion = this.#filterVersion;
    this.findingsVersion = this.#findingsVersion;
    this.sessionsVersion = this.#sessionsVersion;
    this.notesVersion = this.#notesVersion;
    this.flagsVersion = this.#flagsVersion;
    this.touched = this.#touched;
  }

  add(observations: readonly Observation[]): void {
    this.#changed(this.analysis.add(observations));
  }

  end(): void {
    this.#changed(this.analysis.end());
  }

  /** What it was given, in order, with a person's flags: all of it so far, or the first `count`. */
  observations(count?: number): Generator<Observation, void, undefined> {
    return withFlags(this.analysis, count);
  }

  /** Sets a person's flag on a row, or another text on it; null takes it away. */
  flag(row: RowIndex, text: string | null): void {
    this.#changed(this.analysis.flag(row, text));
    this.#flagsVersion.value++;
  }

  /** Shows a row that the filter hides, until the filter changes. */
  letThrough(row: RowIndex): void {
    if (this.#filtered?.letThrough(row)) this.#publishFilter(true);
  }

  /** The row at a position of the filtered list. */
  rowAt(position: number): RowIndex | undefined {
    if (this.#filtered) return this.#filtered.found.at(position);
    return position < this.#totals.peek().rows ? position : undefined;
  }

  /** The position of a row in the filtered list, or of the first one after it. */
  positionOf(row: RowIndex): number {
    return this.#filtered ? this.#filtered.found.positionFrom(row) : row;
  }

  watchRow(row: RowIndex): ReadonlySignal<RowView> {
    return this.#watch.watch(row);
  }

  /** Shows only what the filter lets through; null shows all. Gives way to input while it searches; a later call replaces it. */
  filter(filter: CompiledFilter | null): void {
    const idle = filter === null || filter.parsed.node === null;
    this.#filtered = idle ? null : new FilteredRows(this.analysis, filter, this.#filtered);
    this.#filtered?.search(SLICE_MS);
    this.#publishFilter(true);
    if (this.#filtered) void this.#searchOn(this.#filtered);
  }

  /** Looks on in slices until all rows have been looked at or another filter took over. */
  async #searchOn(filtered: FilteredRows): Promise<void> {
    while (!filtered.complete) {
      await nextTask();
      if (filtered !== this.#filtered) return;
      filtered.search(SLICE_MS);
      this.#publishFilter(false);
    }
  }

  #publishFilter(replaced: boolean): void {
    batch(() => {
      this.#shown.value = this.#filtered ? this.#filtered.found.length : this.#totals.peek().rows;
      this.#searching.value = this.#filtered !== null && !this.#filtered.complete;
      if (replaced) this.#filterVersion.value++;
    });
  }

  /** Earlier rows have changed: in a moment their notes are counted anew, the less often the longer that takes. */
  #recountNotes(): void {
    if (this.#recount !== 'none') {
      this.#recount = 'again';
      return;
    }
    this.#recount = 'under way';
    setTimeout(async () => {
      const began = performance.now();
      this.#recount = 'under way';
      let until = began + SLICE_MS;
      for (const _portion of this.notes.countAnew()) {
        if (performance.now() < until) continue;
        await nextTask();
        until = performance.now() + SLICE_MS;
      }
      this.#notesVersion.value++;
      this.#recountPause = Math.max(LEAST_PAUSE, PAUSE_IN_RECOUNTS * (performance.now() - began));
      const again = (this.#recount as string) === 'again';
      this.#recount = 'none';
      if (again) this.#recountNotes();
    }, this.#recountPause);
  }

  #changed(change: Change): void {
    this.notes.lookOn();
    if (change.touched.length > 0) this.#recountNotes();
    batch(() => {
      this.#totals.value = { ...this.analysis.totals };
      this.#watch.touch(change.touched);
      if (change.touched.length > 0) this.#touched.value = change.touched;
      this.overview.revise(change.touched);
      this.kinds.revise(change.touched);
      if (change.findings) this.#findingsVersion.value++;
      if (change.sessions) this.#sessionsVersion.value++;
      const revised = this.#filtered?.revise(change.touched) ?? false;
      // A search that still runs comes to the new rows by itself.
      if (this.#filtered && !this.#searching.peek()) {
        this.#filtered.search(SLICE_MS);
        void this.#searchOn(this.#filtered);
      }
      this.#publishFilter(revised);
    });
  }
}

/**
 * One trace as the views see it: the analysis, and signals for the few things that views redraw for.
 * Views read rows, findings and sessions from the analysis itself; nothing of it is copied.
 */
import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Analysis, Change, RowIndex, RowView, Totals } from '../../src/analysis/analysis.ts';
import type { Observation } from '../../src/observation/observation.ts';
import { parseFilter } from './filter-terms.ts';
import { FilteredRows } from './filtered-rows.ts';
import { RowWatch } from './row-watch.ts';
import { nextTask, SLICE_MS } from './work-schedule.ts';

/** Where a trace comes from: the page that DevTools inspects, or a file. */
export type TraceSource = { readonly kind: 'live' } | { readonly kind: 'file'; readonly name: string };

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
  readonly #watch: RowWatch;
  #filtered: FilteredRows | null = null;

  constructor(analysis: Analysis, source: TraceSource) {
    this.analysis = analysis;
    this.source = source;
    this.#totals = signal(analysis.totals);
    this.#watch = new RowWatch(analysis);
    this.totals = this.#totals;
    this.shown = this.#shown;
    this.searching = this.#searching;
    this.filterVersion = this.#filterVersion;
    this.findingsVersion = this.#findingsVersion;
    this.sessionsVersion = this.#sessionsVersion;
  }

  add(observations: readonly Observation[]): void {
    this.#changed(this.analysis.add(observations));
  }

  end(): void {
    this.#changed(this.analysis.end());
  }

  /** The row at a position of the filtered list. */
  /** What it was given, in order: all of it so far, or the first `count`. */
  *observations(count = this.analysis.totals.observations): Generator<Observation, void, undefined> {
    for (let index = 0; index < count; index++) {
      const observation = this.analysis.observation(index);
      if (observation) yield observation;
    }
  }

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

  /** Shows only what matches `text`; '' shows all. Gives way to input while it searches; a later call replaces it. */
  filter(text: string): void {
    const terms = parseFilter(text);
    this.#filtered = terms.length === 0 ? null : new FilteredRows(this.analysis, terms, this.#filtered);
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

  #changed(change: Change): void {
    batch(() => {
      this.#totals.value = { ...this.analysis.totals };
      this.#watch.touch(change.touched);
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

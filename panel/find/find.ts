/** Finding a text in all rows, whatever the filter shows: how many have it, and from one to the next. */
import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { RowIndex } from '../../src/analysis/api/analysis.ts';
import { RowList } from '../store/row-list.ts';
import type { TraceModel } from '../store/trace-model.ts';
import { nextTask, SLICE_MS } from '../store/work-schedule.ts';

export interface Matches {
  readonly count: number;
  /** Which of them is chosen, from 1; null where none is. */
  readonly chosen: number | null;
  /** False while rows have not all been looked at. */
  readonly complete: boolean;
}

export class Find {
  readonly open = signal(false);
  /** Whether its field is to have the focus: not where a person types elsewhere. */
  readonly takesFocus = signal(false);
  readonly text: Signal<string> = signal('');
  /** Null while nothing is looked for. */
  readonly matches: ReadonlySignal<Matches | null>;
  readonly #trace: ReadonlySignal<TraceModel>;
  readonly #reveal: (row: RowIndex) => void;
  readonly #search: Signal<Search | null> = signal(null);
  /** Changes with what was found. */
  readonly #version = signal(0);

  /** @param reveal leads to a row, though the filter hides it */
  constructor(trace: ReadonlySignal<TraceModel>, reveal: (row: RowIndex) => void) {
    this.#trace = trace;
    this.#reveal = reveal;
    effect(() => {
      const current = trace.value;
      current.totals.value;
      const needle = this.open.value ? this.text.value.toLowerCase() : '';
      this.#look(current, needle);
    });
    effect(() => {
      const current = trace.value;
      const rows = current.touched.value;
      const search = this.#search.peek();
      if (search?.trace === current && search.lookAgain(rows)) this.#version.value = this.#version.peek() + 1;
    });
    this.matches = computed(() => {
      this.#version.value;
      const search = this.#search.value;
      if (search === null) return null;
      const { found, complete } = search;
      const selected = trace.value.selected.value;
      const place = selected === null ? -1 : found.positionFrom(selected);
      const chosen = selected !== null && found.at(place) === selected ? place + 1 : null;
      return { count: found.length, chosen, complete };
    });
  }

  show(takesFocus = true): void {
    this.takesFocus.value = takesFocus;
    this.open.value = true;
  }

  close(): void {
    this.open.value = false;
  }

  /** Leads to the next match, or the one before; behind the last one to the first. Waits until one is found. */
  async go(direction: 1 | -1): Promise<void> {
    this.open.value = true;
    const search = this.#search.peek();
    const from = this.#trace.peek().selected.peek();
    while (search !== null && search === this.#search.peek()) {
      const row = search.next(from, direction);
      if (row !== null) this.#reveal(row);
      if (row !== null || search.complete) return;
      await nextTask();
    }
  }

  #look(trace: TraceModel, needle: string): void {
    if (needle === '') {
      this.#search.value = null;
      return;
    }
    const before = this.#search.peek();
    if (before?.trace === trace && before.needle === needle) {
      // One that still looks comes to the new rows by itself.
      if (!before.looking) void this.#lookOn(before);
      return;
    }
    const search = new Search(trace, needle);
    this.#search.value = search;
    void this.#lookOn(search);
  }

  async #lookOn(search: Search): Promise<void> {
    search.looking = true;
    do {
      search.lookFor(SLICE_MS);
      this.#version.value = this.#version.peek() + 1;
      await nextTask();
    } while (!search.complete && search === this.#search.peek());
    search.looking = false;
  }
}

class Search {
  readonly found = new RowList();
  looking = false;
  #next: RowIndex = 0;

  constructor(
    readonly trace: TraceModel,
    readonly needle: string,
  ) {}

  get complete(): boolean {
    return this.#next >= this.trace.analysis.totals.rows;
  }

  lookFor(milliseconds: number): void {
    const { analysis } = this.trace;
    const until = performance.now() + milliseconds;
    while (!this.complete && performance.now() < until) {
      if (analysis.rowMatches(this.#next, this.needle)) this.found.push(this.#next);
      this.#next += 1;
    }
  }

  /** These rows are not what they were. True where that changes what was found. */
  lookAgain(rows: readonly RowIndex[]): boolean {
    const { analysis } = this.trace;
    const seen = rows.filter((row) => row < this.#next).sort((one, other) => one - other);
    const matching = seen.filter((row) => analysis.rowMatches(row, this.needle));
    return this.found.settle(seen, new Set(matching));
  }

  /** Null where none is known yet. Before all rows were looked at nothing is known to be the last. */
  next(from: RowIndex | null, direction: 1 | -1): RowIndex | null {
    const { found } = this;
    const place = from === null ? 0 : found.positionFrom(from);
    const onIt = from !== null && found.at(place) === from;
    if (direction === 1)
      return found.at(onIt ? place + 1 : place) ?? (this.complete ? found.at(0) : null) ?? null;
    // A nearer one may stand between what was looked at and the chosen row.
    if (from !== null && this.#next < from) return null;
    return found.at(place - 1) ?? (this.complete ? found.at(found.length - 1) : null) ?? null;
  }
}

/**
 * The rows that exist: those of the window, as elements in the scroll space. A row that stays in sight keeps its
 * elements and one that comes beside it gets new ones, so that a new event touches no other row. After a jump all rows
 * are others: they take over the elements that are there, since making elements costs more than filling them.
 */
import { effect, type ReadonlySignal } from '@preact/signals';
import type { RowIndex } from '../../../src/analysis/api/analysis.ts';
import type { ColumnName } from '../../store/timeline-columns.ts';
import type { TraceModel } from '../../store/trace-model.ts';
import { RowElement } from './row-element.ts';

export class DrawnRows {
  readonly #space: HTMLElement;
  readonly #trace: TraceModel;
  readonly #unchoose: () => void;
  readonly #unname: () => void;
  /** Whether documents of several origins speak in the trace. */
  #severalOrigins = false;
  readonly #unnote: () => void;
  readonly #everyNote: ReadonlySignal<boolean>;
  readonly #columns: readonly ColumnName[];
  #from = 0;
  #rows: DrawnRow[] = [];

  /** @param everyNote true while every row that has notes shows its ring. */
  constructor(
    space: HTMLElement,
    trace: TraceModel,
    everyNote: ReadonlySignal<boolean>,
    columns: readonly ColumnName[],
  ) {
    this.#everyNote = everyNote;
    this.#columns = columns;
    this.#space = space;
    this.#trace = trace;
    this.#unchoose = effect(() => {
      const chosen = trace.selected.value;
      for (const { row, element } of this.#rows) element.choose(row === chosen ? row : null);
    });
    this.#unnote = effect(() => {
      // Notes are counted on as rows come, and anew where earlier rows have changed.
      trace.totals.value;
      trace.notesVersion.value;
      const every = everyNote.value;
      for (const { row, element } of this.#rows) element.sayNotes(trace.notes.saidAt(row), every);
    });
    this.#unname = effect(() => {
      // More observations may bring more origins.
      trace.totals.value;
      if (this.#severalOrigins === trace.analysis.originCount > 1) return;
      this.#severalOrigins = !this.#severalOrigins;
      for (const { element } of this.#rows) element.sayOrigin(this.#severalOrigins);
    });
  }

  close(): void {
    this.#unchoose();
    this.#unname();
    this.#unnote();
    for (const row of this.#rows) row.leave();
    this.#rows = [];
  }

  /** Draws the rows at these positions of the filtered list, as they are now. */
  show(from: number, to: number): void {
    this.#move(from, to);
    const chosen = this.#trace.selected.peek();
    this.#rows.forEach((drawn, at) => {
      const row = this.#trace.rowAt(from + at);
      if (row === undefined) return;
      drawn.element.sayOrigin(this.#severalOrigins);
      drawn.show(this.#trace, row);
      drawn.element.sayNotes(this.#trace.notes.saidAt(row), this.#everyNote.peek());
      drawn.element.sayPause(this.#pauseBefore(from + at, row));
      drawn.element.position = from + at;
      drawn.element.choose(row === chosen ? row : null);
    });
  }

  /** Milliseconds since the row above; what arrived late may be told to be from before. */
  #pauseBefore(position: number, row: RowIndex): number | null {
    const above = position === 0 ? undefined : this.#trace.rowAt(position - 1);
    const { facts } = this.#trace.analysis;
    return above === undefined ? null : Math.max(0, facts.time(row) - facts.time(above));
  }

  /** The drawn row that an element of the page is in. */
  rowOf(part: Element): DrawnRow | undefined {
    return this.#rows.find(({ element }) => element.element.contains(part));
  }

  /** Has elements for these positions, no more and no fewer. */
  #move(from: number, to: number): void {
    while (to > from && this.#trace.rowAt(to - 1) === undefined) to--;
    const end = this.#from + this.#rows.length;
    const apart = from >= end || to <= this.#from;
    if (!apart) {
      for (const row of this.#rows.splice(0, Math.max(0, from - this.#from))) row.leave();
      const before = Array.from(
        { length: Math.max(0, this.#from - from) },
        () => new DrawnRow(this.#columns),
      );
      this.#space.prepend(...before.map(({ element }) => element.element));
      this.#rows.unshift(...before);
    }
    this.#from = from;
    const wanted = Math.max(0, to - from);
    for (const row of this.#rows.splice(wanted)) row.leave();
    const after = Array.from({ length: wanted - this.#rows.length }, () => new DrawnRow(this.#columns));
    this.#space.append(...after.map(({ element }) => element.element));
    this.#rows.push(...after);
  }
}

/** A row's elements and the row that they show, which they follow as it changes. */
export class DrawnRow {
  readonly element: RowElement;
  row: RowIndex = -1;
  #unwatch: () => void = () => undefined;

  constructor(columns: readonly ColumnName[]) {
    this.element = new RowElement(columns);
  }

  show(trace: TraceModel, row: RowIndex): void {
    if (row === this.row) return;
    this.#unwatch();
    this.row = row;
    this.#unwatch = trace.watchRow(row).subscribe((view) => this.element.fill(view));
  }

  leave(): void {
    this.#unwatch();
    this.element.element.remove();
  }
}

/** The rows that are on screen, each with its own signal, so that a changed row redraws itself and no other. */
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Analysis, RowIndex, RowView } from '../../src/analysis/api/analysis.ts';

export class RowWatch {
  readonly #analysis: Analysis;
  readonly #watched = new Map<RowIndex, Signal<RowView>>();

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
  }

  /** The row as it stands now and whenever it changes, for as long as somebody listens without a break. */
  watch(row: RowIndex): ReadonlySignal<RowView> {
    const known = this.#watched.get(row);
    if (known) return known;
    const made: Signal<RowView> = signal(this.#analysis.row(row), {
      watched: () => this.#watched.set(row, made),
      unwatched: () => this.#watched.delete(row),
    });
    return made;
  }

  /** These rows changed; those that nobody watches cost a look into a map. */
  touch(rows: readonly RowIndex[]): void {
    for (const row of rows) {
      const watched = this.#watched.get(row);
      if (watched) watched.value = this.#analysis.row(row);
    }
  }
}

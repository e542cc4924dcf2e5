/** Setting a person's flags: what the key M and the details do. */
import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { RowIndex } from '../../src/analysis/api/analysis.ts';
import type { TraceModel } from './trace-model.ts';

export class Flagging {
  /** False in a report, which keeps no flags. */
  offered = true;
  /** Grows each time the text of the chosen row's flag is to be written. */
  readonly asked: ReadonlySignal<number>;
  /** The last of them that was heard. */
  answered = 0;
  readonly #asked: Signal<number> = signal(0);

  constructor() {
    this.asked = this.#asked;
  }

  /** Flags the row, where it has none, and asks for a line of text. */
  flag(trace: TraceModel, row: RowIndex): void {
    batch(() => {
      if (trace.analysis.row(row).flag === null) trace.flag(row, '');
      this.#asked.value += 1;
    });
  }
}

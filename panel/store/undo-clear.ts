/** What was cleared and can still be brought back: for ten seconds, in the panel's memory and nowhere else. */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { DocumentId, Observation, Seq } from '../../src/observation/observation.ts';
import type { IntakeState } from './live-intake.ts';
import type { TraceModel } from './trace-model.ts';

export const UNDO_MS = 10_000;

export interface ClearedTrace {
  readonly live: TraceModel;
  /** What had come and was not taken in yet. */
  readonly intake: IntakeState;
  /** The file that was shown in place of the live trace. */
  readonly file: TraceModel | null;
  /** How far each document was in the panel: what comes of it from before that is there already. */
  readonly have: Readonly<Record<DocumentId, Seq>>;
  /** How many events a person has seen go. */
  readonly events: number;
}

export class UndoClear {
  /** What Undo brings back; the one before it can come after it, while its own time lasts. */
  readonly latest: ReadonlySignal<ClearedTrace | null>;
  readonly #cleared: Signal<readonly ClearedTrace[]> = signal([]);

  constructor() {
    this.latest = computed(() => this.#cleared.value.at(-1) ?? null);
  }

  add(cleared: ClearedTrace): void {
    this.#cleared.value = [...this.#cleared.peek(), cleared];
    setTimeout(() => this.#drop(cleared), UNDO_MS);
  }

  take(): ClearedTrace | null {
    const cleared = this.latest.peek();
    if (cleared) this.#drop(cleared);
    return cleared;
  }

  forget(): void {
    this.#cleared.value = [];
  }

  #drop(cleared: ClearedTrace): void {
    this.#cleared.value = this.#cleared.peek().filter((each) => each !== cleared);
  }
}

/** What came since the clearing and is not in the cleared trace: a document also repeats what its later words refer to. */
export function since({ have }: ClearedTrace, observations: Iterable<Observation>): readonly Observation[] {
  return [...observations].filter(({ documentId, seq }) => seq >= (have[documentId] ?? 0));
}

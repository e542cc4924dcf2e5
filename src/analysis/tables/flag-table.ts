/** A person's flags on rows: what was pressed in the panel, and the annotations of a trace that was read. */
import type { DocumentId, Seq } from '../../observation/observation.ts';
import type { ObservationIndex, RowIndex } from '../api/ids.ts';

/** An annotation whose row is not there yet. */
export interface WaitingFlag {
  readonly annotation: ObservationIndex;
  readonly documentId: DocumentId;
  readonly of: Seq;
  /** Which of the rows of that observation, from 0. */
  readonly event: number;
  readonly text: string;
}

export class FlagStore {
  readonly #texts = new Map<RowIndex, string>();
  /** Rows with a flag in their order; null after a change. */
  #order: readonly RowIndex[] | null = null;
  /** Annotations that became flags: a trace is written with the flags as they are now. */
  readonly #taken = new Set<ObservationIndex>();
  /** By what they are on. */
  readonly #waiting = new Map<string, WaitingFlag[]>();

  get rows(): readonly RowIndex[] {
    this.#order ??= [...this.#texts.keys()].sort((one, other) => one - other);
    return this.#order;
  }

  has(row: RowIndex): boolean {
    return this.#texts.has(row);
  }

  text(row: RowIndex): string | undefined {
    return this.#texts.get(row);
  }

  /** From 1, in the order of the rows. */
  number(row: RowIndex): number {
    return this.rows.indexOf(row) + 1;
  }

  /** `text` null takes the flag away. */
  set(row: RowIndex, text: string | null): void {
    if (text === null) this.#texts.delete(row);
    else this.#texts.set(row, text);
    this.#order = null;
  }

  isTaken(annotation: ObservationIndex): boolean {
    return this.#taken.has(annotation);
  }

  get isWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  /** False where too many wait for the same already. */
  wait(flag: WaitingFlag): boolean {
    const key = keyOf(flag.documentId, flag.of);
    const others = this.#waiting.get(key);
    if (others === undefined) this.#waiting.set(key, [flag]);
    else if (others.length < AT_ONE_PLACE) others.push(flag);
    else return false;
    return true;
  }

  /** Sets what waits for this row; `place`: which of the rows of its observation it is. */
  settle(documentId: DocumentId, seq: Seq, place: number, row: RowIndex): void {
    const key = keyOf(documentId, seq);
    const flags = this.#waiting.get(key);
    if (flags === undefined) return;
    // A row has one flag: a second note on it gets a row of its own in the end.
    const flag = this.has(row) ? undefined : flags.find(({ event }) => event === place);
    if (flag === undefined) return;
    this.set(row, flag.text);
    this.#taken.add(flag.annotation);
    if (flags.length === 1) this.#waiting.delete(key);
    else
      this.#waiting.set(
        key,
        flags.filter((each) => each !== flag),
      );
  }

  /** What no row came for, in the order of the trace; it waits no longer. */
  takeWaiting(): readonly WaitingFlag[] {
    const all = [...this.#waiting.values()].flat();
    this.#waiting.clear();
    return all.sort((one, other) => one.annotation - other.annotation);
  }
}

/** More annotations on one observation are no person's. */
const AT_ONE_PLACE = 100;

const keyOf = (documentId: DocumentId, seq: Seq): string => `${seq} ${documentId}`;

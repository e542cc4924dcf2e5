/**
 * Messages of one session and kind that are numbered upwards, as servers do. While each number is higher than all
 * before it none was there before, and nothing is looked up: the rows are only chained. The first that is not makes
 * the whole chain known to `SeenEvents`, which answers from then on.
 */
import type { RowIndex } from '../api/analysis.ts';
import type { SeenEvents } from '../tables/duplicate-index.ts';
import { NONE, type RowStore } from '../tables/row-table.ts';

/** More digits are no 32-bit number for certain. */
const DIGITS = 9;
const ZERO = 0x30;

/** The number that a message id is written as; -1 for any other id. */
export function numberOf(id: string): number {
  const { length } = id;
  if (length === 0 || length > DIGITS || (length > 1 && id.charCodeAt(0) === ZERO)) return -1;
  let number = 0;
  for (let at = 0; at < length; at += 1) {
    const digit = id.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return -1;
    number = number * 10 + digit;
  }
  return number;
}

export class NumberedMessages {
  readonly kind: number;
  readonly #session: number;
  #upwards = true;
  #highest = -1;
  #last: RowIndex = NONE;

  constructor(session: number, kind: number) {
    this.#session = session;
    this.kind = kind;
  }

  /** The row last kept for the id, or -1; keeps `row` in its place. */
  exchange(id: string, row: RowIndex, rows: RowStore, seen: SeenEvents): RowIndex {
    const number = this.#upwards ? numberOf(id) : -1;
    if (number > this.#highest) {
      rows.setNumbered(row, number, this.#last);
      this.#highest = number;
      this.#last = row;
      return -1;
    }
    if (number !== -1) {
      this.#upwards = false;
      for (let at = this.#last; at !== NONE; at = rows.previousNumbered(at)) {
        this.#look(String(rows.messageNumber(at)), at, seen);
      }
    }
    return this.#look(id, row, seen);
  }

  #look(id: string, row: RowIndex, seen: SeenEvents): RowIndex {
    return seen.exchange(id, 0, id.length, this.#session, ~this.kind, row);
  }
}

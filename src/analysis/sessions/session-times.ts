/**
 * The times of all sessions, side by side. A long trace comes back to a session when nothing of it is near any more:
 * what an event reads and writes of its times then is one place of memory and not one for each.
 */
import { Float64Table } from '../tables/typed-columns.ts';

const STARTED = 0;
const LAST = 1;
const IDLE_SINCE = 2;
const ARMED = 3;
const LATEST = 4;
const WIDTH = 8;

export class SessionTimes {
  readonly #table = new Float64Table(WIDTH);

  /** The place of the next session. */
  open(): number {
    const place = this.#table.grow();
    this.#table.set(place, STARTED, Number.POSITIVE_INFINITY);
    this.#table.set(place, LAST, Number.NEGATIVE_INFINITY);
    this.#table.set(place, IDLE_SINCE, Number.POSITIVE_INFINITY);
    this.#table.set(place, ARMED, Number.POSITIVE_INFINITY);
    this.#table.set(place, LATEST, Number.NaN);
    return place;
  }

  startedAt(place: number): number {
    return this.#table.at(place, STARTED);
  }

  lastAt(place: number): number {
    return this.#table.at(place, LAST);
  }

  /** Widens the time from the first to the last so that it holds this one. */
  hold(place: number, time: number): void {
    const cells = this.#table.cells(place);
    const at = this.#table.start(place);
    if (time < (cells[at + STARTED] ?? 0)) cells[at + STARTED] = time;
    if (time > (cells[at + LAST] ?? 0)) cells[at + LAST] = time;
  }

  idleSince(place: number): number {
    return this.#table.at(place, IDLE_SINCE);
  }

  setIdleSince(place: number, time: number): void {
    this.#table.set(place, IDLE_SINCE, time);
  }

  armedAt(place: number): number {
    return this.#table.at(place, ARMED);
  }

  setArmedAt(place: number, time: number): void {
    this.#table.set(place, ARMED, time);
  }

  latest(place: number): number {
    return this.#table.at(place, LATEST);
  }

  setLatest(place: number, time: number): void {
    this.#table.set(place, LATEST, time);
  }
}

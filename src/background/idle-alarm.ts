/**
 * Wakes the background when something of the flight recorder has lain its time: no timer lives that long in a service
 * worker. The alarm exists only while something is recorded.
 */

/** `alarms`, or a test's stand-in. */
export interface Alarms {
  create(name: string, when: { readonly when: number }): unknown;
  clear(name: string): unknown;
}

export const IDLE_ALARM = 'recorder-idle';

export class IdleAlarm {
  readonly #alarms: Alarms;
  /** Undefined until this life of the worker has set or cleared it. */
  #at: number | null | undefined;

  constructor(alarms: Alarms) {
    this.#alarms = alarms;
  }

  /** It went off, and so exists no more. */
  rang(): void {
    this.#at = undefined;
  }

  /**
   * @param at when the first document will have lain its time, Unix milliseconds; null if nothing is recorded. Later
   *   than what is set is left to the alarm: it finds nothing to do then and is set again.
   */
  set(at: number | null): void {
    if (at === this.#at || (typeof this.#at === 'number' && at !== null && at >= this.#at)) return;
    this.#at = at;
    if (at === null) this.#alarms.clear(IDLE_ALARM);
    else this.#alarms.create(IDLE_ALARM, { when: at });
  }
}

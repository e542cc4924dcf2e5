/**
 * Until when each tab is to be forgotten: a person has cleared it then, or its page was left with "Preserve log" off.
 * A document that could not be told then, as in the back/forward cache, is told when it speaks again.
 */
import type { SessionStorage } from './flight-recorder.ts';

const KEY = 'cleared';

export class ClearedTabs {
  readonly #storage: SessionStorage;
  /** Unix milliseconds, by tab. */
  readonly #until = new Map<number, number>();

  constructor(storage: SessionStorage) {
    this.#storage = storage;
  }

  /** Reads what an earlier life of the background has stored. */
  async load(): Promise<void> {
    const { [KEY]: stored } = await this.#storage.get([KEY]);
    if (!Array.isArray(stored)) return;
    for (const entry of stored) {
      if (Array.isArray(entry) && entry.every(Number.isFinite)) this.#until.set(entry[0], entry[1]);
    }
  }

  /** What is older is forgotten; 0 where nothing is. */
  until(tab: number): number {
    return this.#until.get(tab) ?? 0;
  }

  async clear(tab: number, at: number): Promise<void> {
    if (at <= this.until(tab)) return;
    this.#until.set(tab, at);
    await this.#store();
  }

  /** The tab is closed. */
  async forgetTab(tab: number): Promise<void> {
    if (this.#until.delete(tab)) await this.#store();
  }

  async #store(): Promise<void> {
    await this.#storage.set({ [KEY]: [...this.#until] });
  }
}

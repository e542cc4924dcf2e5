/** Filters that a person saved under a name. They lie in the extension's storage; the filter in use does not. */
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { StorageArea } from '../settings/settings-store.ts';

export interface SavedFilter {
  readonly name: string;
  readonly text: string;
}

const KEY = 'filters';
const MOST = 100;
/** Longest name and longest filter, UTF-16 units. */
export const LONGEST_NAME = 60;
const LONGEST_TEXT = 2_000;

export class SavedFilters {
  /** By name. */
  readonly all: ReadonlySignal<readonly SavedFilter[]>;
  readonly #all: Signal<readonly SavedFilter[]> = signal([]);
  readonly #area: () => Promise<StorageArea>;

  constructor(area: () => Promise<StorageArea>) {
    this.#area = area;
    this.all = this.#all;
  }

  /** Reads what is stored; another panel may have saved meanwhile. */
  async read(): Promise<void> {
    this.#all.value = parseSaved((await (await this.#area()).get(KEY))[KEY]);
  }

  /** Saves a filter under a name; one that had the name is replaced. */
  async save(filter: SavedFilter): Promise<void> {
    await this.#change((before) => [...before.filter(({ name }) => name !== filter.name), filter]);
  }

  async remove(name: string): Promise<void> {
    await this.#change((before) => before.filter((each) => each.name !== name));
  }

  async #change(change: (before: readonly SavedFilter[]) => readonly SavedFilter[]): Promise<void> {
    await this.read();
    const filters = parseSaved(change(this.#all.peek()));
    await (await this.#area()).set({ [KEY]: filters });
    this.#all.value = filters;
  }
}

/** Saved filters from storage, whatever was stored there, by name. */
export function parseSaved(stored: unknown): readonly SavedFilter[] {
  if (!Array.isArray(stored)) return [];
  const byName = new Map<string, SavedFilter>();
  for (const each of stored) {
    if (typeof each !== 'object' || each === null) continue;
    const { name, text }: { name?: unknown; text?: unknown } = each;
    if (typeof name !== 'string' || typeof text !== 'string') continue;
    const trimmed = name.trim().slice(0, LONGEST_NAME);
    if (trimmed === '' || text.trim() === '' || text.length > LONGEST_TEXT) continue;
    byName.set(trimmed, { name: trimmed, text });
  }
  return [...byName.values()]
    .sort((one, other) => (one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1))
    .slice(0, MOST);
}

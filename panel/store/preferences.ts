/** What the panel remembers from one opening to the next, on this machine only. */
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';

const PREFIX = 'chat-inspector.';

export interface Preferences {
  read(name: string, fallback: string): string;
  write(name: string, value: string): void;
}

/** Preferences that last as long as the page. */
export function preferencesInMemory(): Preferences {
  const memory = new Map<string, string>();
  return {
    read: (name, fallback) => memory.get(name) ?? fallback,
    write: (name, value) => {
      memory.set(name, value);
    },
  };
}

/** Preferences in the extension's own storage; where that is denied, they last as long as the panel. */
export function localPreferences(): Preferences {
  const memory = preferencesInMemory();
  return {
    read(name, fallback) {
      try {
        return localStorage.getItem(PREFIX + name) ?? fallback;
      } catch {
        return memory.read(name, fallback);
      }
    },
    write(name, value) {
      memory.write(name, value);
      try {
        localStorage.setItem(PREFIX + name, value);
      } catch {
        // Storage is denied or full: the value lives in memory.
      }
    },
  };
}

/** Something that is on or off, and is remembered; off at first. */
export class RememberedSwitch {
  readonly on: ReadonlySignal<boolean>;
  readonly #on: Signal<boolean>;
  readonly #preferences: Preferences;
  readonly #name: string;

  constructor(preferences: Preferences, name: string) {
    this.#preferences = preferences;
    this.#name = name;
    this.#on = signal(preferences.read(name, 'no') === 'yes');
    this.on = this.#on;
  }

  toggle(): void {
    this.#on.value = !this.#on.peek();
    this.#preferences.write(this.#name, this.#on.peek() ? 'yes' : 'no');
  }
}

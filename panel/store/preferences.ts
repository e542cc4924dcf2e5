/** What the panel remembers from one opening to the next, on this machine only. */

const PREFIX = 'chat-inspector.';

export interface Preferences {
  read(name: string, fallback: string): string;
  write(name: string, value: string): void;
}

/** Preferences in the extension's own storage; where that is denied, they last as long as the panel. */
export function localPreferences(): Preferences {
  const memory = new Map<string, string>();
  return {
    read(name, fallback) {
      try {
        return localStorage.getItem(PREFIX + name) ?? fallback;
      } catch {
        return memory.get(name) ?? fallback;
      }
    },
    write(name, value) {
      memory.set(name, value);
      try {
        localStorage.setItem(PREFIX + name, value);
      } catch {
        // Storage is denied or full: the value lives in memory.
      }
    },
  };
}

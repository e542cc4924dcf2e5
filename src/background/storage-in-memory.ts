import type { SessionStorage } from './flight-recorder.ts';

/** A stand-in for `storage.session` in tests: what goes in and out is copied, as the browser does. */
export function memory(): SessionStorage & { readonly items: Map<string, unknown> } {
  const items = new Map<string, unknown>();
  return {
    items,
    get: async (keys) =>
      Object.fromEntries(
        keys.filter((key) => items.has(key)).map((key) => [key, structuredClone(items.get(key))]),
      ),
    set: async (added) => {
      for (const [key, value] of Object.entries(added)) items.set(key, structuredClone(value));
    },
    remove: async (keys) => {
      for (const key of keys) items.delete(key);
    },
  };
}

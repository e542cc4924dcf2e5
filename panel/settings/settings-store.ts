/** Where the settings are kept: `storage.local`, which the background reads; outside the extension, the panel's memory. */
import { parseSettings, SETTINGS_KEY, type Settings } from '../../src/messaging/settings.ts';

export interface SettingsStore {
  read(): Promise<Settings>;
  write(settings: Settings): Promise<void>;
}

/** As much of `storage.local` as the settings need. */
export interface StorageArea {
  get(key: string): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
}

/** Settings in the extension's storage. What else is stored under their key, by a later version, stays. */
export function storedSettings(area: () => Promise<StorageArea>): SettingsStore {
  const stored = async () => (await (await area()).get(SETTINGS_KEY))[SETTINGS_KEY];
  return {
    read: async () => parseSettings(await stored()),
    async write(settings) {
      const before = await stored();
      const kept = typeof before === 'object' && before !== null ? before : {};
      await (await area()).set({ [SETTINGS_KEY]: { ...kept, ...settings } });
    },
  };
}

/** The extension's storage where there is one, else a storage that lasts as long as the page. */
export function settingsStore(): SettingsStore {
  return storedSettings(storageArea);
}

/** The extension's storage; outside the extension a storage that lasts as long as the page. */
export async function storageArea(): Promise<StorageArea> {
  return /^(chrome|moz)-extension:$/.test(location.protocol) ? extensionStorage() : memory;
}

/** Loaded only here: outside an extension the polyfill throws when it is imported. */
async function extensionStorage(): Promise<StorageArea> {
  const { default: browser } = await import('webextension-polyfill');
  return browser.storage.local;
}

const held = new Map<string, unknown>();
const memory: StorageArea = {
  get: async (key) => ({ [key]: held.get(key) }),
  async set(items) {
    for (const [key, value] of Object.entries(items)) held.set(key, value);
  },
};

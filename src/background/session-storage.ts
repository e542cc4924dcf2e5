/**
 * `storage.session` for the flight recorder. Chrome can let content scripts in, which is how a dying document's last
 * words wait for the service worker; there what the recorder keeps is sealed with a key that no content script can
 * read, so that a broken renderer process learns nothing of other sites. Firefox lets no content script in.
 */
import browser from 'webextension-polyfill';
import type { SessionStorage } from './flight-recorder.ts';
import type { Letterbox } from './lost-documents.ts';
import { sealed } from './sealed-storage.ts';

const KEY = 'recorder-key';

export function openSession(): SessionStorage {
  const { session, local } = chrome.storage;
  if (!('setAccessLevel' in session)) return browser.storage.session;
  // At once: who goes away while the background starts for the first time has nowhere else to leave a word.
  void session.setAccessLevel({ accessLevel: 'TRUSTED_AND_UNTRUSTED_CONTEXTS' });
  const key = local.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' }).then(sealingKey);
  return sealed(browser.storage.session, key);
}

/** Where last words lie: never in Firefox. */
export function openLetterbox(): Letterbox {
  const { session } = browser.storage;
  return {
    keys: async () => {
      if (!('setAccessLevel' in session)) return [];
      // Chrome 130: before, keys come only with what they hold.
      return 'getKeys' in session && typeof session.getKeys === 'function'
        ? session.getKeys()
        : Object.keys(await session.get(null));
    },
    get: (keys) => session.get(keys),
    remove: (keys) => session.remove(keys),
  };
}

/** Made once for an installation: what it opens is gone with the browser's session. */
async function sealingKey(): Promise<CryptoKey> {
  const { [KEY]: stored } = await browser.storage.local.get(KEY);
  const bytes = isBytes(stored) ? stored : [...crypto.getRandomValues(new Uint8Array(32))];
  if (bytes !== stored) await browser.storage.local.set({ [KEY]: bytes });
  return crypto.subtle.importKey('raw', new Uint8Array(bytes), 'AES-GCM', false, ['encrypt', 'decrypt']);
}

function isBytes(value: unknown): value is number[] {
  return Array.isArray(value) && value.length === 32 && value.every((each) => Number.isInteger(each));
}

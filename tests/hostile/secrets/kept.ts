/** What the extension holds, as text to look into: its storage, opened, and the files of the browser's profile. */
import { webcrypto } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import type { InspectedBrowser } from '../../../scripts/browser/inspected-browser.ts';

/** Which of the secrets a text or a file holds: as it is, as base64 or as UTF-16. */
export function secretsIn(held: string | Buffer, secrets: readonly string[]): readonly string[] {
  const text = typeof held === 'string' ? held : held.toString('latin1');
  return secrets.filter((secret) => forms(secret).some((form) => text.includes(form)));
}

function forms(secret: string): readonly string[] {
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.from(`${' '.repeat(shift)}${secret}`)
      .toString('base64')
      .replace(/=+$/, '');
    // The ends depend on what stands beside it.
    return encoded.slice(4, -2);
  });
  return [secret, Buffer.from(secret, 'utf16le').toString('latin1'), ...base64];
}

/** `storage.session` and `storage.local`, with what the flight recorder sealed opened, as one text. */
export async function storedText(browser: InspectedBrowser): Promise<string> {
  const page = await browser.openPanelPage();
  const stored = (await page.run(
    'return { session: await chrome.storage.session.get(null), local: await chrome.storage.local.get(null) };',
  )) as {
    readonly session: Readonly<Record<string, unknown>>;
    readonly local: Readonly<Record<string, unknown>>;
  };
  await page.close();
  const key = stored.local['recorder-key'];
  const opened = await Promise.all(
    Object.entries(stored.session).map(([name, value]) =>
      Array.isArray(key) && typeof value === 'string' ? open(name, value, Uint8Array.from(key)) : value,
    ),
  );
  return JSON.stringify([opened, stored.local]);
}

/** As `src/background/sealed-storage.ts` seals: a nonce of 12 bytes, then AES-GCM of deflated JSON, bound to the name. */
async function open(name: string, value: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const key = await webcrypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['decrypt']);
  const sealed = Buffer.from(value, 'base64');
  const algorithm = { name: 'AES-GCM', iv: sealed.subarray(0, 12), additionalData: Buffer.from(name) };
  const packed = await webcrypto.subtle.decrypt(algorithm, key, sealed.subarray(12));
  return inflateRawSync(Buffer.from(packed)).toString('utf8');
}

/**
 * What the browser itself writes of a page, whatever extensions there are: history, cookies, the cache, sessions to
 * restore, the page's own storage. Everything else in the profile is looked into, the extension's folders first.
 */
const BROWSER_OWN: readonly RegExp[] = [
  // Chromium
  /^Default\/(?:History|Cookies|Favicons|Top Sites|Visited Links|Shortcuts|Login Data|Web Data|Network Action Predictor)/,
  /^Default\/(?:Network|Cache|Code Cache|Sessions|Session Storage|Preferences|Secure Preferences|DIPS|SharedStorage|BrowsingTopics)/,
  /^Default\/(?:Service Worker|Reporting and NEL|blob_storage|Network Persistent State|Affiliation|heavy_ad)/,
  /^segmentation_platform\//,
  // Firefox
  /^(?:places|cookies|favicons|formhistory|webappsstore|bounce-tracking-protection|serviceworker)/,
  /^(?:sessionstore|sessionCheckpoints|cache2|startupCache|SiteSecurityServiceState|datareporting|storage\/default\/http)/,
];

/** Files of the profile that hold a secret and that the browser does not write by itself, and the secrets they hold. */
export function secretsOnDisk(profile: string, secrets: readonly string[]): readonly string[] {
  return filesOf(profile).flatMap((path) => {
    const name = relative(profile, path);
    if (BROWSER_OWN.some((own) => own.test(name))) return [];
    return secretsIn(readFileSync(path), secrets).map((secret) => `${name}: ${secret}`);
  });
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesOf(path);
    return entry.isFile() && statSync(path).size > 0 ? [path] : [];
  });
}

import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { InspectedBrowser, Panel } from '../../scripts/browser/inspected-browser.ts';
import { launch } from '../../scripts/browser/launch.ts';
import { until } from '../../scripts/browser/until.ts';
import { BROWSER, exportTrace } from '../e2e/harness/inspection.ts';
import { openPanel } from '../hook/hooked.ts';
import { secretsIn, secretsOnDisk, storedText } from './secrets/kept.ts';
import { KEPT, NO_CHAT, OF_CHAT, type SecretPlace } from './secrets/secret-places.ts';
import { type SecretServer, startSecretServer } from './secrets/secret-server.ts';

let browser: InspectedBrowser;
let server: SecretServer;
/** Where each secret was said: by it a test names what it has found. */
const forbidden = new Map<string, string>();
const allowed = new Map<string, string>();

beforeAll(async () => {
  server = await startSecretServer();
  browser = await launch(BROWSER);
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

test('of a page without chat nothing is kept, wherever a secret stands', async () => {
  await browser.open(`${server.origin}/page/plain?token=${secret('address of a page without chat')}`);
  await say('without chat', NO_CHAT, forbidden);
  expect(named(await storedText(browser), forbidden)).toEqual([]);
  const panel = await openPanel(browser);
  await say('without chat, panel open', NO_CHAT, forbidden);
  expect(named(await exported(panel), forbidden)).toEqual([]);
  await panel.close();
});

test('of a page that chats only the chat is kept: by the ring, the recorder and the export', async () => {
  const fragment = secret('fragment of the page');
  await browser.open(`${server.origin}/page#access_token=${fragment}`);
  await say('before the chat', NO_CHAT, forbidden);
  await say('chat', KEPT, allowed);
  await say('chat', OF_CHAT, forbidden);
  await say('after the chat', NO_CHAT, forbidden);
  const stored = await until('the recorder to have the chat', async () => {
    const text = await storedText(browser);
    return named(text, allowed).length === allowed.size && text;
  });
  expect(named(stored, forbidden)).toEqual([]);

  const panel = await openPanel(browser);
  await say('under the eyes of the panel', KEPT, allowed);
  await say('under the eyes of the panel', OF_CHAT, forbidden);
  await say('under the eyes of the panel', NO_CHAT, forbidden);
  const text = await until('the panel to have the chat', async () => {
    const seen = await exported(panel);
    return named(seen, allowed).length === allowed.size && seen;
  });
  expect(named(text, forbidden)).toEqual([]);
  await panel.close();
});

test('of a page that was left the recorder gives the chat and nothing else', async () => {
  await browser.open(`${server.origin}/page/left`);
  const panel = await openPanel(browser);
  const text = await until('the chat of the page that was left', async () => {
    const seen = await exported(panel);
    return named(seen, allowed).length === allowed.size && seen;
  });
  expect(named(text, forbidden)).toEqual([]);
  await panel.close();
});

test('nothing that a page said lies on the disk, but what the browser itself writes', async () => {
  const profile = await browser.quit();
  expect(secretsOnDisk(profile, [...forbidden.keys(), ...allowed.keys()])).toEqual([]);
});

/** Says a secret in each of the places, one after the other. */
async function say(when: string, places: readonly SecretPlace[], into: Map<string, string>): Promise<void> {
  const { origin: http, refused } = server;
  for (const { where, kind = '', fails, act } of places) {
    const said = secret(`${where} (${when})`, into);
    const key = `key${into.size}${when.length}`;
    server.plant(key, said);
    const page = { secret: said, key, http, ws: http.replace('http', 'ws'), refused, kind };
    const acted = browser.inPage(act, page).then(
      () => 'went well',
      (error) => `failed: ${error}`,
    );
    expect(await acted, where).toMatch(fails ? /^failed/ : /^went well/);
  }
}

/** A text that stands nowhere else, noted with where it will stand. */
function secret(where: string, into = forbidden): string {
  const made = `zq${randomBytes(9).toString('hex')}`;
  into.set(made, where);
  return made;
}

/** Where the secrets were said that a text holds. */
function named(text: string, secrets: ReadonlyMap<string, string>): readonly string[] {
  return secretsIn(text, [...secrets.keys()]).map((each) => secrets.get(each) ?? '');
}

async function exported(panel: Panel): Promise<string> {
  return JSON.stringify((await exportTrace(panel)).observations);
}

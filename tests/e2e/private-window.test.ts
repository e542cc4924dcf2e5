import { expect, test } from 'vitest';
import { until } from '../../scripts/browser/until.ts';
import { hooked } from '../hook/hooked.ts';
import { chatText } from '../hook/server.ts';
import { inExtension, recordedKeys } from './harness/recorder.ts';

const POPUP = '/src/popup/popup.html';

test('of a private window nothing is stored, while the page is there and when it is left', async () => {
  const { browser, server } = await hooked();
  await browser.allowPrivateWindows();
  const page = await browser.openPanelPage();
  await until('the extension to be allowed', () =>
    inExtension(page, 'api.extension.isAllowedIncognitoAccess()'),
  );
  // It chats by itself: its first words, then more, and its last ones when it is left.
  const chat = (msg: string) => `fetch('/relay', { method: 'POST', body: ${JSON.stringify(chatText(msg))} })`;
  const leaving = `navigator.sendBeacon('/relay', ${JSON.stringify(chatText('leaving'))})`;
  const run = `${chat('first')}.then(() => ${chat('second')});addEventListener('pagehide', () => ${leaving})`;
  const url = `${server.origin}/page/private?run=${encodeURIComponent(run)}`;
  const tab = await inExtension(
    page,
    `(await api.windows.create({ incognito: true, url: ${JSON.stringify(url)} })).tabs[0].id`,
  );
  await until('the page to have chatted', () => server.heard.length >= 2);
  // The taps and the relay are there, and have spoken: the page is known by its document.
  await until('the page to be watched', async () => {
    const top = await inExtension(
      page,
      `await api.tabs.sendMessage(${tab}, { type: 'page' }).catch(() => null)`,
    );
    return typeof top === 'object' && top !== null && 'documentId' in top && top.documentId !== '';
  });
  expect(await inExtension(page, `(await api.tabs.get(${tab})).incognito`)).toBe(true);
  // A page beside it that is not private is recorded after all of that, by the same background.
  await browser.open(`${server.origin}/page/ordinary`);
  await browser.inPage(
    async ({ address, body }) => {
      await (await fetch(address, { method: 'POST', body })).text();
    },
    { address: `${server.origin}/relay`, body: chatText('ordinary') },
  );
  await until('the ordinary page to be recorded', async () => (await recordedKeys(page)).length > 0);
  const recorded = (id: unknown) =>
    inExtension(page, `await api.runtime.sendMessage({ type: 'recorded-of', tab: ${id} })`);
  expect(await recorded(tab)).toMatchObject({ pages: [] });
  const popup = await browser.openPanelPage(`${POPUP}?tab=${tab}`);
  await until('the popup to say so', async () =>
    (await popup.text({ css: '.popup' })).includes('Nothing is recorded in private windows.'),
  );
  await popup.close();

  await inExtension(
    page,
    `await api.tabs.update(${tab}, { url: ${JSON.stringify(`${server.origin}/page/next`)} })`,
  );
  await until('its last words', () => server.heard.length >= 4);
  expect(server.heard.filter((text) => text.includes('leaving'))).toHaveLength(1);
  await browser.inPage(
    async ({ address, body }) => {
      await (await fetch(address, { method: 'POST', body })).text();
    },
    { address: `${server.origin}/relay`, body: chatText('ordinary again') },
  );
  expect(await recorded(tab)).toMatchObject({ pages: [] });
  // Every key is of the one ordinary document.
  const documents = new Set((await recordedKeys(page)).map((key) => key.split('/')[1]));
  expect(documents.size).toBe(1);
});

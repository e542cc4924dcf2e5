import { expect, test } from 'vitest';
import type { InspectedBrowser, Panel } from '../../scripts/browser/inspected-browser.ts';
import { until } from '../../scripts/browser/until.ts';
import { hooked, openPanel } from '../hook/hooked.ts';
import { chatText } from '../hook/server.ts';
import { complaints } from './harness/accessibility.ts';
import { eventsInPanel, readStatus } from './harness/panel-view.ts';
import { inExtension, recordedKeys } from './harness/recorder.ts';

const POPUP = '/src/popup/popup.html';

const post = (browser: InspectedBrowser, origin: string, msg: string) =>
  browser.inPage(
    async ({ url, body }) => {
      await (await fetch(url, { method: 'POST', body })).text();
    },
    { url: `${origin}/relay`, body: chatText(msg) },
  );

/** The popup as a page in a tab of its own, of the inspected tab, which is the first there is. */
async function popupOf(browser: InspectedBrowser): Promise<Panel> {
  const page = await browser.openPanelPage();
  const ids = await inExtension(page, '(await api.tabs.query({})).map(({ id }) => id)');
  await page.close();
  if (!Array.isArray(ids)) throw new Error('There are no tabs.');
  return browser.openPanelPage(`${POPUP}?tab=${Math.min(...ids.map(Number))}`);
}

const shown = (popup: Panel): Promise<string> => popup.text({ css: '.popup' });

test('the popup lists what is recorded of the tab, without queries, and has it forgotten without DevTools', async () => {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page?token=secret`);
  const popup = await popupOf(browser);
  await until('it to say that nothing is recorded', async () =>
    (await shown(popup)).includes('Nothing now.'),
  );
  expect(await complaints(popup), 'while it is empty').toEqual([]);
  await post(browser, server.origin, 'one');
  await until('the page in the list', async () => (await popup.count({ css: '.popup-pages li' })) === 1);
  expect(await popup.text({ css: '.popup-page' })).toBe(`${server.origin}/page`);
  expect(await popup.text({ css: '.popup-figures' })).toMatch(/^Page · \d+ entr(?:y|ies) · .*B · since .*\d/);
  expect(await complaints(popup), 'with a page').toEqual([]);

  await popup.click({ role: 'button', name: 'Forget this tab' });
  await until('it to say so', async () => (await popup.text({ role: 'status' })) === 'Forgotten.');
  expect(await recordedKeys(popup)).toEqual([]);
  await until('the list to be empty', async () => (await popup.count({ css: '.popup-pages li' })) === 0);
  const panel = await openPanel(browser);
  await post(browser, server.origin, 'two');
  await eventsInPanel(panel, 1);
  const summaries = await panel.text({ role: 'grid', name: 'Timeline' });
  expect(summaries).toContain('two');
  expect(summaries).not.toContain('one');
});

test('an open panel is emptied with the tab, and has no Undo for it', async () => {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page`);
  const panel = await openPanel(browser);
  await post(browser, server.origin, 'one');
  await eventsInPanel(panel, 1);
  const popup = await popupOf(browser);
  await popup.click({ role: 'button', name: 'Forget this tab' });
  await until('the panel to be empty', async () => (await readStatus(panel)).events === 0);
  expect(await panel.count({ role: 'button', name: 'Undo' })).toBe(0);
});

test('the toolbar button leads to the popup, which opens the viewer for files; no further permission is needed', async () => {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page`);
  const page = await browser.openPanelPage();
  const manifest = await inExtension(page, 'api.runtime.getManifest()');
  expect(manifest).toMatchObject({ permissions: ['alarms', 'storage'] });
  const address = await inExtension(page, 'await api.action.getPopup({})');
  expect(String(address)).toContain(POPUP);
  const popup = await popupOf(browser);
  await popup.click({ role: 'button', name: 'Open a trace file…' });
  // The page itself is one of them already.
  const viewers =
    "api.extension.getViews().filter(({ location }) => location.pathname === '/panel/index.html').length";
  await until('the viewer', async () => Number(await inExtension(page, viewers)) === 2);
});

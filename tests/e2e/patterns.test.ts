import { expect, test } from 'vitest';
import type { InspectedBrowser } from '../../scripts/browser/inspected-browser.ts';
import { until } from '../../scripts/browser/until.ts';
import { hooked, observations, openPanel } from '../hook/hooked.ts';
import { setSettings } from './harness/inspection.ts';

/** What a page says that is chat by nothing but a pattern: half a second after its start, long before any panel. */
const later = (path: string): string =>
  `setTimeout(async () => {
    await (await fetch('${path}', { method: 'POST', body: '{"a":1}' })).text();
    document.title = 'said';
  }, 500)`;

/** As a person sets it, who does not open a page in the same moment: relays know of it once the background does. */
async function setPatterns(browser: InspectedBrowser, patterns: readonly string[]): Promise<void> {
  await setSettings(browser, { patterns });
  const page = await browser.openPanelPage();
  const area = browser.name === 'firefox' ? 'local' : 'session';
  await until('the hint to relays', async () => {
    const { reading } = (await page.run(`return await chrome.storage.${area}.get('reading')`)) as {
      readonly reading?: boolean;
    };
    return reading === patterns.length > 0;
  });
  await page.close();
}

test('what only a pattern takes for chat is recorded of a page that no panel has watched', async () => {
  const { browser, server } = await hooked();
  await setPatterns(browser, ['/probe/']);
  await browser.open(`${server.origin}/page?run=${encodeURIComponent(later('/probe/first'))}`);
  await until('the request', () => browser.inPage(() => document.title === 'said', null));
  const panel = await openPanel(browser);
  const seen = await observations(panel, 'the exchange', (all) => all.some(({ kind }) => kind === 'end'));
  expect(seen.flatMap((each) => (each.kind === 'request' ? [new URL(each.url).pathname] : []))).toEqual([
    '/probe/first',
  ]);
  // A pattern that is gone takes nothing more.
  await setPatterns(browser, []);
  await browser.open(`${server.origin}/page/next?run=${encodeURIComponent(later('/probe/second'))}`);
  await until('the request', () => browser.inPage(() => document.title === 'said', null));
  await browser.inPage(
    (url) =>
      fetch(url, { method: 'POST', body: '{"event":"chat_session_message","msg":"x"}' }).then((answer) =>
        answer.text(),
      ),
    '/relay',
  );
  const all = await observations(
    panel,
    'the chat',
    (list) => list.filter(({ kind }) => kind === 'end').length === 2,
  );
  expect(all.flatMap((each) => (each.kind === 'request' ? [new URL(each.url).pathname] : []))).toEqual([
    '/probe/first',
    '/relay',
  ]);
});

import { expect, test } from 'vitest';
import { until } from '../../scripts/browser/until.ts';
import { hooked, observations, openPanel } from '../hook/hooked.ts';
import { setSettings } from './harness/inspection.ts';

/** What a page says that is chat by nothing but a pattern: half a second after its start, long before any panel. */
const later = (path: string): string =>
  `setTimeout(async () => {
    await (await fetch('${path}', { method: 'POST', body: '{"a":1}' })).text();
    document.title = 'said';
  }, 500)`;

test('what only a pattern takes for chat is recorded of a page that no panel has watched', async () => {
  const { browser, server } = await hooked();
  await setSettings(browser, { patterns: ['/probe/'] });
  await browser.open(`${server.origin}/page?run=${encodeURIComponent(later('/probe/first'))}`);
  await until('the request', () => browser.inPage(() => document.title === 'said', null));
  const panel = await openPanel(browser);
  const seen = await observations(panel, 'the exchange', (all) => all.some(({ kind }) => kind === 'end'));
  expect(seen.flatMap((each) => (each.kind === 'request' ? [new URL(each.url).pathname] : []))).toEqual([
    '/probe/first',
  ]);
  // A pattern that is gone takes nothing more.
  await setSettings(browser, { patterns: [] });
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

import { expect, test } from 'vitest';
import type { InspectedBrowser, Panel } from '../../scripts/browser/inspected-browser.ts';
import { until } from '../../scripts/browser/until.ts';
import { hooked, messagesIn, observations, openPanel } from '../hook/hooked.ts';
import { chatText, type HookServer } from '../hook/server.ts';
import { exportTrace, PANEL_TITLE, panelInspection, playConversation } from './harness/inspection.ts';
import { eventsInPanel, readStatus, readTimeline } from './harness/panel-view.ts';
import { recordedKeys } from './harness/recorder.ts';

const CLEAR = { role: 'button', name: 'Clear' } as const;
const UNDO = { role: 'button', name: 'Undo' } as const;

/** In the page: says a text over a socket that stays open, and waits until it came back. */
const say = (browser: InspectedBrowser, server: HookServer, msg: string): Promise<void> =>
  browser.inPage(
    async ({ address, text }) => {
      const page = window as unknown as { socket?: WebSocket };
      page.socket ??= new WebSocket(address);
      const { socket } = page;
      if (socket.readyState !== WebSocket.OPEN)
        await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
      await new Promise((resolve) => {
        socket.addEventListener('message', resolve, { once: true });
        socket.send(text);
      });
    },
    { address: `${server.origin.replace('http', 'ws')}/rt`, text: chatText(msg) },
  );

const messages = async (panel: Panel): Promise<string[]> =>
  messagesIn((await exportTrace(panel)).observations);

test('what was cleared is forgotten by panel, page and recorder, and what the page says next is shown', async () => {
  const inspected = await panelInspection();
  await playConversation(inspected, { scenario: 'ordinary' });
  const { browser, panel } = inspected;
  const extension = await browser.openPanelPage();
  await eventsInPanel(panel, 40);
  await until('it to be recorded', async () => (await recordedKeys(extension)).length > 0);
  await panel.click(CLEAR);
  expect(await readStatus(panel)).toEqual({ events: 0, sessions: 0, problems: 0, dropped: 0 });
  await until('the recorder to have forgotten', async () => (await recordedKeys(extension)).length === 0);
  await panel.close();
  const again = await browser.openDevTools(PANEL_TITLE);
  // Whatever was to come has come before this.
  await browser.inPage(
    (text) =>
      new Promise<void>((resolve) => {
        const socket = new WebSocket(`ws://${location.host}/rt?scenario=ordinary`);
        socket.addEventListener('open', () => {
          socket.send(text);
          resolve();
        });
      }),
    chatText('after'),
  );
  await eventsInPanel(again, 1);
  const events = (await readTimeline(again)).filter(({ seq }) => seq !== null);
  expect(events.map(({ cells }) => cells.Summary).join()).toContain('after');
  expect((await readStatus(again)).dropped).toBe(0);
  expect((await readTimeline(again)).filter(({ kind }) => kind === 'gap')).toEqual([]);
  expect(events.length).toBeLessThan(10);
});

test('over a socket that was open all the while, what comes after Clear is shown, and Undo brings the rest back before it', async () => {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page`);
  const panel = await openPanel(browser);
  for (const msg of ['one', 'two', 'three']) await say(browser, server, msg);
  await eventsInPanel(panel, 6);
  const before = (await exportTrace(panel)).observations;
  const rows = await readTimeline(panel);
  await panel.click(CLEAR);
  expect((await readStatus(panel)).events).toBe(0);
  expect(await readTimeline(panel)).toEqual([]);
  await say(browser, server, 'four');
  await eventsInPanel(panel, 2);
  expect(await messages(panel)).toEqual([chatText('four')]);
  expect(await panel.text({ css: '.status-cleared' })).toContain('Cleared 6 events');
  await panel.click(UNDO);
  await eventsInPanel(panel, 8);
  const after = (await exportTrace(panel)).observations;
  expect(after.slice(0, before.length)).toEqual(before);
  expect(messagesIn(after)).toEqual(['one', 'two', 'three', 'four'].map(chatText));
  expect((await readTimeline(panel)).slice(0, rows.length)).toEqual(rows);
  expect(await panel.count(UNDO)).toBe(0);
  // Only the panel had it.
  await panel.close();
  const again = await openPanel(browser);
  await eventsInPanel(again, 2);
  expect(await messages(again)).toEqual([chatText('four')]);
});

test('a poll that was held while the tab was cleared is shown with its answer', async () => {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page`);
  const panel = await openPanel(browser);
  await say(browser, server, 'before');
  await eventsInPanel(panel, 2);
  await browser.inPage(
    (address) => {
      void fetch(address).then((answer) => answer.text());
    },
    `${server.origin}/clientweb/api/v1/chats/x/until?text=${encodeURIComponent(chatText('held'))}`,
  );
  await until('the poll to be held', () => server.exchanges.some(({ path }) => path.includes('/until')));
  await panel.click(CLEAR);
  await until('the page to have forgotten', async () => (await readStatus(panel)).events === 0);
  server.release();
  await eventsInPanel(panel, 1);
  await panel.close();
  const again = await openPanel(browser);
  await eventsInPanel(again, 1);
});

test('a page that comes back from the back/forward cache has forgotten what was cleared meanwhile', async () => {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page`);
  const panel = await openPanel(browser);
  const post = (msg: string) =>
    browser.inPage(
      async ({ url, body }) => {
        await (await fetch(url, { method: 'POST', body })).text();
      },
      { url: `${server.origin}/relay`, body: chatText(msg) },
    );
  await post('before');
  await eventsInPanel(panel, 1);
  await browser.inPage(() => {
    (window as unknown as { kept: boolean }).kept = true;
  }, null);
  await browser.open(`${server.origin}/page/second`);
  await panel.click(CLEAR);
  await browser.inPage(() => history.back(), null);
  await until('the first page', () => browser.inPage(() => location.pathname === '/page', null));
  expect(await browser.inPage(() => 'kept' in window, null)).toBe(true);
  await post('after');
  await eventsInPanel(panel, 1);
  await panel.close();
  const again = await openPanel(browser);
  const seen = await observations(again, 'the later exchange', (all) =>
    all.some(({ kind }) => kind === 'end'),
  );
  const posted = seen.flatMap((each) => (each.kind === 'request' ? [each.body?.data] : []));
  expect(posted).toEqual([chatText('after')]);
  expect(seen.filter(({ kind }) => kind === 'gap')).toEqual([]);
});

test('with "Preserve log" off nothing of earlier pages is kept, in the recorder neither', async () => {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page`);
  const first = await openPanel(browser);
  const extension = await browser.openPanelPage();
  await first.click({ role: 'switch', name: 'Preserve log' });
  await say(browser, server, 'earlier');
  await eventsInPanel(first, 2);
  await browser.open(`${server.origin}/page/second`);
  await say(browser, server, 'later');
  await eventsInPanel(first, 2);
  expect(await messages(first)).toEqual([chatText('later')]);
  await first.close();
  const second = await openPanel(browser);
  await eventsInPanel(second, 2);
  expect(await messages(second)).toEqual([chatText('later')]);
  await second.close();
  // Nor where no panel watches, and the next page has no chat.
  await until('it to be recorded', async () => (await recordedKeys(extension)).length > 0);
  await browser.open(`${server.origin}/page/third`);
  await until('the recorder to have forgotten', async () => (await recordedKeys(extension)).length === 0);
  const third = await openPanel(browser);
  const preserves = () => third.attribute('aria-checked', { role: 'switch', name: 'Preserve log' });
  await until('the setting to be shown', async () => (await preserves()) === 'false');
  expect((await readStatus(third)).events).toBe(0);
});

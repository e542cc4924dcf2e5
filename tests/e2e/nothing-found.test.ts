import { expect, test } from 'vitest';
import { until } from '../../scripts/browser/until.ts';
import { hooked, messagesIn, observations, openPanel } from '../hook/hooked.ts';
import { chatText } from '../hook/server.ts';
import { BROWSER } from './harness/inspection.ts';

const REGION = { role: 'region', name: 'What went by' } as const;

test('an empty panel says what went by, and takes what a person points at for chat', async () => {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page`);
  const panel = await openPanel(browser);
  const socket = `${server.origin.replace('http', 'ws')}/rt`;
  await browser.inPage(traffic, { socket, text: '{"price":1}', poll: `${server.origin}/relay/4711/poll` });
  if (BROWSER === 'firefox') {
    const said = await until('the list', () => panel.text(REGION));
    expect(said).toMatch(/once its Network panel was opened|went by: none named a chat event/);
    return;
  }
  const said = await until('what went by', async () => {
    const text = await panel.text(REGION);
    return text.includes('3 requests and 1 socket went by') && text;
  });
  expect(said).toContain('none named a chat event');
  expect(said).toContain('/relay/4711/poll');
  expect(said).toMatch(/None of its messages \(\d+\) names a chat event/);

  // The pattern is offered; nothing is set before the person saves it.
  await panel.click(REGION, { role: 'button', name: `Take ${socket} for chat` });
  await panel.click({ role: 'dialog', name: 'Settings' }, { role: 'button', name: 'Save' });
  await browser.open(`${server.origin}/page`);
  await browser.inPage(traffic, {
    socket,
    text: chatText('hello'),
    poll: `${server.origin}/relay/4711/poll`,
  });
  const seen = await observations(panel, 'the message', (all) => messagesIn(all).length > 0);
  expect(seen.some(({ kind }) => kind === 'request')).toBe(false);
});

test('who has no chat at hand sees a demo trace, and is back at the page when it is closed', async () => {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page`);
  const panel = await openPanel(browser);
  await panel.click({ role: 'button', name: 'Show a demo trace' });
  await until('its events', async () =>
    /^100 events · 4 sessions · 0 problems/.test(await panel.text({ role: 'status' })),
  );
  await panel.click({ role: 'button', name: 'Back to live capture' });
  await until('the page', async () => (await panel.text({ role: 'status' })).startsWith('0 events'));
  // Nothing of the demo is in the trace of the page, which a button loads anew.
  await browser.inPage(() => document.documentElement.setAttribute('data-before', ''), null);
  await panel.click({ role: 'button', name: 'Reload the page' });
  await until('the page again', () =>
    browser.inPage(() => !document.documentElement.hasAttribute('data-before'), null),
  );
  expect(await panel.text({ role: 'status' })).toMatch(/^0 events/);
});

const traffic = async ({ socket: url, text, poll }: { socket: string; text: string; poll: string }) => {
  const socket = new WebSocket(url);
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  const heard = new Promise((resolve) => socket.addEventListener('message', resolve, { once: true }));
  socket.send(text);
  await heard;
  for (let at = 0; at < 3; at += 1) await (await fetch(`${poll}?after=${at}`)).text();
};

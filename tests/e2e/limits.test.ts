import { expect, test } from 'vitest';
import type { Panel } from '../../scripts/browser/inspected-browser.ts';
import { until } from '../../scripts/browser/until.ts';
import { exportTrace, panelInspection } from './harness/inspection.ts';
import { relayChat } from './harness/relay-chat.ts';

const KIB = 1024;

test('limits are set in the settings, refused with their range, and hold in the open page and the panel', async () => {
  const { demo, browser, panel } = await panelInspection();
  const chat = await relayChat(browser, demo.url);
  await chat.say({ event: 'chat_session_message', msg: 'a'.repeat(80 * KIB), msg_id: '1' });
  const [whole] = await messages(panel, 1);
  expect(whole).toMatchObject({ truncated: false });

  await panel.click({ role: 'button', name: 'Settings' });
  await panel.click({ css: '.caps summary' });
  await panel.fill('64', { css: '#settings-cap-body' });
  await panel.click({ role: 'button', name: 'Save' });
  expect(await panel.text({ css: '#settings-cap-body-fault' })).toBe('This takes 0.0625 to 8 MiB.');
  expect(await panel.attribute('aria-invalid', { css: '#settings-cap-body' })).toBe('true');
  await panel.fill('0.0625', { css: '#settings-cap-body' });
  await panel.fill('1,000', { css: '#settings-cap-panelEvents' });
  await panel.click({ role: 'button', name: 'Save' });
  await until('the settings to close', async () => (await panel.count({ role: 'dialog' })) === 0);

  // The page is told by way of the background; until then the old limit holds.
  const cut = await until('a message that is cut', async () => {
    const before = (await messages(panel, 1)).length;
    await chat.say({ event: 'chat_session_message', msg: 'b'.repeat(80 * KIB), msg_id: '3' });
    return (await messages(panel, before + 1)).find(({ truncated }) => truncated);
  });
  expect(cut.data).toHaveLength(64 * KIB);
  expect(cut.size).toBeGreaterThan(80 * KIB);

  await browser.inPage(
    (url) => {
      new WebSocket(url);
    },
    `${demo.url.replace('http', 'ws')}rt?flood=1500`,
  );
  await until('the panel to be full', async () => {
    const notes = await panel.evaluate(() => document.querySelector('.banner-warning')?.textContent, null);
    return notes?.includes('The panel is full');
  });

  await panel.click({ role: 'button', name: 'Settings' });
  await panel.click({ css: '.caps summary' });
  await panel.click({ role: 'button', name: 'Default limits' });
  expect(
    await panel.evaluate(() => document.querySelector<HTMLInputElement>('#settings-cap-body')?.value, null),
  ).toBe('4');
});

/** What the page has sent over its socket, once there are so many. */
function messages(panel: Panel, count: number) {
  return until(`${count} messages`, async () => {
    const { observations } = await exportTrace(panel);
    const sent = observations.flatMap((each) =>
      each.kind === 'frame' && each.direction === 'out' ? [each.payload] : [],
    );
    return sent.length >= count && sent;
  });
}

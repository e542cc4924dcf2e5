import { expect, test } from 'vitest';
import { until } from '../../scripts/browser/until.ts';
import { asText } from './harness/conversation.ts';
import { exportTrace, inspection, PANEL_TITLE } from './harness/inspection.ts';
import { ledgerConnections } from './harness/ledger-connections.ts';
import { eventsInPanel, readStatus } from './harness/panel-view.ts';
import { traceConnections } from './harness/trace-connections.ts';

test.each(['before the panel is there', 'while the panel is there'])(
  'chat from the first inline script on is whole: %s',
  async (when) => {
    const { demo, browser } = await inspection();
    const openPanel = () => browser.openDevTools(PANEL_TITLE);
    const before = when.startsWith('while') ? await openPanel() : null;
    await browser.open(new URL('/early', demo.url).href);
    await until('the page to have said all', () =>
      browser.inPage(() => document.documentElement.dataset.done === 'true', null),
    );
    const panel = before ?? (await openPanel());
    const said = asText(ledgerConnections(demo.log.entries));
    let seen: string[] = [];
    await until('as many connections', async () => {
      seen = asText(traceConnections((await exportTrace(panel)).observations));
      return JSON.stringify(seen) === JSON.stringify(said);
    }).catch(() => undefined); // The comparison says it better.
    expect(seen).toEqual(said);
    expect((await readStatus(panel)).dropped).toBe(0);
  },
);

test('a chat that goes on after the page was loaded again is one session', async () => {
  const { demo, browser } = await inspection();
  const page = `${demo.url}?transports=ws`;
  await browser.open(page);
  const chat = await browser.inPage(async () => {
    const body = JSON.stringify({
      phone_number: '',
      from: '',
      parameters: { scenario: 'ordinary', auto: '1' },
    });
    const answer = await fetch('/clientweb/api/v1/chats?tenantUrl=localhost&timestamp=1', {
      method: 'POST',
      body,
    });
    const { chat_id: id } = await answer.json();
    await (await fetch(`/clientweb/api/v1/chats/${id}/events?tenantUrl=localhost&timestamp=2`)).text();
    return String(id);
  }, null);
  await browser.open(`${page}&again`);
  await browser.inPage(async (id) => {
    await (await fetch(`/clientweb/api/v1/chats/${id}/history?tenantUrl=localhost&timestamp=3`)).text();
    const body = JSON.stringify({
      events: [{ event: 'chat_session_message', msg: 'I am back', msg_id: '9' }],
    });
    await (
      await fetch(`/clientweb/api/v1/chats/${id}/events?tenantUrl=localhost&timestamp=4`, {
        method: 'POST',
        body,
      })
    ).text();
  }, chat);
  const panel = await browser.openDevTools(PANEL_TITLE);
  await eventsInPanel(panel, 1);
  await until('what was said after the reload', async () =>
    (await exportTrace(panel)).observations.some(
      (each) => each.kind === 'request' && (each.body?.data ?? '').includes('I am back'),
    ),
  );
  const { observations } = await exportTrace(panel);
  expect(new Set(observations.map(({ documentId }) => documentId)).size).toBe(2);
  expect((await readStatus(panel)).sessions).toBe(1);
});

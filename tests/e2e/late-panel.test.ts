import { expect, test } from 'vitest';
import { until } from '../../scripts/browser/until.ts';
import { CAPS } from '../../src/observation/caps.ts';
import { inspection, PANEL_TITLE, playConversation } from './harness/inspection.ts';
import { eventsInPanel, readStatus, readTimeline } from './harness/panel-view.ts';
import { saidEvents } from './harness/said-events.ts';

test('a panel opened late shows what the page had said before, in order', async () => {
  const inspected = await inspection();
  await playConversation(inspected, { scenario: 'ordinary', transports: 'ws' });
  const said = saidEvents(inspected.demo.log.entries);
  const panel = await inspected.browser.openDevTools(PANEL_TITLE);
  await eventsInPanel(panel, said.length);
  const events = (await readTimeline(panel)).filter((row) => row.seq !== null);
  expect(events.map((row) => row.seq)).toEqual(events.map((_, at) => at));
  expect(events.map((row) => row.cells.Event)).toEqual(said.map(({ event }) => event.event));
  expect((await readStatus(panel)).dropped).toBe(0);
});

test('a panel opened after the ring ran over says how much was dropped', async () => {
  const { demo, browser } = await inspection({ log: false });
  const flood = CAPS.ringObservations + 1_000;
  await browser.open(`${demo.url}?transports=ws`);
  const heard = await browser.inPage(
    (count) =>
      new Promise<number>((resolve) => {
        const socket = new WebSocket(`ws://${location.host}/rt?flood=${count}`);
        let messages = 0;
        socket.addEventListener('message', () => {
          messages += 1;
        });
        socket.addEventListener('close', () => resolve(messages));
      }),
    flood,
  );
  expect(heard).toBe(flood);

  const panel = await browser.openDevTools(PANEL_TITLE);
  const status = await until('what the ring still holds', async () => {
    const now = await readStatus(panel);
    // Beside the messages the ring keeps the socket's and the document's own observations.
    return now.events + now.dropped >= flood && now;
  });
  expect(status.dropped).toBeGreaterThan(0);
  expect(status.events).toBeLessThanOrEqual(CAPS.ringObservations);
  expect(await panel.count({ css: '[role=row][data-kind=gap]' })).toBeLessThanOrEqual(1);
});

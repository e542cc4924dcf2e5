import { expect, test } from 'vitest';
import { panelInspection } from './harness/inspection.ts';
import { eventsInPanel, readTimeline } from './harness/panel-view.ts';
import { relayChat } from './harness/relay-chat.ts';

test('what is said while the background is dead arrives, once and in order', async () => {
  const { demo, browser, panel } = await panelInspection();
  const chat = await relayChat(browser, demo.url);
  const texts: string[] = [];
  for (let at = 0; at < 12; at += 1) {
    if (at % 3 === 1) await browser.killBackground();
    const msg = `Message ${at}`;
    texts.push(msg);
    await chat.say({ event: 'chat_session_message', msg, msg_id: String(at * 2 + 1) });
  }
  await eventsInPanel(panel, texts.length);
  const events = (await readTimeline(panel)).filter((row) => row.seq !== null);
  expect(events.map((row) => row.seq)).toEqual(texts.map((_, at) => at));
  events.forEach((row, at) => {
    expect(row.cells.Summary).toContain(texts[at]);
  });
});

test('the panel goes on after the background died while nothing was said', async () => {
  const { demo, browser, panel } = await panelInspection();
  const chat = await relayChat(browser, demo.url);
  await chat.say({ event: 'chat_session_message', msg: 'before', msg_id: '1' });
  await eventsInPanel(panel, 1);
  await browser.killBackground();
  await browser.killBackground();
  await chat.say({ event: 'chat_session_message', msg: 'after', msg_id: '3' });
  await eventsInPanel(panel, 2);
});

import { expect, test } from 'vitest';
import type { Panel } from '../../scripts/browser/inspected-browser.ts';
import { until } from '../../scripts/browser/until.ts';
import { hooked, openPanel } from '../hook/hooked.ts';
import { chooseEvent, readTimeline, showView } from './harness/panel-view.ts';

/** Turns round, isolates, hides, controls; and a word to find it by. */
const HOSTILE = 'evil\u202e0 errors\u2066\u200b\u0000\u001b[2J\ufeff';
const SHOWN = 'evil\\u{202E}0 errors\\u{2066}\\u{200B}\\u{0}\\u{1B}[2J';
const SHOWN_ID = 'A evil\\u{202E}0 e';

test('captured text hides nothing in the panel and reorders none of our words', async () => {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page`);
  const panel = await openPanel(browser);
  const events = [
    {
      event: 'chat_session_party_joined',
      party_id: HOSTILE,
      first_name: HOSTILE,
      display_name: HOSTILE,
      type: 'internal',
    },
    { event: 'chat_session_message', party_id: HOSTILE, msg: HOSTILE, msg_id: HOSTILE, [HOSTILE]: HOSTILE },
    { event: 'chat_session_status', state: HOSTILE },
    { event: `chat_session_${HOSTILE}`, msg: HOSTILE },
    { event: 'chat_session_form_show', form_name: HOSTILE, form_id: HOSTILE, form_timeout: HOSTILE },
  ];
  await browser.inPage(
    async ({ address, texts }) => {
      const socket = new WebSocket(address);
      await new Promise((resolve) => socket.addEventListener('open', resolve));
      let heard = 0;
      await new Promise<void>((resolve) => {
        socket.addEventListener('message', () => {
          heard += 1;
          if (heard === texts.length) resolve();
        });
        for (const text of texts) socket.send(text);
      });
      socket.close(1000, 'evil\u202e');
    },
    {
      address: `${server.origin.replace('http', 'ws')}/rt`,
      texts: events.map((event) => JSON.stringify(event)),
    },
  );
  await until('the last of them', async () =>
    (await readTimeline(panel)).some(({ cells }) => cells.Event === 'socket close'),
  );
  expect(await faults(panel), 'the timeline').toEqual([]);
  expect(await panel.text({ role: 'grid', name: 'Timeline' })).toContain(SHOWN);
  for (const event of [0, 1, 2, 3]) {
    await chooseEvent(panel, event);
    for (const tab of ['Raw', 'Exchange', 'Decoded']) {
      await panel.click({ role: 'tablist', name: 'Details' }, { role: 'tab', name: tab });
      expect(await faults(panel), `${tab} of event ${event}`).toEqual([]);
    }
    expect(await panel.text({ role: 'region', name: 'Event details' })).toContain(SHOWN);
  }
  await showView(panel, 'Conversation');
  await panel.click({ role: 'button', name: 'Compare …' });
  for (const view of ['Sequence', 'State machine', 'Problems', 'Conversation', 'Compare'] as const) {
    await showView(panel, view);
    expect(await faults(panel), view).toEqual([]);
    // The state machine and a comparison without a second session name the session alone, by the beginning of its id.
    const named = view === 'State machine' || view === 'Compare' ? SHOWN_ID : SHOWN;
    expect(await panel.text({ css: '.app-view' })).toContain(named);
  }
});

/** Texts of the panel that hold a hidden character, or captured words that are not set apart. */
function faults(panel: Panel): Promise<string[]> {
  return panel.evaluate(() => {
    const hides = (text: string) => /[\p{Cc}\p{Cf}]/u.test(text.replaceAll(/[\n\t]/g, ''));
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.nodeValue ?? '';
      const place = node.parentElement;
      if (hides(text)) found.push(`hides: ${place?.outerHTML.slice(0, 200)}`);
      // Neither can hold an element: they show one text alone.
      if (place?.closest('option, svg')) continue;
      if (text.includes('evil') && !place?.closest('bdi'))
        found.push(`not set apart: ${place?.outerHTML.slice(0, 200)}`);
    }
    for (const element of document.body.querySelectorAll('*')) {
      for (const name of ['title', 'aria-label', 'alt', 'placeholder']) {
        if (hides(element.getAttribute(name) ?? ''))
          found.push(`${name} hides: ${element.outerHTML.slice(0, 200)}`);
      }
    }
    return found;
  }, null);
}

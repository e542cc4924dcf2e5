import { expect, test } from 'vitest';
import { until } from '../../scripts/browser/until.ts';
import { panelInspection } from './harness/inspection.ts';
import { eventsInPanel } from './harness/panel-view.ts';
import { relayChat } from './harness/relay-chat.ts';

/** More than any window shows, so that rows leave at the top as they come at the bottom. */
const ENOUGH = 120;

test('one new event touches its row, the status line, the overview, a badge and the count of its kind, and nothing else', async () => {
  const { demo, browser, panel } = await panelInspection();
  const chat = await relayChat(browser, demo.url);
  for (let at = 0; at < ENOUGH; at += 1) await chat.say(message(at));
  await eventsInPanel(panel, ENOUGH);
  await until('the newest row to be in sight', () =>
    panel.evaluate((seq) => document.querySelector(`[data-seq="${seq}"]`) !== null, ENOUGH - 1),
  );

  await panel.evaluate(() => {
    const grid = document.querySelector('[role=grid]');
    const known = new Set(grid?.querySelectorAll('[role=row]'));
    const touched: string[] = [];
    const page = window as unknown as { touched: string[]; watching: MutationObserver };
    page.touched = touched;
    page.watching = new MutationObserver((records) => {
      for (const record of records) {
        const target = record.target instanceof Element ? record.target : record.target.parentElement;
        if (!target || target.closest('[role=status]')) continue;
        if (target.closest('[role=tab]')) continue; // A badge beside a view's name.
        if (target.closest('[aria-label=Overview]')) continue; // Its counts.
        if (target.closest('.kinds-bar')) continue; // How many there are of each kind.
        const row = target.closest('[role=row]');
        if (row && !known.has(row)) continue; // The new row itself.
        const what = `${record.type} ${record.attributeName ?? ''}`.trim();
        const outside = () => `${target.nodeName} “${target.textContent?.slice(0, 60)}” outside`;
        const place = row ? 'an old row' : grid?.contains(target) ? 'the grid' : outside();
        const rows = record.addedNodes.length + record.removedNodes.length;
        touched.push(
          rows > 0
            ? `${place}: ${record.addedNodes.length} in, ${record.removedNodes.length} out`
            : `${place}: ${what}`,
        );
      }
    });
    page.watching.observe(document, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
  }, null);
  await chat.say(message(ENOUGH));
  await eventsInPanel(panel, ENOUGH + 1);
  await until('the new row', () =>
    panel.evaluate((seq) => document.querySelector(`[data-seq="${seq}"]`) !== null, ENOUGH),
  );
  const touched = await panel.evaluate(() => {
    const page = window as unknown as { touched: string[]; watching: MutationObserver };
    page.watching.disconnect();
    return page.touched;
  }, null);

  const added = touched.filter((each) => /^the grid: 1 in/.test(each));
  expect(added, 'rows put in').toHaveLength(1);
  // The grid's own count and the height that its scroll bar shows follow the number of rows; a row may leave at the top.
  const allowed = /^the grid: (1 in, 0 out|0 in, 1 out|attributes aria-rowcount|attributes style)$/;
  expect(touched.filter((each) => !allowed.test(each))).toEqual([]);
});

function message(at: number): Record<string, string> {
  return { event: 'chat_session_message', msg: `Message ${at}`, msg_id: String(at * 2 + 1) };
}

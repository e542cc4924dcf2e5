import { expect, test } from 'vitest';
import type { Panel } from '../../scripts/browser/inspected-browser.ts';
import { until } from '../../scripts/browser/until.ts';
import { complaints } from './harness/accessibility.ts';
import { panelInspection, playConversation } from './harness/inspection.ts';
import { eventsInPanel, showView } from './harness/panel-view.ts';
import { saidEvents } from './harness/said-events.ts';

const GRID = { role: 'grid', name: 'Sequence' } as const;
const DETAILS = { role: 'region', name: 'Event details' } as const;

const spoken = (panel: Panel): Promise<readonly string[]> =>
  panel.evaluate(
    () =>
      Array.from(document.querySelectorAll('.sequence-row'), (row) =>
        (row.textContent ?? '').replace(/\s+/g, ' ').trim(),
      ),
    null,
  );

test('a session is drawn as a sequence, with lanes of who spoke, and goes on from the keyboard', async () => {
  const { panel, ...inspected } = await panelInspection({}, { theme: 'light', width: 1400, height: 860 });
  await playConversation({ ...inspected }, { scenario: 'transfer', transports: 'xhr' });
  const { length } = saidEvents(inspected.demo.log.entries);
  await eventsInPanel(panel, length);
  await showView(panel, 'Sequence');
  // All events, and the call that opened the chat.
  const rows = await until('all rows', async () => {
    const count = await panel.evaluate(
      () => Number(document.querySelector('[role=grid][aria-label=Sequence]')?.getAttribute('aria-rowcount')),
      null,
    );
    return count === length + 2 ? await spoken(panel) : null;
  });
  const head = await panel.text({ css: '.sequence-head' });
  expect(head).toMatch(/Page[\s\S]*Server[\s\S]*Maren Holt/);
  expect(rows.some((row) => /from Maren Holt to the page: message /.test(row))).toBe(true);
  expect(rows.some((row) => /from the page to Server: message /.test(row))).toBe(true);
  expect(await complaints(panel)).toEqual([]);
  await panel.click(GRID, { css: '[data-place="2"]' });
  await until('the details', async () => (await panel.count(DETAILS)) === 1);
  const first = await panel.text(DETAILS);
  await panel.press('ArrowDown');
  await until('the next event', async () => (await panel.text(DETAILS)) !== first);
  await panel.press('End');
  await until('the end', async () => (await panel.text(DETAILS)).includes('chat_session_ended'));
  await panel.press('Escape');
  await until('the details to close', async () => (await panel.count(DETAILS)) === 0);
});

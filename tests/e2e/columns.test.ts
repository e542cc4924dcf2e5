/** The timeline's columns: chosen, moved and made wider, by keys and by the pointer, and remembered. */
import { expect, test } from 'vitest';
import type { Panel } from '../../scripts/browser/inspected-browser.ts';
import { until } from '../../scripts/browser/until.ts';
import { complaints } from './harness/accessibility.ts';
import { panelInspection, playConversation } from './harness/inspection.ts';
import { eventsInPanel, readTimeline, timelineAtRest } from './harness/panel-view.ts';
import { saidEvents } from './harness/said-events.ts';

const LIST = { role: 'dialog', name: 'Columns' } as const;

const heads = (panel: Panel): Promise<readonly string[]> =>
  panel.evaluate(
    () =>
      Array.from(
        document.querySelectorAll('.timeline-head [role=columnheader]'),
        ({ textContent }) => textContent,
      ),
    null,
  );

const widthOf = (panel: Panel, name: string): Promise<number> =>
  panel.evaluate(
    (cell) => document.querySelector(`.timeline-space .cell-${cell}`)?.getBoundingClientRect().width ?? 0,
    name,
  );

/** Gives the focus to the checkbox of a column. */
const focusOn = (panel: Panel, title: string): Promise<void> =>
  panel.evaluate((wanted) => {
    const label = [...document.querySelectorAll('.column-entry label')].find(
      ({ textContent }) => textContent === wanted,
    );
    label?.querySelector('input')?.focus();
  }, title);

test('columns are hidden, moved and resized, stay so in the next panel, and come back as at first', async () => {
  const { panel, browser, ...inspected } = await panelInspection(
    {},
    { theme: 'light', width: 1400, height: 860, dock: 'undocked' },
  );
  await playConversation({ browser, ...inspected }, { scenario: 'ordinary', transports: 'ws' });
  const { length } = saidEvents(inspected.demo.log.entries);
  await eventsInPanel(panel, length);
  const first = await heads(panel);
  expect(first).toContain('Party');
  const before = await timelineAtRest(panel);

  await panel.click({ role: 'button', name: 'Columns' });
  await until('the list', async () => (await panel.count(LIST)) === 1);
  expect(await complaints(panel)).toEqual([]);
  await panel.click(LIST, { role: 'checkbox', name: 'Party' });
  await until('no party', async () => !(await heads(panel)).includes('Party'));
  expect((await heads(panel)).length).toBe(first.length - 1);
  // Another column in its place: every row has its cells under the right heads.
  await panel.click(LIST, { role: 'button', name: 'Move Size up' });
  await until('the other order', async () => (await heads(panel)).join().endsWith('Size,Took'));
  await panel.press('Escape');
  await until('it to be closed', async () => (await panel.count(LIST)) === 0);
  const without = ({ cells: { Party: _party, ...cells } }: (typeof before)[number]) => cells;
  expect((await readTimeline(panel)).map(({ cells }) => cells)).toEqual(before.map(without));

  await panel.click({ role: 'button', name: 'Columns' });
  await until('the list', async () => (await panel.count(LIST)) === 1);
  await focusOn(panel, 'Session');
  const width = await widthOf(panel, 'transport');
  await focusOn(panel, 'Transport');
  await panel.evaluate(() => {
    const key = { key: 'ArrowRight', altKey: true, bubbles: true, cancelable: true };
    for (let times = 0; times < 3; times += 1)
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', key));
  }, null);
  await until('it to be wider', async () => (await widthOf(panel, 'transport')) > width + 20);
  await panel.press('Escape');
  const wide = await widthOf(panel, 'transport');

  const other = await browser.openPanelPage();
  await until('its heads', async () => (await heads(other)).length > 0);
  expect(await heads(other)).toEqual(await heads(panel));
  await other.close();
  expect(wide).toBeGreaterThan(width + 20);

  await panel.click({ role: 'button', name: 'Columns' });
  await panel.click(LIST, { role: 'button', name: 'As at first' });
  await until('the heads of before', async () => (await heads(panel)).join() === first.join());
});

/** Findings as defects: moved in, opened and followed by keys, grouped otherwise, and cut to a range of time. */
import { expect, test } from 'vitest';
import type { Panel } from '../../scripts/browser/inspected-browser.ts';
import { until } from '../../scripts/browser/until.ts';
import { complaints } from './harness/accessibility.ts';
import { panelInspection, playConversation } from './harness/inspection.ts';
import { eventsInPanel, showView } from './harness/panel-view.ts';
import { saidEvents } from './harness/said-events.ts';

const PROBLEM = { role: 'region', name: 'Problem' } as const;

/** The lines in sight as "level open text". */
const lines = (panel: Panel): Promise<readonly string[]> =>
  panel.evaluate(
    () =>
      Array.from(
        document.querySelectorAll('[role=treegrid][aria-label=Problems] [role=row][aria-level]'),
        (row) =>
          `${row.getAttribute('aria-level')} ${row.getAttribute('aria-expanded') ?? '-'} ${row.textContent}`,
      ),
    null,
  );

const sum = (panel: Panel): Promise<string> => panel.text({ css: '.problem-sum' });

test('findings are gathered into defects that keys open, and each leads to what is wrong and to its events', async () => {
  const { panel, ...inspected } = await panelInspection({}, { theme: 'light', width: 1400, height: 860 });
  await playConversation({ ...inspected }, { scenario: 'defects', transports: 'xhr' });
  await eventsInPanel(panel, saidEvents(inspected.demo.log.entries).length);
  await showView(panel, 'Problems');
  await until('the defects', async () => (await lines(panel)).length > 5);
  expect(await complaints(panel)).toEqual([]);
  const [, defects, findings] = /(\d+) defects, (\d+) findings/.exec(await sum(panel)) ?? [];
  expect(Number(defects)).toBeLessThan(Number(findings));

  await panel.click({ css: '.problem-heads' });
  await panel.press('Home');
  const before = await lines(panel);
  expect(before[0]).toMatch(/^1 (?:true|false) error/);
  while ((await panel.count(PROBLEM)) === 0) await panel.press('ArrowDown');
  const title = await panel.text({ css: '.problem-details-head h3' });
  expect(title).not.toBe('');
  await panel.press('ArrowRight');
  await until('its findings', async () => (await lines(panel)).length > before.length);
  expect(await complaints(panel), 'with a problem').toEqual([]);
  expect(await panel.text(PROBLEM)).toMatch(
    /What is wrong.*What came, and what the documents say.*Cure.*Where/s,
  );
  await panel.press('ArrowLeft');
  await until('them to be closed', async () => (await lines(panel)).length === before.length);

  await panel.click({ role: 'button', name: 'Session' });
  await until('the sessions', async () => (await lines(panel))[0]?.includes('Session A') === true);
  await panel.click({ role: 'button', name: 'Rule' });
  await until('the rules', async () => (await lines(panel)).length === before.length);

  // A finding by its key leads to the row.
  await panel.click({ css: '.problem-heads' });
  await panel.press('Home');
  while ((await panel.count(PROBLEM)) === 0) await panel.press('ArrowDown');
  await panel.press('ArrowRight');
  await panel.press('ArrowRight');
  await panel.press('Enter');
  await until('the timeline', async () => (await panel.count({ role: 'grid', name: 'Timeline' })) === 1);
  await until(
    'its details',
    async () => (await panel.count({ role: 'region', name: 'Event details' })) === 1,
  );

  // What has a range of time narrows this view as well.
  await until('the range', async () => (await panel.count({ role: 'slider', name: 'Range to' })) === 1);
  await panel.evaluate(() => document.querySelector<HTMLElement>('[aria-label="Range to"]')?.focus(), null);
  for (let steps = 0; steps < 5; steps += 1) await panel.press('PageDown');
  await showView(panel, 'Problems');
  await until('fewer findings', async () => {
    const [, fewer] = / (\d+) findings?/.exec(await sum(panel)) ?? [];
    return fewer !== undefined && Number(fewer) < Number(findings);
  });
  await showView(panel, 'Conversation');
  expect(await panel.count({ css: '.range-note' })).toBe(1);
  await panel.click({ role: 'button', name: 'Show all times' });
  await showView(panel, 'Problems');
  await until('all of them', async () => (await sum(panel)).includes(`${findings} findings`));
  const shown = await lines(panel);
  await panel.click({ css: '.problem-defect[data-place="0"]' });
  await panel.click(PROBLEM, { css: '.problem-part h4 .link' });
  await until('the filter', async () =>
    panel.evaluate(
      () => document.querySelector<HTMLInputElement>('#filter')?.value.startsWith('rule:='),
      null,
    ),
  );
  expect(shown.length).toBeGreaterThan(5);
});

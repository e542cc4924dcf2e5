/** A person's marks on events: set by a key while the bug happens, written in place, in every file that goes out. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { exportWhole } from '../../scripts/browser/export-whole.ts';
import type { Panel } from '../../scripts/browser/inspected-browser.ts';
import { until } from '../../scripts/browser/until.ts';
import { parseTrace } from '../../src/trace/ndjson.ts';
import { complaints } from './harness/accessibility.ts';
import { panelInspection, playConversation } from './harness/inspection.ts';
import { chooseEvent, eventsInPanel, showView, timelineAtRest } from './harness/panel-view.ts';
import { saidEvents } from './harness/said-events.ts';

const DETAILS = { role: 'region', name: 'Event details' } as const;

/** The marked rows in sight: the event's number, that of the mark, and what was written. */
const marked = (panel: Panel): Promise<readonly string[]> =>
  panel.evaluate(
    () =>
      Array.from(document.querySelectorAll<HTMLElement>('.timeline-grid .row-flagged'), (row) => {
        const [number, text] = row.querySelector('.row-flag')?.children ?? [];
        return `${row.dataset.seq}: ${number?.textContent} · ${text?.textContent}`;
      }).sort(),
    null,
  );

/** The text field of the chosen row's mark has the focus. */
const writing = (panel: Panel, number: number): Promise<boolean> =>
  until(`mark ${number} to be written on`, () =>
    panel.evaluate(
      (name) => document.activeElement?.getAttribute('aria-label') === name,
      `Text of mark ${number}`,
    ),
  );

test('a mark is set by a key, written in place, and goes into trace, report and import', async () => {
  const { panel, ...inspected } = await panelInspection({}, { theme: 'light', width: 1400, height: 860 });
  await playConversation({ ...inspected }, { scenario: 'transfer', transports: 'xhr' });
  await eventsInPanel(panel, saidEvents(inspected.demo.log.entries).length);
  await timelineAtRest(panel);

  // The last event first, then an earlier one: numbers follow the trace.
  await chooseEvent(panel, 8);
  await panel.press('m');
  await writing(panel, 1);
  await panel.press('n');
  await panel.press('o');
  await panel.press('Enter');
  await until('the list to have the focus again', () =>
    panel.evaluate(() => document.activeElement?.getAttribute('role') === 'grid', null),
  );
  for (let steps = 0; steps < 3; steps += 1) await panel.press(',');
  await panel.press('m');
  await writing(panel, 1);
  await panel.fill('Locked here <b>again</b>', DETAILS, { role: 'textbox', name: 'Text of mark 1' });
  await panel.press('Escape');
  const two = ['5: mark 1 · Locked here <b>again</b>', '8: mark 2 · no'];
  expect(await marked(panel)).toEqual(two);
  expect(await complaints(panel)).toEqual([]);

  await showView(panel, 'Sequence');
  expect(await panel.count({ css: '.sequence-row .flag' })).toBe(2);
  await showView(panel, 'Timeline');

  // A third one is taken away again.
  await chooseEvent(panel, 3);
  await panel.click(DETAILS, { role: 'button', name: 'Mark' });
  await writing(panel, 1);
  await panel.click(DETAILS, { role: 'button', name: 'Remove mark' });
  expect(await marked(panel)).toHaveLength(2);

  const { path } = await exportWhole(panel);
  const { observations } = parseTrace(readFileSync(path, 'utf8'));
  const annotations = observations.filter(({ kind }) => kind === 'annotation');
  expect(annotations).toMatchObject([{ text: 'Locked here <b>again</b>' }, { text: 'no' }]);

  const other = await inspected.browser.openPanelPage();
  await other.importFile(path);
  await until('the marks of the file', async () => ((await marked(other)).length === 2 ? true : null));
  expect(await marked(other)).toEqual(two);
});

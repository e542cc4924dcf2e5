import { expect, test } from 'vitest';
import { exportWhole } from '../../scripts/browser/export-whole.ts';
import type { Panel } from '../../scripts/browser/inspected-browser.ts';
import { until } from '../../scripts/browser/until.ts';
import { inspection, panelInspection, playConversation } from './harness/inspection.ts';
import { eventsInPanel, readStatus, showView, timelineAtRest } from './harness/panel-view.ts';
import { saidEvents } from './harness/said-events.ts';

test('an exported file, imported again, gives the same timeline and the same problems', async () => {
  const inspected = await panelInspection();
  await playConversation(inspected, { scenario: 'defects' });
  await eventsInPanel(inspected.panel, saidEvents(inspected.demo.log.entries).length);
  const live = await whole(inspected.panel);
  const { name, path } = await exportWhole(inspected.panel);
  expect(name).toMatch(/-sensitive\.ndjson$/);

  const elsewhere = await inspection();
  const panel = await elsewhere.browser.openPanelPage();
  await panel.importFile(path);
  await until('the file to be shown', async () => (await readStatus(panel)).events >= live.status.events);
  const imported = await whole(panel);
  expect(imported.timeline).toEqual(live.timeline);
  expect(imported.problems).toEqual(live.problems);
  expect(imported.status).toEqual(live.status);
});

/** All that is said of a trace, once nothing of it changes any more: notes that come late are counted a moment later. */
async function whole(panel: Panel) {
  const timeline = await timelineAtRest(panel);
  await showView(panel, 'Problems');
  const told = () => panel.evaluate(() => document.querySelector('[role=tabpanel]')?.textContent ?? '', null);
  let problems = await told();
  // Findings are gathered a moment after they have come.
  await until('the problems to be at rest', async () => {
    const before = problems;
    await new Promise((resolve) => setTimeout(resolve, 500));
    problems = await told();
    return problems === before && problems.includes('defects, ');
  });
  return { timeline, problems, status: await readStatus(panel) };
}

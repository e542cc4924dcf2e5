import { expect, test } from 'vitest';
import { panelInspection, playConversation } from './harness/inspection.ts';
import { eventsInPanel, readTimeline, type SeenRow } from './harness/panel-view.ts';
import { saidEvents } from './harness/said-events.ts';

test('a session has a letter, a row says its pause and what it took, and a note is said once a session', async () => {
  const inspected = await panelInspection({}, { theme: 'light', width: 1400, height: 800 });
  const { panel } = inspected;
  await playConversation(inspected, { scenario: 'defects' });
  await eventsInPanel(panel, saidEvents(inspected.demo.log.entries).length);
  const quiet = await readTimeline(panel);
  const letters = new Set(quiet.map(({ cells }) => cells.Session?.split(' ')[0]).filter((letter) => letter));
  expect([...letters].sort()).toEqual(['A', 'B', 'C', 'D'].slice(0, letters.size));
  expect(letters.size).toBeGreaterThan(1);
  for (const { cells } of quiet.slice(1)) expect(cells['+Prev.']).toMatch(/^(?:0|[\d.]+ (?:ms|s|min|h).*)$/);
  expect(quiet.some(({ cells }) => /^[\d.]+ m?s$/.test(cells.Took ?? ''))).toBe(true);

  const noted = (rows: readonly SeenRow[]) =>
    rows.filter(({ cells }) => cells['Worst finding'] === 'note').length;
  expect(await panel.attribute('aria-pressed', { css: '.notes-switch' })).toBe('false');
  await panel.click({ css: '.notes-switch' });
  expect(await panel.attribute('aria-pressed', { css: '.notes-switch' })).toBe('true');
  expect(noted(await readTimeline(panel))).toBeGreaterThan(noted(quiet));
  expect(noted(quiet)).toBeGreaterThan(0);
});

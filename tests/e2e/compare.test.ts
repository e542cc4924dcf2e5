import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { exportWhole } from '../../scripts/browser/export-whole.ts';
import type { Panel, Place } from '../../scripts/browser/inspected-browser.ts';
import { until } from '../../scripts/browser/until.ts';
import { complaints } from './harness/accessibility.ts';
import { panelInspection, panelOfFile, playConversation } from './harness/inspection.ts';
import { chooseEvent, eventsInPanel, showView, timelineAtRest } from './harness/panel-view.ts';
import { saidEvents } from './harness/said-events.ts';

const freshPanel = panelOfFile({ theme: 'light', width: 1400, height: 860 });
const GRID = { role: 'grid', name: 'Compare' } as const;
const FIELDS = { role: 'table', name: 'Fields compared' } as const;
const STATUS = { css: '.compare-status' } as const;

/** The pairs in sight: what each says first, and what stands on either side. */
const pairs = (panel: Panel): Promise<readonly (readonly string[])[]> =>
  panel.evaluate(
    () =>
      [...document.querySelectorAll('[role=grid][aria-label=Compare] [data-place]')].map((row) =>
        [...row.querySelectorAll('[role=gridcell]')].map((cell) => cell.textContent ?? ''),
      ),
    null,
  );

const toggles = (panel: Panel): Promise<readonly string[]> =>
  panel.evaluate(
    () => Array.from(document.querySelectorAll('.compare-kind'), ({ textContent }) => textContent ?? ''),
    null,
  );

const compared = (panel: Panel) =>
  until('the comparison', async () => {
    const said = await panel.text(STATUS);
    return said.includes('Nothing is compared') ? null : said;
  });

test('two sessions of a trace are compared from the keyboard: where they part, each difference, its fields', async () => {
  const { panel, ...inspected } = await freshPanel();
  await playConversation({ ...inspected }, { scenario: 'ordinary', transports: 'xhr' });
  await playConversation({ ...inspected }, { scenario: 'form', transports: 'xhr' });
  await eventsInPanel(panel, saidEvents(inspected.demo.log.entries).length);
  await timelineAtRest(panel);
  const events = saidEvents(inspected.demo.log.entries).length;
  await chooseEvent(panel, events - 1);
  await panel.press('c');
  expect(await compared(panel)).toMatch(/The sessions part at .*differences?$/s);
  expect(await complaints(panel)).toEqual([]);
  const first = await panel.text(FIELDS);
  expect(first).toContain('changed');
  // The grid has the focus: keys lead on.
  await panel.press('n');
  await until('the next difference', async () => (await panel.text(FIELDS)) !== first);
  await panel.press('p');
  await until('the one before', async () => (await panel.text(FIELDS)) === first);
  await panel.press('End');
  const last = (await pairs(panel)).at(-1);
  expect(last?.[1]).toContain('ended');
  expect(last?.[2]).toContain('ended');

  const counts = await toggles(panel);
  const missing = counts.find((each) => each.includes('missing'));
  const extra = counts.find((each) => each.includes('extra'));
  await panel.click({ role: 'button', name: 'Swap' });
  const swapped = await until('the sides to be swapped', async () => {
    const now = await toggles(panel);
    return now.length > 0 && now.join() !== counts.join() ? now : null;
  });
  expect(swapped).toContainEqual(extra?.replace('extra', 'missing').replace('+', '−'));
  expect(swapped).toContainEqual(missing?.replace('missing', 'extra').replace('−', '+'));

  // Only what is missing is left in sight.
  for (const kind of ['same', 'changed', 'extra', 'moved', 'later'])
    if (swapped.some((each) => each.endsWith(kind)))
      await panel.click({
        css: `.compare-kind:is([aria-pressed=true]):nth-of-type(${place(swapped, kind)})`,
      });
  await until('the others to go', async () =>
    (await pairs(panel)).every(([verdict]) => verdict?.includes('missing')),
  );

  // Enter leads to the event in the timeline.
  await panel.click({ role: 'button', name: 'Swap' });
  await until('a comparison', async () => (await toggles(panel)).join() === counts.join());
  await panel.click(GRID, { css: '[data-place="0"]' });
  await panel.press('Enter');
  await until('the timeline', async () => (await panel.count({ role: 'grid', name: 'Timeline' })) > 0);
  await showView(panel, 'Compare');
  await panel.click({ role: 'button', name: 'Close' });
  await until('the tab to go', async () => (await panel.count({ role: 'tab', name: 'Compare' })) === 0);
});

const place = (counts: readonly string[], kind: string): number =>
  counts.findIndex((each) => each.endsWith(kind)) + 1;

test('a session is compared with one of a file, which becomes a test in two steps, and Clear forgets both', async () => {
  const { panel, ...inspected } = await panelInspection({}, { theme: 'dark', width: 760, height: 860 });
  await playConversation({ ...inspected }, { scenario: 'ordinary', transports: 'ws' });
  await eventsInPanel(panel, saidEvents(inspected.demo.log.entries).length);
  await timelineAtRest(panel);
  const folder = mkdtempSync(join(tmpdir(), 'chat-inspector-compare-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const good = join(folder, 'good.ndjson');
  copyFileSync((await exportWhole(panel)).path, good);
  await panel.click({ role: 'button', name: 'Clear' });
  const before = saidEvents(inspected.demo.log.entries).length;
  await playConversation({ ...inspected }, { scenario: 'ordinary', transports: 'ws' });
  await eventsInPanel(panel, saidEvents(inspected.demo.log.entries).length - before);
  await timelineAtRest(panel);
  await showView(panel, 'Conversation');
  await panel.click({ role: 'button', name: 'Compare …' });
  await until('the question', async () => (await panel.count({ css: '.compare-empty' })) > 0);
  await panel.importFile(good, '.compare input[type=file]');
  expect(await compared(panel)).toContain('The two sessions are the same.');
  expect((await pairs(panel)).some(([words]) => /^\d+ equal events · /.test(words ?? ''))).toBe(true);
  expect(await complaints(panel)).toEqual([]);

  // The same ids and times are not in both: as they are written, the sessions part; which events are pairs stays.
  await panel.click({ role: 'checkbox', name: 'Ignore ids and times' });
  await until('what differs as it is written', async () =>
    (await toggles(panel)).some((each) => each.endsWith('changed')),
  );
  expect((await toggles(panel)).filter((each) => /missing|extra/.test(each))).toEqual([]);
  expect(await panel.text(FIELDS)).toMatch(/changed\s*(msg_id|party_id|chat_id|timestamp|page)/);
  await panel.click({ role: 'tablist', name: 'Pair' }, { role: 'tab', name: 'Raw' });
  const sides = ['Expected', 'Actual'].map((name) => ({ role: 'region', name }) as const);
  const texts = await Promise.all(sides.map((side) => panel.text(side)));
  for (const text of texts) expect(text).toContain('"event":"chat_session_');
  expect(texts[0]).not.toBe(texts[1]);
  // Arrows lead from tab to tab, and the tab stays from difference to difference.
  await panel.press('ArrowRight');
  await until('the exchange', async () =>
    (await panel.text(sides[0] as Place[number])).includes('Operation'),
  );
  expect(await complaints(panel)).toEqual([]);
  // Events of a file that is not shown are no links.
  expect(await panel.count(sides[0] as Place[number], { css: '.siblings button' })).toBe(0);
  await panel.press('n');
  expect(await panel.attribute('aria-selected', { role: 'tab', name: 'Exchange' })).toBe('true');
  await panel.click({ role: 'checkbox', name: 'Ignore ids and times' });
  await until('the comparison as before', async () =>
    (await panel.text(STATUS)).includes('The two sessions are the same.'),
  );

  await panel.click({ role: 'button', name: 'Make a test …' });
  await until('the test', async () => {
    const preview = (await panel.count({ css: '.export-preview' })) > 0;
    return preview && (await panel.text({ css: 'dialog.export' })).includes('@playwright/test');
  });
  await panel.press('Escape');
  await panel.click({ role: 'button', name: 'Clear' });
  await until('the tab to go', async () => (await panel.count({ role: 'tab', name: 'Compare' })) === 0);
});

test('any two events are laid beside each other, field by field', async () => {
  const { panel, ...inspected } = await freshPanel();
  await playConversation({ ...inspected }, { scenario: 'transfer', transports: 'xhr' });
  await eventsInPanel(panel, saidEvents(inspected.demo.log.entries).length);
  await timelineAtRest(panel);
  const details = { role: 'region', name: 'Event details' } as const;
  const [one = -1, other = -1] = await panel.evaluate(
    () =>
      Array.from(document.querySelectorAll<HTMLElement>('.timeline-grid [data-seq]'))
        .filter((row) => /joined \(agent\)/.test(row.textContent ?? ''))
        .map((row) => Number(row.dataset.seq)),
    null,
  );
  await chooseEvent(panel, one);
  await panel.click(details, { role: 'button', name: 'Compare …' });
  await until('the question', async () => (await panel.text(details)).includes('Choose another event'));
  await chooseEvent(panel, other);
  const table = { role: 'table', name: 'Fields compared' } as const;
  await until('the fields', async () => (await panel.count(details, table)) === 1);
  const rows = await panel.text(details, table);
  expect(rows).toContain(`event ${one}`);
  expect(rows).toMatch(/changed\s*display_name\s*"?Maren Holt"?\s*"?Teo Brandt/);
  expect(rows).toMatch(/same\s*event/);
  expect(await complaints(panel)).toEqual([]);
  await panel.click(details, { role: 'button', name: 'Stop comparing' });
  await until('the tab to go', async () => (await panel.count({ role: 'tab', name: 'Compared' })) === 0);
  expect(await panel.attribute('aria-selected', details, { role: 'tab', name: 'Decoded' })).toBe('true');
});

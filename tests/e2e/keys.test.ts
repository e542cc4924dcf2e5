import { expect, test } from 'vitest';
import type { Panel } from '../../scripts/browser/inspected-browser.ts';
import { until } from '../../scripts/browser/until.ts';
import { complaints } from './harness/accessibility.ts';
import { BROWSER, panelOfFile, playConversation } from './harness/inspection.ts';
import { chooseEvent, eventsInPanel } from './harness/panel-view.ts';
import { saidEvents } from './harness/said-events.ts';

const freshPanel = panelOfFile({ theme: 'light', width: 1400, height: 800 });

const FIND = { role: 'searchbox', name: 'Find in payloads' } as const;
const DETAILS = { role: 'region', name: 'Event details' } as const;

async function played() {
  const inspected = await freshPanel();
  await playConversation(inspected, { scenario: 'defects', transports: 'xhr' });
  await eventsInPanel(inspected.panel, saidEvents(inspected.demo.log.entries).length);
  return inspected;
}

/** The name or id of what has the focus; '' where Chromium's DevTools have taken it out of the panel. */
const focused = (panel: Panel): Promise<string> =>
  panel.evaluate((asksWindow) => {
    const element = document.activeElement;
    if (asksWindow && !document.hasFocus()) return '';
    return element?.getAttribute('aria-label') ?? element?.id ?? '';
    // Of a driven Firefox no window is the active one.
  }, BROWSER === 'chromium');

const chosenSeq = (panel: Panel): Promise<number | null> =>
  panel.evaluate(() => {
    const seq = document.querySelector<HTMLElement>('[role=row][aria-selected=true]')?.dataset.seq;
    return seq === undefined ? null : Number(seq);
  }, null);

const chosenView = (panel: Panel): Promise<string> =>
  panel.text({ role: 'tablist', name: 'Views' }, { css: '[aria-selected=true]' });

test('keys find in payloads, step through a session and its problems, and stay the panel’s', async () => {
  const { panel } = await played();
  await chooseEvent(panel, 3);
  // The first press filters, the second finds; DevTools' own search bar takes neither.
  await panel.press('Control+f');
  await until('the filter', async () => (await focused(panel)) === 'Filter');
  await panel.press('Control+f');
  await until('the find field', async () => (await focused(panel)) === 'Find in payloads');
  await panel.fill('AN HOUR EARLY', FIND);
  const count = () => panel.text({ role: 'status', name: 'Matches' });
  await until('the count', async () => (await count()) === '1 row');
  await panel.press('Enter');
  await until('the match', async () => (await count()) === '1 of 1');
  expect(await panel.text(DETAILS)).toContain('An hour early.');
  const marked = () => ('highlights' in CSS ? (CSS.highlights.get('found')?.size ?? 0) : -1);
  await until('the match to be marked', async () => (await panel.evaluate(marked, null)) !== 0);
  expect(await complaints(panel), 'the find field').toEqual([]);
  const found = await chosenSeq(panel);
  await panel.press('F3');
  expect(await chosenSeq(panel)).toBe(found);
  await panel.press('Escape');
  await until('the field to close', async () => (await panel.count(FIND)) === 0);
  expect(await focused(panel)).toBe('Timeline');

  // By event, there and back.
  await panel.press('.');
  await until('the next event', async () => ((await chosenSeq(panel)) ?? 0) > (found ?? 0));
  await panel.press(',');
  await until('the event before it', async () => (await chosenSeq(panel)) === found);
  await panel.press('e');
  await until('a problem', async () =>
    panel.evaluate(
      () =>
        document.querySelector('[role=row][aria-selected=true]')?.matches('.row-error, .row-warning') ===
        true,
      null,
    ),
  );
  await panel.press('Escape');
  await until('the details to close', async () => (await panel.count(DETAILS)) === 0);
  expect(await focused(panel)).toBe('Timeline');

  for (const [key, view] of [
    ['2', 'Sequence'],
    ['3', 'State machine'],
    ['4', 'Problems'],
    ['5', 'Conversation'],
    ['1', 'Timeline'],
  ] as const) {
    await panel.press(key);
    await until(view, async () => (await chosenView(panel)).startsWith(view));
  }
  await panel.press('?');
  await until('the keys', async () => (await panel.count({ role: 'dialog', name: 'Keys' })) === 1);
  expect(await complaints(panel), 'the keys').toEqual([]);
  await panel.press('Escape');
  await until('them to close', async () => (await panel.count({ role: 'dialog', name: 'Keys' })) === 0);
  // Letters in a field are text.
  await panel.press('Control+f');
  await panel.fill('4?.e', { role: 'searchbox', name: 'Filter' });
  expect(await chosenView(panel)).toBe('Timeline');
  expect(await panel.count({ role: 'dialog', name: 'Keys' })).toBe(0);
});

test('DevTools’ own search bar finds in the panel', async () => {
  // Firefox has none.
  const { panel } = await played();
  if (BROWSER === 'firefox') return expect(await panel.count(FIND)).toBe(0);
  await panel.tools.search('an hour early');
  const count = () => panel.text({ role: 'status', name: 'Matches' });
  await until('the count', async () => (await count()) === '1 row');
  await panel.press('Enter');
  await until('the match', async () => (await count()) === '1 of 1');
  expect(await panel.text(DETAILS)).toContain('An hour early.');
  await panel.press('Escape');
  await until('the field to close', async () => (await panel.count(FIND)) === 0);
});

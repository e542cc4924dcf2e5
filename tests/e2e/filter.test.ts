import { expect, test } from 'vitest';
import type { Panel } from '../../scripts/browser/inspected-browser.ts';
import { until } from '../../scripts/browser/until.ts';
import { complaints } from './harness/accessibility.ts';
import { PANEL_TITLE, panelInspection, panelOfFile, playConversation } from './harness/inspection.ts';
import { eventsInPanel, readTimeline, type SeenRow, timelineAtRest } from './harness/panel-view.ts';
import { saidEvents } from './harness/said-events.ts';

const WIDE = { theme: 'light', width: 1400, height: 800 } as const;
const freshPanel = panelOfFile(WIDE);

const FILTER = { role: 'searchbox', name: 'Filter' } as const;
const LIST = { role: 'listbox', name: 'Suggestions' } as const;

async function played(opened: ReturnType<typeof freshPanel> = freshPanel()) {
  const inspected = await opened;
  await playConversation(inspected, { scenario: 'defects' });
  await eventsInPanel(inspected.panel, saidEvents(inspected.demo.log.entries).length);
  return inspected;
}

/** Types a filter and closes the list of suggestions. */
async function filterBy(panel: Panel, text: string): Promise<void> {
  await until(`${text} to be in the field alone`, async () => {
    await panel.fill(text, FILTER);
    if ((await panel.count({ css: '.suggestions' })) > 0) await panel.press('Escape');
    // Where the list has closed by itself meanwhile, the key empties the field.
    return panel.evaluate(
      (typed) => document.querySelector<HTMLInputElement>('#filter')?.value === typed,
      text,
    );
  });
}

test('the filter finds by words, keys, alternatives, expressions and decoded values', async () => {
  const { panel } = await played();
  const all = await timelineAtRest(panel);
  /** What a row says of itself, and not of the row above it. */
  const own = ({ cells: { '+Prev.': _pause, ...cells } }: SeenRow) => cells;
  const event = (row: SeenRow) => row.cells.Event ?? '';
  expect(all.length).toBeGreaterThan(20);
  const cases: readonly (readonly [text: string, fits: (row: SeenRow) => boolean])[] = [
    ['event:message', (row) => event(row).includes('message')],
    ['-event:message', (row) => !event(row).includes('message')],
    ['event:message or event:status', (row) => /message|status/.test(event(row))],
    [
      '(event:message or event:status) dir:out',
      (row) => /message|status/.test(event(row)) && row.cells.Direction === 'sent',
    ],
    ['event:/^chat_session_(typing|message)$/', (row) => /^chat_session_(typing|message)$/.test(event(row))],
    ['/(a+)+\\$/', () => false],
  ];
  for (const [text, fits] of cases) {
    await filterBy(panel, text);
    const expected = JSON.stringify(all.filter(fits).map(own));
    await until(`the rows of ${text}`, async () => {
      const rows = await readTimeline(panel);
      return JSON.stringify(rows.map(own)) === expected;
    });
  }
});

test('suggestions say how many rows each would leave, and are taken by keys', async () => {
  const { panel } = await played();
  await panel.fill('dir:in ev', FILTER);
  await until('the keys', async () => (await panel.text(LIST)).includes('event:'));
  expect(await panel.attribute('aria-activedescendant', FILTER)).toBeNull();
  await panel.press('ArrowDown');
  await panel.press('Tab');
  const field = () => panel.evaluate(() => document.querySelector<HTMLInputElement>('#filter')?.value, null);
  expect(await field()).toBe('dir:in event:');
  await until('the values, all counted', async () =>
    panel.evaluate(
      () =>
        document.querySelectorAll('.suggestion-values').length > 0 &&
        !document.querySelector('.suggestions-keys')?.textContent?.includes('counting'),
      null,
    ),
  );
  const first = await panel.evaluate(() => {
    const line = document.querySelector('.suggestion-values');
    return {
      value: line?.querySelector('.suggestion-name')?.textContent ?? '',
      rows: Number(line?.querySelector('.suggestion-figure')?.textContent ?? ''),
    };
  }, null);
  expect(await complaints(panel), 'the open list').toEqual([]);
  await panel.press('ArrowDown');
  expect(await panel.attribute('aria-activedescendant', FILTER)).toBe('filter-option-0');
  await panel.press('Enter');
  expect((await field())?.trim()).toBe(`dir:in event:${first.value}`);
  await panel.press('Escape');
  await until('as many rows as it said', async () =>
    (await panel.text({ css: '.filter-count' })).startsWith(`${first.rows} of `),
  );
  await panel.press('Escape');
  expect(await field()).toBe('');
});

test('a part that is wrong is said, underlined and left out', async () => {
  const { panel } = await played(panelInspection({}, { ...WIDE, width: 420 }));
  const whole = await panel.text({ css: '.filter-count' });
  await filterBy(panel, 'event:message');
  await until('fewer rows', async () => (await panel.text({ css: '.filter-count' })) !== whole);
  const count = await panel.text({ css: '.filter-count' });
  await panel.fill('event:message dir:inn', FILTER);
  await until('the mistake', async () => (await panel.count({ css: '.suggestions-fault' })) > 0);
  expect(await panel.text({ css: '.suggestions-fault' })).toContain('there is no “inn”');
  const underlined = () =>
    [...document.querySelectorAll('.drawn-wrong')].map((part) => part.textContent).join('');
  expect(await panel.evaluate(underlined, null)).toBe('dir:inn');
  expect(await panel.attribute('aria-invalid', FILTER)).toBe('true');
  expect(await complaints(panel), 'the list with a mistake').toEqual([]);
  await panel.press('Escape');
  expect(await panel.text({ css: '.filter-count' })).toBe(`${count}, 1 part left out`);
  await panel.fill('/a(?=b)/', FILTER);
  await until('what the engine refuses', async () =>
    (await panel.text({ css: '#filter-faults' })).includes('looking ahead'),
  );
});

test('a filter is saved under a name and taken again; the one in use is not kept', async () => {
  const { browser, panel } = await played();
  await panel.fill('event:message or event:status', FILTER);
  await panel.press('Escape');
  await panel.click({ role: 'button', name: 'Saved filters' });
  expect(await complaints(panel), 'the saved filters').toEqual([]);
  await panel.fill('Talk', { role: 'textbox', name: 'Name' });
  await panel.press('Enter');
  await until(
    'the dialog to close',
    async () => (await panel.count({ role: 'dialog', name: 'Saved filters' })) === 0,
  );
  await panel.fill('a secret word', FILTER);
  const stored = JSON.stringify(await panel.run('return await chrome.storage.local.get(null)'));
  const kept = await panel.evaluate(() => JSON.stringify({ ...localStorage }), null);
  expect(stored).toContain('event:message or event:status');
  expect(stored + kept).not.toContain('secret');
  await panel.close();

  const again = await browser.openDevTools(PANEL_TITLE);
  expect(await again.evaluate(() => document.querySelector<HTMLInputElement>('#filter')?.value, null)).toBe(
    '',
  );
  await until('the saved filter in the list', async () => {
    await again.click(FILTER);
    return (await again.text(LIST)).includes('Talk');
  });
  await again.click({ css: '.suggestion-saved' });
  await until('it to be in use', async () => (await again.text({ css: '.filter-count' })).includes(' of '));
  await again.click({ role: 'button', name: 'Saved filters' });
  await again.click({ role: 'button', name: 'Remove Talk' });
  await until('it to be gone', async () => (await again.count({ css: '.saved' })) === 0);
});

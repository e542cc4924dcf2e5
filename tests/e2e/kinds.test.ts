import { expect, test } from 'vitest';
import type { Panel } from '../../scripts/browser/inspected-browser.ts';
import { until } from '../../scripts/browser/until.ts';
import { complaints } from './harness/accessibility.ts';
import { panelInspection, playConversation } from './harness/inspection.ts';
import { eventsInPanel, readTimeline, timelineAtRest } from './harness/panel-view.ts';
import { saidEvents } from './harness/said-events.ts';

const KINDS = { role: 'group', name: 'Kinds' } as const;

/** The buttons by their words: how many they count, and whether they are pressed. */
const pills = (panel: Panel): Promise<Readonly<Record<string, readonly [number, boolean]>>> =>
  panel.evaluate(
    () =>
      Object.fromEntries(
        Array.from(document.querySelectorAll('[aria-label=Kinds] button'), (button) => {
          const [, name = '', count = '0'] = /^(.*?)([\d,]*)$/.exec(button.textContent?.trim() ?? '') ?? [];
          const pressed = button.getAttribute('aria-pressed') === 'true';
          return [name.trim(), [Number(count.replaceAll(',', '')), pressed] as const];
        }),
      ),
    null,
  );

const events = async (panel: Panel): Promise<readonly string[]> =>
  (await readTimeline(panel)).map(({ kind, cells }) => kind ?? cells.Event ?? '');

test('kinds of rows are counted, chosen and left out by a click', async () => {
  const { panel, ...inspected } = await panelInspection({}, { theme: 'light', width: 1400, height: 860 });
  await playConversation({ ...inspected }, { scenario: 'defects', transports: 'xhr' });
  await eventsInPanel(panel, saidEvents(inspected.demo.log.entries).length);
  const rows = await timelineAtRest(panel);
  const all = rows.map(({ kind, cells }) => kind ?? cells.Event ?? '');
  const typing = all.filter((name) => /typing$/.test(name)).length;
  const counts = await until('the rows to be counted', async () => {
    const now = await pills(panel);
    return now.Typing?.[0] === typing ? now : null;
  });
  expect(counts.All?.[1]).toBe(true);
  expect(counts.Requests?.[1]).toBe(true);
  expect(counts.Messages?.[0]).toBe(all.filter((name) => /message/.test(name)).length);
  const errors = rows.filter(({ cells }) => Object.values(cells).includes('error')).length;
  expect(counts.error?.[0]).toBe(errors);
  expect(await complaints(panel)).toEqual([]);

  await panel.click(KINDS, { css: 'button:nth-of-type(2)' });
  await until('messages alone', async () => (await events(panel)).every((name) => /message/.test(name)));
  const pressed = await pills(panel);
  expect([pressed.All?.[1], pressed.Messages?.[1]]).toEqual([false, true]);
  // Another one beside it, as in the browser's own list of requests.
  await panel.evaluate(() => {
    const button = [...document.querySelectorAll('[aria-label=Kinds] button')].find((each) =>
      each.textContent?.startsWith('Typing'),
    );
    button?.dispatchEvent(new MouseEvent('click', { bubbles: true, ctrlKey: true }));
  }, null);
  await until('both', async () => (await events(panel)).length === (counts.Messages?.[0] ?? 0) + typing);

  await panel.click(KINDS, { css: 'button:first-of-type' });
  await panel.click(KINDS, { css: 'button:last-of-type' });
  const without = await until('requests to be left out', async () => {
    const now = await events(panel);
    return now.length === all.length - (counts.Requests?.[0] ?? 0) ? now : null;
  });
  // Those that failed stay.
  expect(without.filter((kind) => kind === 'exchange').length).toBeGreaterThan(0);
  expect(await panel.evaluate(() => document.querySelector<HTMLInputElement>('#filter')?.value, null)).toBe(
    '-kind:request',
  );
  await panel.click(KINDS, { css: 'button:last-of-type' });
  await until('all of it', async () => (await events(panel)).length === all.length);
  expect((await pills(panel)).Requests?.[1]).toBe(true);
});

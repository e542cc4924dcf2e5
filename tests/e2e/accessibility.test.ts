import { expect, test } from 'vitest';
import type { Panel } from '../../scripts/browser/inspected-browser.ts';
import { until } from '../../scripts/browser/until.ts';
import { complaints } from './harness/accessibility.ts';
import { dealtOut } from './harness/dealt-out.ts';
import { panelInspection, playConversation } from './harness/inspection.ts';
import { chooseEvent, eventsInPanel, showView } from './harness/panel-view.ts';
import { saidEvents } from './harness/said-events.ts';

const LOOKS = [
  { look: 'wide and light', theme: 'light', width: 1400, height: 800 },
  // As Firefox opens its tools in a window of their own.
  { look: 'low and light', theme: 'light', width: 900, height: 320 },
  { look: 'wide and dark', theme: 'dark', width: 1400, height: 800 },
  { look: 'narrow and dark', theme: 'dark', width: 420, height: 800 },
  { look: 'narrow and light', theme: 'light', width: 420, height: 800 },
] as const;

for (const { look, theme, width, height } of dealtOut(LOOKS)) {
  test(`every view is accessible and fits its window, ${look}`, async () => {
    const inspected = await panelInspection({}, { theme, width, height });
    const { panel } = inspected;
    expect(await complaints(panel), 'the empty panel').toEqual([]);
    await playConversation(inspected, { scenario: 'defects' });
    const { length } = saidEvents(inspected.demo.log.entries);
    await eventsInPanel(panel, length);
    await chooseEvent(panel, length - 1);
    expect(await complaints(panel), 'the timeline with details').toEqual([]);
    for (const view of ['Sequence', 'State machine', 'Problems', 'Conversation'] as const) {
      await showView(panel, view);
      expect(await complaints(panel), view).toEqual([]);
    }
    await panel.click({ role: 'button', name: 'Frames' });
    await panel.click({ css: '.frame:first-child input' });
    expect(await complaints(panel), 'the frames, one of them paused').toEqual([]);
    await panel.press('Escape');
    await panel.click({ role: 'button', name: 'Settings' });
    await panel.click({ css: '.caps summary' });
    await panel.fill('0', { css: '#settings-cap-body' });
    expect(await complaints(panel), 'the settings with a limit out of range').toEqual([]);
    await panel.press('Escape');
    await panel.click({ role: 'button', name: 'Export' });
    await until(
      'the preview',
      async () => (await panel.count({ css: '.export .button-chief[aria-disabled=false]' })) > 0,
    );
    expect(await complaints(panel), 'the export dialog').toEqual([]);
  });
}

test('the panel follows the theme of the DevTools', async () => {
  const dark = await panelInspection({}, { theme: 'dark' });
  const light = await panelInspection({}, { theme: 'light' });
  const background = () => getComputedStyle(document.body).backgroundColor;
  const brightness = async (panel: Panel) =>
    (await panel.evaluate(background, null))
      .match(/\d+/g)
      ?.slice(0, 3)
      .reduce((sum, part) => sum + Number(part), 0) ?? 0;
  expect(await brightness(dark.panel)).toBeLessThan(200);
  expect(await brightness(light.panel)).toBeGreaterThan(600);
});

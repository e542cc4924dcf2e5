import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import type { Panel } from '../../scripts/browser/inspected-browser.ts';
import { panelInspection, playConversation } from './harness/inspection.ts';
import { chooseEvent, eventsInPanel, showView } from './harness/panel-view.ts';
import { saidEvents } from './harness/said-events.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const LOOKS = [
  { look: 'wide and light', theme: 'light', width: 1400 },
  { look: 'wide and dark', theme: 'dark', width: 1400 },
  { look: 'narrow and light', theme: 'light', width: 420 },
  { look: 'narrow and dark', theme: 'dark', width: 420 },
] as const;

for (const { look, theme, width } of LOOKS) {
  test(`every view is accessible and fits its window, ${look}`, async () => {
    const inspected = await panelInspection({}, { theme, width, height: 800 });
    const { panel } = inspected;
    expect(await complaints(panel), 'the empty panel').toEqual([]);
    await playConversation(inspected, { scenario: 'defects' });
    const { length } = saidEvents(inspected.demo.log.entries);
    await eventsInPanel(panel, length);
    await chooseEvent(panel, length - 1);
    expect(await complaints(panel), 'the timeline with details').toEqual([]);
    for (const view of ['State machine', 'Problems', 'Conversation'] as const) {
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

/** What axe finds wrong, and whether anything sticks out of the window sideways. */
async function complaints(panel: Panel): Promise<unknown[]> {
  const found = await panel.run(`${AXE}
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
    const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth;
    return [
      ...violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map((node) => node.html.slice(0, 160) + ' ' + node.any.map((check) => check.message).join(' ')).join(' | ')),
      ...(wide ? ['the document is wider than its window'] : []),
    ];`);
  return Array.isArray(found) ? found : [found];
}

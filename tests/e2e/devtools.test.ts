import { expect, test } from 'vitest';
import { panelInspection } from './harness/inspection.ts';
import { readStatus } from './harness/panel-view.ts';

test('the DevTools of a page have a panel called Chat with the parts that its users find by name', async () => {
  const { panel } = await panelInspection();
  const counts = await Promise.all([
    panel.count({ role: 'toolbar', name: 'Capture' }, { role: 'button', name: 'Record' }),
    panel.count({ role: 'toolbar', name: 'Capture' }, { role: 'button', name: 'Clear' }),
    panel.count({ role: 'toolbar', name: 'Capture' }, { role: 'button', name: 'Import' }),
    panel.count({ role: 'toolbar', name: 'Capture' }, { role: 'button', name: 'Export' }),
    panel.count({ role: 'searchbox', name: 'Filter' }),
    panel.count({ role: 'tablist', name: 'Views' }, { role: 'tab', name: 'Timeline' }),
    panel.count({ role: 'tablist', name: 'Views' }, { role: 'tab', name: 'State machine' }),
    panel.count({ role: 'tablist', name: 'Views' }, { role: 'tab', name: 'Problems' }),
    panel.count({ role: 'grid', name: 'Timeline' }),
  ]);
  expect(counts).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1]);
  expect(await readStatus(panel)).toEqual({ events: 0, sessions: 0, problems: 0, dropped: 0 });
});

test('the panel opens as an ordinary page, to look at a trace without DevTools', async () => {
  const { browser } = await panelInspection();
  const page = await browser.openPanelPage();
  expect(await page.count({ role: 'button', name: 'Import' })).toBe(1);
});

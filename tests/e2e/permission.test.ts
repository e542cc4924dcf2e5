import { expect, test } from 'vitest';
import { until } from '../../scripts/browser/until.ts';
import { panelInspection } from './harness/inspection.ts';

test('where access to sites was taken back the panel says so and leads to the page that asks for it', async () => {
  const { demo, browser, panel } = await panelInspection();
  const says = (text: string) =>
    until(`the panel to say “${text}”`, async () => (await panel.text({ css: '.app' })).includes(text));
  await says('Live');
  await browser.takeBackSites();
  await browser.open(demo.url);
  await says('The extension may not read this page');

  await panel.click({ role: 'button', name: 'Allow access …' });
  const page = await browser.permissionPage();
  expect(await page.count({ role: 'button', name: 'Allow access to all sites' })).toBe(1);
  expect(await page.text({ role: 'status' })).toBe('');
});

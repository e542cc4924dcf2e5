import { expect, test } from 'vitest';
import { inspection, panelOf } from './harness/inspection.ts';

test('the DevTools of a page have a panel called Chat', async () => {
  const inspected = await inspection();
  const panel = await panelOf(inspected);
  expect(await panel.evaluate(() => document.title, null)).toBe('Chat Inspector');
});

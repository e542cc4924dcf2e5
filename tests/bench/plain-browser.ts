import { chromium } from 'playwright-core';
import { findChromium } from '../../scripts/browser/find-chromium.ts';
import { callText } from '../../scripts/browser/inspected-browser.ts';
import type { PageRunner } from './page.ts';

/** A browser like the others but without the extension: what the page costs by itself, or with DevTools open. */
export async function launchPlain(
  url: string,
  devTools: 'closed' | 'open',
): Promise<PageRunner & { close(): Promise<void> }> {
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const page = await browser.newPage();
  await page.goto(url);
  if (devTools === 'open') {
    const target = await page.context().newCDPSession(page);
    const { targetInfo } = await target.send('Target.getTargetInfo');
    const session = await browser.newBrowserCDPSession();
    // Not in the driver's types yet: the browser's own command that opens DevTools for a tab.
    const open = 'Target.openDevTools' as 'Target.activateTarget';
    await session.send(open, { targetId: targetInfo.targetId });
  }
  return {
    inPage: (inside, argument) => page.evaluate(callText(inside, argument)),
    close: () => browser.close(),
  };
}

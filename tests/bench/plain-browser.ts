import { chromium } from 'playwright-core';
import { findChromium } from '../../scripts/browser/find-chromium.ts';
import { callText } from '../../scripts/browser/inspected-browser.ts';
import { PageThread } from '../../scripts/browser/page-thread.ts';
import type { MeasuredPage } from './page.ts';

/** A browser like the others but without the extension: what the page costs by itself, or with DevTools open. */
export async function launchPlain(
  url: string,
  devTools: 'closed' | 'open',
): Promise<MeasuredPage & { close(): Promise<void> }> {
  // Launched as the browsers with the extension are, so that only the extension differs.
  const context = await chromium.launchPersistentContext('', {
    executablePath: await findChromium(),
    viewport: null,
    ignoreDefaultArgs: ['--disable-extensions', '--disable-back-forward-cache'],
    args: [
      '--enable-unsafe-extension-debugging',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(url);
  if (devTools === 'open') {
    const browser = context.browser();
    if (!browser) throw new Error('Chromium gave no connection to the browser itself.');
    const target = await context.newCDPSession(page);
    const { targetInfo } = await target.send('Target.getTargetInfo');
    const session = await browser.newBrowserCDPSession();
    // Not in the driver's types yet: the browser's own command that opens DevTools for a tab.
    const open = 'Target.openDevTools' as 'Target.activateTarget';
    await session.send(open, { targetId: targetInfo.targetId });
  }
  const thread = await PageThread.watch(await context.newCDPSession(page));
  return {
    thread,
    inPage: (inside, argument) => page.evaluate(callText(inside, argument)),
    close: () => context.close(),
  };
}

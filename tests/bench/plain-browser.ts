import { chromium } from 'playwright-core';
import { findChromium } from '../../scripts/browser/find-chromium.ts';
import { callText } from '../../scripts/browser/inspected-browser.ts';
import type { PageRunner } from './page.ts';

/** A browser like the others but without the extension: what the page costs by itself. */
export async function launchPlain(url: string): Promise<PageRunner & { close(): Promise<void> }> {
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const page = await browser.newPage();
  await page.goto(url);
  return {
    inPage: (inside, argument) => page.evaluate(callText(inside, argument)),
    close: () => browser.close(),
  };
}

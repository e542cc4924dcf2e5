import { findChromium } from '../../scripts/browser/find-chromium.ts';
import { findFirefox } from '../../scripts/browser/find-firefox.ts';
import type { Tally } from '../../scripts/checks/tally.ts';
import { runVitest } from '../../scripts/checks/vitest-run.ts';

const FINDERS = { chromium: findChromium, firefox: findFirefox } as const;
export type BrowserName = keyof typeof FINDERS;

/** The browsers that `BROWSERS` names, or both. */
export function browsersToTest(): readonly BrowserName[] {
  const named = (process.env.BROWSERS ?? 'chromium,firefox').split(',').map((name) => name.trim());
  const unknown = named.find((name) => !(name in FINDERS));
  if (unknown !== undefined)
    throw new Error(`BROWSERS names "${unknown}"; it takes chromium, firefox, or both with a comma between.`);
  return named as BrowserName[];
}

/** Runs the one list of end-to-end tests in one browser, over bundles that are built already. Throws without a browser. */
export async function runEndToEnd(browser: BrowserName, parameters: readonly string[]): Promise<Tally> {
  const path = await FINDERS[browser]();
  console.log(`Browser: ${path}`);
  const variable = browser === 'chromium' ? 'CHROME_PATH' : 'FIREFOX_PATH';
  return runVitest(['--config', 'tests/e2e/vitest.config.ts', ...parameters], {
    E2E_BROWSER: browser,
    [variable]: path,
  });
}

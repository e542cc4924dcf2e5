import { findChromium } from '../../scripts/browser/find-chromium.ts';
import { findFirefox } from '../../scripts/browser/find-firefox.ts';
import { BROWSER_NAMES, type BrowserName, isBrowserName } from '../../scripts/browser/launch.ts';
import { section, sum, type Tally } from '../../scripts/checks/tally.ts';
import { runVitest } from '../../scripts/checks/vitest-run.ts';

const FINDERS = { chromium: findChromium, firefox: findFirefox } as const;

/** The browsers that `BROWSERS` names, or both. */
export function browsersToTest(): readonly BrowserName[] {
  const named = (process.env.BROWSERS ?? BROWSER_NAMES.join(',')).split(',').map((name) => name.trim());
  return named.map((name) => {
    if (isBrowserName(name)) return name;
    throw new Error(`BROWSERS names "${name}"; it takes chromium, firefox, or both with a comma between.`);
  });
}

/** Runs the one list of end-to-end tests in one browser, over bundles that are built already. Throws without a browser. */
export async function runEndToEnd(browser: BrowserName, parameters: readonly string[]): Promise<Tally> {
  const path = await FINDERS[browser]();
  console.log(`Browser: ${path}`);
  const variable = browser === 'chromium' ? 'CHROME_PATH' : 'FIREFOX_PATH';
  const environment = { E2E_BROWSER: browser, [variable]: path };
  const endToEnd = runVitest(['--config', 'tests/e2e/vitest.config.ts', ...parameters], environment);
  // Whoever asks for one file or one test of the list does not want the taps' own as well.
  if (parameters.length > 0) return endToEnd;
  section(`The taps in ${browser}`);
  const files = process.env.E2E_LONG === '1' ? [] : TAP_TESTS[browser];
  return sum(endToEnd, runVitest(['--config', 'tests/hook/vitest.config.ts', ...files], environment));
}

/** What every run holds of `tests/hook/` (docs/browsers.md says why); the long run holds all of it in both browsers. */
const TAP_TESTS: Readonly<Record<BrowserName, readonly string[]>> = {
  chromium: ['bundle', 'differential', 'frames', 'hostile', 'records', 'taps', 'way'],
  firefox: ['differential', 'frames', 'hostile', 'records', 'taps', 'way'],
};

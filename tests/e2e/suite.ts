import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** The paths of these browsers, which are installed where none is there: one after the other. Throws where one cannot be had. */
export async function findBrowsers(names: readonly BrowserName[]): Promise<ReadonlyMap<BrowserName, string>> {
  const paths = new Map<BrowserName, string>();
  for (const name of names) paths.set(name, await FINDERS[name]());
  return paths;
}

/** Runs the one list of end-to-end tests in one browser, over bundles that are built already. */
export async function runEndToEnd(
  browser: BrowserName,
  path: string,
  parameters: readonly string[],
): Promise<Tally> {
  console.log(`Browser: ${path}`);
  const variable = browser === 'chromium' ? 'CHROME_PATH' : 'FIREFOX_PATH';
  const startCache = mkdtempSync(join(tmpdir(), 'chat-inspector-start-cache-'));
  process.once('exit', () => rmSync(startCache, { recursive: true, force: true }));
  const environment = { E2E_BROWSER: browser, [variable]: path, FIREFOX_START_CACHE: startCache };
  const run = (folder: string, files: readonly string[]): Promise<Tally> =>
    runVitest(['--config', `tests/${folder}/vitest.config.ts`, ...files], environment);
  const endToEnd = await run('e2e', parameters);
  // Whoever asks for one file or one test of the list does not want the taps' own as well.
  if (parameters.length > 0) return endToEnd;
  section(`The taps in ${browser}`);
  const taps = await run('hook', process.env.E2E_LONG === '1' ? [] : TAP_TESTS[browser]);
  section(`Hostile pages in ${browser}`);
  return sum(
    endToEnd,
    taps,
    await run('hostile', process.env.E2E_LONG === '1' ? [] : HOSTILE_TESTS[browser]),
  );
}

/**
 * What every run holds of `tests/hostile/`: the attacks are on what both browsers have in common, so that the short run
 * carries them out in one; the long run does in both.
 */
const HOSTILE_TESTS: Readonly<Record<BrowserName, readonly string[]>> = {
  chromium: [],
  firefox: ['secrets', 'seen'],
};

/** What every run holds of `tests/hook/` (docs/browsers.md says why); the long run holds all of it in both browsers. */
const TAP_TESTS: Readonly<Record<BrowserName, readonly string[]>> = {
  chromium: ['bundle', 'differential', 'frames', 'hostile', 'records', 'taps', 'way'],
  firefox: ['differential', 'frames', 'hostile', 'records', 'taps', 'way'],
};

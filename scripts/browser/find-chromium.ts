import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { canInstallPackages, FONT_PACKAGES, installPackages } from './debian-package.ts';
import { firstExecutable, isExecutable } from './executable.ts';

/** Chromium before branded Chrome; either works, since the extension is loaded over the debugging pipe. */
const INSTALLED = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * The path of a Chromium or Chrome: `CHROME_PATH`, an installed one, the distribution's package (installed here when
 * that needs no question), or playwright-core's own download. Throws one sentence for a person when none can be had.
 */
export async function findChromium(): Promise<string> {
  const named = process.env.CHROME_PATH;
  if (named) {
    if (isExecutable(named)) return named;
    throw new Error(`CHROME_PATH names ${named}, which is no program that can be run.`);
  }
  const installed = firstExecutable(INSTALLED);
  if (installed) return installed;
  if (canInstallPackages() && installPackages(['chromium', ...FONT_PACKAGES])) {
    const packaged = firstExecutable(INSTALLED);
    if (packaged) return packaged;
  }
  const downloaded = await downloadedChromium();
  if (downloaded) return downloaded;
  throw new Error(
    'No Chromium here: install Chromium or Google Chrome (Debian: apt-get install chromium), or set CHROME_PATH to one.',
  );
}

async function downloadedChromium(): Promise<string | undefined> {
  const { chromium } = await import('playwright-core');
  if (isExecutable(chromium.executablePath())) return chromium.executablePath();
  console.log('No Chromium installed: downloading the one of playwright-core …');
  const library = dirname(createRequire(import.meta.url).resolve('playwright-core/package.json'));
  const run = spawnSync(process.execPath, [join(library, 'cli.js'), 'install', 'chromium'], {
    stdio: 'inherit',
  });
  return run.status === 0 && isExecutable(chromium.executablePath()) ? chromium.executablePath() : undefined;
}

import { canInstallPackages, FONT_PACKAGES, installPackages } from './debian-package.ts';
import { firstExecutable, isExecutable } from './executable.ts';

const INSTALLED = [
  'firefox-esr',
  'firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];

/**
 * The path of a Firefox: `FIREFOX_PATH`, an installed one, or the distribution's package (installed here when that
 * needs no question). Throws one sentence for a person when none can be had. The Firefox that playwright-core would
 * download is no choice: it has no Marionette.
 */
export async function findFirefox(): Promise<string> {
  const named = process.env.FIREFOX_PATH;
  if (named) {
    if (isExecutable(named)) return named;
    throw new Error(`FIREFOX_PATH names ${named}, which is no program that can be run.`);
  }
  const installed = firstExecutable(INSTALLED);
  if (installed) return installed;
  if (canInstallPackages() && installPackages(['firefox-esr', ...FONT_PACKAGES])) {
    const packaged = firstExecutable(INSTALLED);
    if (packaged) return packaged;
  }
  throw new Error(
    'No Firefox here: install Firefox 128 or later (Debian: apt-get install firefox-esr), or set FIREFOX_PATH to one.',
  );
}

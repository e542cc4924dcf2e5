import { type Bundle, bundleFolder } from '../build/bundles.ts';
import { launchChromium } from './chromium.ts';
import { launchFirefox } from './firefox.ts';
import { type InspectedBrowser, LAUNCH_DEFAULTS, type LaunchOptions } from './inspected-browser.ts';

export const BROWSER_NAMES = ['chromium', 'firefox'] as const;
export type BrowserName = (typeof BROWSER_NAMES)[number];

export function isBrowserName(name: string): name is BrowserName {
  return (BROWSER_NAMES as readonly string[]).includes(name);
}

/** Which build of the extension a browser loads. */
export function bundleFor(browser: BrowserName): Bundle {
  return browser === 'firefox' ? 'firefox' : 'chrome';
}

/** Starts a browser with the extension that was built for it; what is not said is as in `LAUNCH_DEFAULTS`. */
export function launch(
  browser: BrowserName,
  options: Partial<Omit<LaunchOptions, 'extension'>> = {},
): Promise<InspectedBrowser> {
  const whole = { ...LAUNCH_DEFAULTS, ...options, extension: bundleFolder(bundleFor(browser)) };
  return browser === 'firefox' ? launchFirefox(whole) : launchChromium(whole);
}

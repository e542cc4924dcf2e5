import { type Bundle, bundleFolder } from '../build/bundle-folder.ts';
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

/** Starts a browser, with the extension that was built for it unless another is given; the rest as in `LAUNCH_DEFAULTS`. */
export function launch(
  browser: BrowserName,
  options: Partial<LaunchOptions> = {},
): Promise<InspectedBrowser> {
  const whole = { ...LAUNCH_DEFAULTS, extension: bundleFolder(bundleFor(browser)), ...options };
  return browser === 'firefox' ? launchFirefox(whole) : launchChromium(whole);
}

import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LaunchOptions } from './inspected-browser.ts';

/** Makes the folders of a fresh Firefox and writes its preferences; gives where the profile and the downloads are. */
export function makeFirefoxProfile(
  home: string,
  port: number,
  options: LaunchOptions,
): { readonly profile: string; readonly downloads: string } {
  const profile = join(home, 'profile');
  const downloads = join(home, 'downloads');
  mkdirSync(profile, { recursive: true });
  mkdirSync(downloads, { recursive: true });
  const preferences: Record<string, string | number | boolean> = {
    'marionette.port': port,
    // Nothing of a run leaves the machine: everything but loopback goes to a proxy that is not there.
    'network.proxy.type': 1,
    'network.proxy.http': '127.0.0.1',
    'network.proxy.http_port': 9,
    'network.proxy.ssl': '127.0.0.1',
    'network.proxy.ssl_port': 9,
    'network.proxy.no_proxies_on': 'localhost, 127.0.0.1',
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'app.update.enabled': false,
    'app.normandy.enabled': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'datareporting.healthreport.uploadEnabled': false,
    'toolkit.telemetry.enabled': false,
    'extensions.update.enabled': false,
    'extensions.getAddons.cache.enabled': false,
    'services.settings.server': 'data:,',
    'browser.safebrowsing.malware.enabled': false,
    'browser.safebrowsing.phishing.enabled': false,
    // A first run without its welcome pages.
    'browser.shell.checkDefaultBrowser': false,
    'browser.aboutwelcome.enabled': false,
    'browser.startup.homepage_override.mstone': 'ignore',
    'browser.startup.page': 0,
    'browser.newtabpage.enabled': false,
    'trailhead.firstrun.didSeeAboutWelcome': true,
    'termsofuse.bypassNotification': true,
    // Saves without asking.
    'browser.download.folderList': 2,
    'browser.download.dir': downloads,
    'browser.download.useDownloadDir': true,
    'browser.download.alwaysOpenPanel': false,
    'browser.download.always_ask_before_handling_new_types': false,
    'devtools.toolbox.host': options.dock === 'undocked' ? 'window' : options.dock,
    'devtools.toolbox.footer.height': Math.round(options.height * 0.6),
    'devtools.toolbox.sidebar.width': Math.round(options.width * 0.6),
    'devtools.theme': options.theme,
    'ui.systemUsesDarkTheme': options.theme === 'dark' ? 1 : 0,
    'layout.css.prefers-color-scheme.content-override': options.theme === 'dark' ? 0 : 1,
  };
  const lines = Object.entries(preferences).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  writeFileSync(join(profile, 'user.js'), `${lines.join('\n')}\n`);
  takeStartCache(profile);
  return { profile, downloads };
}

/** What Firefox makes of its own scripts when it starts, and by what it knows that they are still the same. */
const START_CACHE = ['startupCache', 'compatibility.ini'] as const;
/** Of an add-on: another build of the extension is to be read anew. */
const OF_ADDONS = 'webext.sc.lz4';

/**
 * Keeps what a profile that was in use has made of Firefox's own scripts, in the folder that `FIREFOX_START_CACHE` names:
 * later profiles start from it in two thirds of the time. Without such a folder nothing is kept.
 */
export function keepStartCache(profile: string): void {
  const kept = process.env.FIREFOX_START_CACHE;
  if (kept === undefined || existsSync(join(kept, 'compatibility.ini'))) return;
  for (const name of START_CACHE) {
    const made = join(profile, name);
    if (existsSync(made)) cpSync(made, join(kept, name), { recursive: true });
  }
  rmSync(join(kept, 'startupCache', OF_ADDONS), { force: true });
}

function takeStartCache(profile: string): void {
  const kept = process.env.FIREFOX_START_CACHE;
  if (kept === undefined) return;
  for (const name of START_CACHE) {
    const made = join(kept, name);
    if (existsSync(made)) cpSync(made, join(profile, name), { recursive: true });
  }
}

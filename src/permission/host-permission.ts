/**
 * Access to sites. Both browsers give it when the extension is installed (Firefox from 127 on), and in both the person
 * may take it back, as a whole or site by site. What `content_scripts` matches is then not enough: no tap runs.
 */
import browser from 'webextension-polyfill';

const ALL_SITES = { origins: ['<all_urls>'] };

/** The page of the extension that asks for access, from its root. */
const PAGE = 'src/permission/permission.html';

/**
 * Whether the extension may run on every site. Where it is false the person may still have allowed the site at hand;
 * that shows itself by the page's relay answering.
 */
export function hasAllSites(): Promise<boolean> {
  return browser.permissions.contains(ALL_SITES);
}

/** Asks the person; only from a click in a page of the extension. Gives whether the extension now has access. */
export function requestAllSites(): Promise<boolean> {
  return browser.permissions.request(ALL_SITES);
}

/**
 * Opens the page that asks, beside the inspected tab. A panel in Firefox's toolbox can neither ask by itself nor open
 * a tab: `permissions` and `tabs` do not exist there. So it has the background call this.
 */
export async function openPermissionPage(): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL(PAGE) });
}

/** Calls back when the person gives or takes back access, here or in the browser's settings. */
export function onHostPermissionChange(changed: () => void): void {
  browser.permissions.onAdded.addListener(changed);
  browser.permissions.onRemoved.addListener(changed);
}

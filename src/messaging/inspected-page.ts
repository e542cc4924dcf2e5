import browser from 'webextension-polyfill';

/** True for a page that content scripts run on: neither an empty tab nor one of the browser's own, nor an extension's. */
export async function isOrdinaryPage(): Promise<boolean> {
  try {
    const [protocol]: unknown[] = await browser.devtools.inspectedWindow.eval('location.protocol');
    return protocol === 'http:' || protocol === 'https:' || protocol === 'file:';
  } catch {
    // The browser lets nobody look at its own pages.
    return false;
  }
}

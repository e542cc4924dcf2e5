import browser from 'webextension-polyfill';

/** True for a page that content scripts run on: neither an empty tab nor one of the browser's own, nor an extension's. */
export async function isOrdinaryPage(): Promise<boolean> {
  try {
    const protocol = await protocolOfPage();
    return protocol === 'http:' || protocol === 'https:' || protocol === 'file:';
  } catch {
    // The browser lets nobody look at its own pages.
    return false;
  }
}

/** Firefox answers by a promise and takes no callback; Chrome, which may have a `browser` of its own, by a callback only. */
async function protocolOfPage(): Promise<unknown> {
  const ask = 'location.protocol';
  if (location.protocol === 'moz-extension:') return (await browser.devtools.inspectedWindow.eval(ask))[0];
  return new Promise((resolve) =>
    chrome.devtools.inspectedWindow.eval(ask, (...answer) => resolve(answer[0])),
  );
}

import browser from 'webextension-polyfill';

/** What Chromium's panels have and Firefox's do not: the search bar of DevTools speaks of it. */
interface SearchedPanel {
  readonly onSearch?: {
    addListener(listener: (action: string, text: string | null) => void): void;
  };
}

// The leading slash matters: Firefox resolves the page against this one, Chromium against the root.
void browser.devtools.panels.create('Chat', '/icons/icon-32.png', '/panel/index.html').then((panel) => {
  let shown: Window | null = null;
  panel.onShown.addListener((window) => {
    shown = window;
  });
  // See panel/find/search-bar.ts.
  (panel as SearchedPanel).onSearch?.addListener((search, text) =>
    shown?.postMessage({ search, text }, location.origin),
  );
});

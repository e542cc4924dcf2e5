import browser from 'webextension-polyfill';

// The leading slash matters: Firefox resolves the page against this one, Chromium against the root.
void browser.devtools.panels.create('Chat', '/icons/icon-32.png', '/panel/index.html');

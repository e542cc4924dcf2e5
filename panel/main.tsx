/** Starts the panel: in DevTools with the inspected page's traffic, as an ordinary page with files only. */
import { render } from 'preact';
import { createAnalysis } from '../src/analysis/create-analysis.ts';
import { App } from './app.tsx';
import { loadFailed } from './layout/loaded-later.tsx';
import { settingsStore } from './settings/settings-store.ts';
import { Inspector } from './store/inspector.ts';
import { localPreferences } from './store/preferences.ts';
import { devtoolsPanels, followTheme } from './theme/theme.ts';
import './theme/theme.css';

const panels = devtoolsPanels();
followTheme(document.documentElement, panels);

const inspector = new Inspector(createAnalysis, localPreferences(), settingsStore());
const root = document.getElementById('app');
if (root) render(<App inspector={inspector} />, root);
if (panels !== null) {
  connect().catch(() => {
    loadFailed.value = true;
  });
}

/** Loaded only here: outside an extension the polyfill throws when it is imported. */
async function connect(): Promise<void> {
  const [{ default: browser }, { connectFeed }, { connectNetwork }] = await Promise.all([
    import('webextension-polyfill'),
    import('./feed/panel-feed.ts'),
    import('./network/devtools-network.ts'),
  ]);
  inspector.connect(connectNetwork(connectFeed(browser.devtools.inspectedWindow.tabId)));
}

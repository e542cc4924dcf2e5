/** The browser's end: `devtools.network` of the inspected tab, and the settings that say what is chat. */
import browser from 'webextension-polyfill';
import { DEFAULT_SETTINGS, parseSettings, SETTINGS_KEY } from '../../src/messaging/settings.ts';
import { mayNameChat } from '../../src/trace/har-chat.ts';
import type { Feed } from '../feed/feed.ts';
import { type ChatSettings, isChatByUrl, isChatRequest, keptOf } from './chat-request.ts';
import { type Content, type NetworkRequest, networkRequest } from './network-entry.ts';
import { NetworkSource } from './network-source.ts';
import { OpenSockets } from './open-sockets.ts';
import { passedBy } from './passed-by.ts';
import { browserClock, type NetworkReports, withNetwork } from './watched-feed.ts';

/** An entry as both browsers give it. Chrome's takes a callback, Firefox's as well. */
interface ReportedEntry {
  readonly request: { readonly url: string };
  readonly response: { readonly content: { readonly mimeType?: string; readonly size?: number } };
  getContent?(callback: (text: string | null, encoding: string) => void): void;
}

/** Answers larger than this are looked at only where the URL is chat. */
const LOOKED_AT = 4 * 1024 * 1024;

/** The tab's feed, with what DevTools sees beside the hook. */
export function connectNetwork(feed: Feed): Feed {
  const source = new NetworkSource({
    newDocumentId,
    url: () => feed.frames()[0]?.url ?? '',
    start: Date.now(),
  });
  return {
    ...withNetwork(feed, devtoolsNetwork(), source, browserClock),
    passedBy: async () => {
      const [items, { entries }] = await Promise.all([browser.storage.local.get(SETTINGS_KEY), browserLog()]);
      return passedBy(entries, parseSettings(items[SETTINGS_KEY]), tellsSockets());
    },
    reloadPage: () => void browser.devtools.inspectedWindow.reload(),
  };
}

function newDocumentId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function devtoolsNetwork(): NetworkReports {
  let settings: ChatSettings = DEFAULT_SETTINGS;
  let sockets: OpenSockets | null = null;
  return {
    tellsSockets: tellsSockets(),
    start(report, hasLike) {
      const read = (stored: unknown) => {
        settings = parseSettings(stored);
      };
      void browser.storage.local.get(SETTINGS_KEY).then((items) => read(items[SETTINGS_KEY]));
      browser.storage.onChanged.addListener((changes, area) => {
        if (area === 'local' && SETTINGS_KEY in changes) read(changes[SETTINGS_KEY]?.newValue);
      });
      const { onRequestFinished } = network();
      onRequestFinished.addListener((entry) => look(entry, settings, report, hasLike));
      if (!tellsSockets()) return;
      sockets = new OpenSockets(
        (give) => chrome.devtools.network.getHAR(give),
        () => settings,
        report,
      );
    },
    watchSockets: () => sockets?.watch(),
  };
}

/** Reports what is chat. Its content costs the page: it is asked for where the hook does not have it. */
function look(
  entry: ReportedEntry,
  settings: ChatSettings,
  report: (request: NetworkRequest) => unknown,
  hasLike: (request: NetworkRequest) => boolean,
): void {
  // Decided without the bytes first: those of every image of the page would be too many.
  const { url } = entry.request;
  if (!isChatByUrl(url, settings) && !mayBeChat(entry)) return;
  const bare = networkRequest(entry, NO_CONTENT);
  if (!bare) return;
  const done = (request: NetworkRequest | null) => {
    if (request && isChatRequest(request, settings)) report(keptOf(request, settings));
  };
  const askContent = () =>
    entry.getContent?.((text, encoding) => done(networkRequest(entry, { text, encoding })));
  if (!entry.getContent || /^wss?:/i.test(url)) done(bare);
  else if (hasLike(bare)) report({ ...bare, askContent });
  else askContent();
}

const NO_CONTENT: Content = { text: null, encoding: '' };

function mayBeChat({ response }: ReportedEntry): boolean {
  const { mimeType = '', size = 0 } = response.content;
  return mayNameChat(mimeType) && !(size > LOOKED_AT);
}

/** Firefox's log has no messages of sockets. Chrome too has a `browser` by now: the address tells them apart. */
function tellsSockets(): boolean {
  return location.protocol === 'chrome-extension:';
}

/** All that DevTools have of the page; in Firefox only once its Network panel was opened. */
function browserLog(): Promise<{ readonly entries: readonly unknown[] }> {
  if (tellsSockets()) return new Promise((resolve) => chrome.devtools.network.getHAR(resolve));
  return browser.devtools.network.getHAR() as Promise<{ readonly entries: readonly unknown[] }>;
}

/** The browser's own object: the polyfill's wants promises where Firefox's wants callbacks. */
function network(): {
  readonly onRequestFinished: { addListener(listen: (entry: ReportedEntry) => void): void };
} {
  return 'browser' in globalThis ? globalThis.browser.devtools.network : chrome.devtools.network;
}

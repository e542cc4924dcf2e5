/** The panel's end of the way: reconnects, asks each document to go on where it stopped, and drops what it has. */
import browser, { type Runtime } from 'webextension-polyfill';
import { type BackgroundToPanel, PANEL_PORT, type PanelToBackground } from './contracts.ts';
import { DocumentFeeds } from './document-feeds.ts';
import type { Feed, FeedListener, FeedState, OutOfSight } from './feed.ts';

/** Milliseconds until the first and at most between later attempts to reconnect. */
const FIRST_RETRY = 50;
const LAST_RETRY = 2_000;

/** The feed of one tab. `start` connects; nothing happens before. */
export function connectFeed(tabId: number): Feed {
  let listener: FeedListener | null = null;
  let port: Runtime.Port | null = null;
  let retry = FIRST_RETRY;
  let paused = false;
  let phase: FeedState['phase'] | null = null;
  let allSites = true;
  let topAnswers = false;
  let outOfSight: OutOfSight = { workers: 0, popups: 0, unhookedFrames: 0 };
  const topDocuments = new Set<string>();
  const workers = new Map<string, number>();
  const popups = new Set<number>();
  const documents = new DocumentFeeds({
    observations: (batch) => listener?.observations(batch),
    resume: (documentId, from) => post({ type: 'resume', documentId, from }),
    acknowledge: (documentId, next) => post({ type: 'acknowledge', documentId, next }),
  });

  return {
    start: (newListener) => {
      listener = newListener;
      connect();
    },
    pause: () => {
      paused = true;
      disconnect();
      say('paused');
    },
    resume: () => {
      paused = false;
      connect();
    },
    askPermission: () => post({ type: 'open-permission-page' }),
    close: () => {
      listener = null;
      disconnect();
    },
  };

  function connect(): void {
    if (port || paused || !listener) return;
    if (!browser.runtime?.id) {
      say('invalidated');
      return;
    }
    say('connecting');
    try {
      const connected = browser.runtime.connect({ name: PANEL_PORT });
      port = connected;
      connected.onMessage.addListener((message) => {
        if (port === connected) onMessage(message as BackgroundToPanel);
      });
      connected.onDisconnect.addListener(() => {
        if (port === connected) onDisconnect();
      });
      post({ type: 'subscribe', tabId, have: documents.have() });
    } catch {
      say('invalidated');
    }
  }

  function onDisconnect(): void {
    port = null;
    documents.interrupted();
    setTimeout(connect, retry);
    retry = Math.min(retry * 2, LAST_RETRY);
  }

  function disconnect(): void {
    port?.disconnect();
    port = null;
    documents.interrupted();
  }

  function onMessage(message: BackgroundToPanel): void {
    switch (message.type) {
      case 'subscribed':
        retry = FIRST_RETRY;
        allSites = message.hostPermission;
        sayAccess();
        break;
      case 'document':
        documents.onDocument(message.documentId);
        break;
      case 'batch':
        documents.onBatch(message.documentId, message.frame, message.total, message.observations);
        break;
      case 'recorded':
        documents.onRecorded(message.documentId, message.frame, message.observations);
        break;
      case 'document-gone':
        documents.onGone(message.documentId, message.frame);
        break;
      case 'top': {
        const { document } = message;
        topAnswers = document !== null;
        sayAccess();
        count({ ...outOfSight, unhookedFrames: document ? 0 : 1 });
        if (!document || topDocuments.has(document.id)) break;
        topDocuments.add(document.id);
        if (topDocuments.size > 1) listener?.navigated(document.url);
        break;
      }
      case 'popup':
        popups.add(message.tab);
        count({ ...outOfSight, popups: popups.size });
        break;
      case 'workers':
        workers.set(message.documentId, message.workers);
        count({ ...outOfSight, workers: [...workers.values()].reduce((sum, each) => sum + each, 0) });
    }
  }

  function count(counts: OutOfSight): void {
    outOfSight = counts;
    listener?.outOfSight(counts);
  }

  /** Where single sites are allowed, only the page itself can tell: by its relay, which answers. */
  function sayAccess(): void {
    say(allSites || topAnswers ? 'live' : 'no-permission');
  }

  function say(now: FeedState['phase']): void {
    if (phase === now) return;
    phase = now;
    listener?.state({ phase: now });
  }

  function post(message: PanelToBackground): void {
    try {
      port?.postMessage(message);
    } catch {
      // Its disconnect follows.
    }
  }
}

/** The panel's end of the way: reconnects, asks each document to go on where it stopped, and drops what it has. */
import browser, { type Runtime } from 'webextension-polyfill';
import { observationsIn } from '../../src/messaging/batch.ts';
import {
  type BackgroundToPanel,
  PANEL_PORT,
  type PanelToBackground,
  type TabRequest,
} from '../../src/messaging/contracts.ts';
import { Acknowledgements } from './acknowledgements.ts';
import { DocumentFeeds } from './document-feeds.ts';
import {
  ALL_IN_SIGHT,
  type Feed,
  type FeedListener,
  type FeedState,
  type FrameState,
  type OutOfSight,
} from './feed.ts';
import { FrameCensus } from './frame-census.ts';
import { isOrdinaryPage } from './inspected-page.ts';

/** Milliseconds until the first and at most between later attempts to reconnect. */
const FIRST_RETRY = 50;
const LAST_RETRY = 2_000;
/** Milliseconds after the last frame's answer until the frames are counted: in between, many would seem to be missing. */
const CENSUS_DELAY = 300;
/** Milliseconds until frames are asked again that seem to have gone or to have no hook, at first and at most. */
const FIRST_QUESTION = 500;
const LAST_QUESTION = 10_000;

/** The feed of one tab. `start` connects; nothing happens before. */
export function connectFeed(tabId: number): Feed {
  let listener: FeedListener | null = null;
  let port: Runtime.Port | null = null;
  let retry = FIRST_RETRY;
  let paused = false;
  let phase: FeedState['phase'] | null = null;
  let allSites = true;
  /** Null until the background has asked. */
  let topAnswers: boolean | null = null;
  let outOfSight: OutOfSight = ALL_IN_SIGHT;
  let counting: ReturnType<typeof setTimeout> | undefined;
  let asking: ReturnType<typeof setTimeout> | undefined;
  let question = FIRST_QUESTION;
  let clearedAt = 0;
  const topDocuments = new Set<string>();
  const census = new FrameCensus();
  const popups = new Set<number>();
  const acknowledgements = new Acknowledgements(
    (documentId, next) => post({ type: 'acknowledge', documentId, next }),
    (run, milliseconds) => setTimeout(run, milliseconds),
  );
  const documents = new DocumentFeeds({
    observations: (batch) => listener?.observations(batch),
    withheld: (batch) => listener?.withheld?.(batch),
    resume: (documentId, from) => {
      // Said behind it, an earlier acknowledgement would take the page past what is asked for.
      acknowledgements.restarts(documentId, from);
      post({ type: 'resume', documentId, from });
    },
    acknowledge: (documentId, next) => acknowledgements.arrived(documentId, next),
    later: (run, milliseconds) => setTimeout(run, milliseconds),
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
    frames,
    pauseFrame: (frame) => documents.pause(frame),
    resumeFrame: (frame) => {
      if (!documents.resumeFrame(frame) || !port) return;
      disconnect();
      connect();
    },
    clear: () => {
      clearedAt = Date.now();
      const had = documents.have();
      const heard = documents.clear(clearedAt);
      // What was said while the panel was paused is cleared with the rest.
      const have = paused ? {} : heard;
      const request: TabRequest = { type: 'clear-tab', tab: tabId, at: clearedAt, have };
      if (browser.runtime?.id) browser.runtime.sendMessage(request).catch(() => {});
      return had;
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
    if ('origin' in message && !documents.belongs(message.documentId, message.origin)) return;
    switch (message.type) {
      case 'subscribed':
        retry = FIRST_RETRY;
        allSites = message.hostPermission;
        documents.recordedAll();
        sayAccess();
        break;
      case 'document':
        documents.onDocument(message.documentId, message.frame, message.cleared, message.total);
        break;
      case 'batch': {
        const observations = observationsIn(message);
        acknowledgements.received(message.text.length);
        documents.onBatch(message.documentId, message.frame, message.total, observations, message.last);
        if (message.last) documents.onFarewell(message.documentId);
        break;
      }
      case 'recorded':
        documents.onRecorded(message.documentId, message.frame, message.observations);
        break;
      case 'document-gone':
        documents.onGone(message.documentId, message.frame);
        askFrames(FIRST_QUESTION);
        break;
      case 'top': {
        const { document } = message;
        topAnswers = document !== null;
        sayAccess();
        census.asked(topAnswers);
        countFrames();
        if (!document || topDocuments.has(document.id)) break;
        topDocuments.add(document.id);
        if (topDocuments.size > 1) listener?.navigated(document.url, documents.staying(document.documentId));
        break;
      }
      case 'cleared':
        if (message.at <= clearedAt) break;
        clearedAt = message.at;
        documents.clear(clearedAt);
        listener?.cleared();
        break;
      case 'popup':
        popups.add(message.tab);
        count({ ...outOfSight, popups: popups.size });
        break;
      case 'surroundings':
        census.report(message);
        countFrames();
    }
  }

  function countFrames(): void {
    clearTimeout(counting);
    counting = setTimeout(() => {
      count({ ...outOfSight, ...census.count(), earlierFetches: earlierFetches() });
      if (census.missesAny) {
        askFrames(question);
        question = Math.min(question * 2, LAST_QUESTION);
      } else question = FIRST_QUESTION;
    }, CENSUS_DELAY);
  }

  function askFrames(after: number): void {
    clearTimeout(asking);
    asking = setTimeout(() => post({ type: 'ask-frames' }), after);
  }

  /** Those that the browser lists and the hook did not take for chat. */
  function earlierFetches(): number {
    const alive = documents.documents.filter((document) => document.alive);
    return census.frames.reduce((sum, { frame, fetches }) => {
      const seen = alive.filter((document) => document.frame === frame);
      return sum + Math.max(0, fetches - seen.reduce((count, document) => count + document.fetches, 0));
    }, 0);
  }

  /** Frames that answered, and those that have said something before they could. */
  function frames(): FrameState[] {
    const states = new Map<number, FrameState>();
    const paused = (frame: number) => documents.isPaused(frame);
    for (const { frame, url } of census.frames) {
      states.set(frame, { frame, url, taken: 0, held: 0, paused: paused(frame) });
    }
    for (const { frame, url, taken, held, alive } of documents.documents) {
      const state = states.get(frame);
      // A frame that is gone can still be paused, and would otherwise stay so unseen.
      if (!state && !alive && !paused(frame)) continue;
      states.set(frame, {
        frame,
        url: state?.url || url,
        taken: (state?.taken ?? 0) + taken,
        held: (state?.held ?? 0) + (paused(frame) ? held : 0),
        paused: paused(frame),
      });
    }
    return [...states.values()].sort((one, other) => one.frame - other.frame);
  }

  function count(counts: OutOfSight): void {
    outOfSight = counts;
    listener?.outOfSight(counts);
  }

  /** Where single sites are allowed, only the page itself can tell: by its relay, which answers. */
  function sayAccess(): void {
    if (topAnswers === true) say('live');
    else if (!allSites) say('no-permission');
    else if (topAnswers === false) void sayUnhooked();
    else say('live');
  }

  /** An empty tab and the browser's own pages have no hook either, and nothing to reload. */
  async function sayUnhooked(): Promise<void> {
    const ordinary = await isOrdinaryPage();
    if (topAnswers === false && allSites) say(ordinary ? 'unhooked' : 'live');
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

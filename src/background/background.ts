/** The background: wires the browser's events to the switchboard and the flight recorder. */
import browser, { type Runtime } from 'webextension-polyfill';
import {
  type Hello,
  PANEL_PORT,
  type PanelToBackground,
  RELAY_PORT,
  type RecordedTab,
  type TabMessage,
  type TabRequest,
  type TopDocument,
} from '../messaging/contracts.ts';
import { isLastWordsKey, type LostDocument } from '../messaging/last-words.ts';
import {
  apartIn,
  asksSettings,
  relayMessageIn,
  surroundingsIn,
  topDocumentIn,
} from '../messaging/relay-messages.ts';
import { DEFAULT_SETTINGS, parseSettings, SETTINGS_KEY, type Settings } from '../messaging/settings.ts';
import { CAPS } from '../observation/caps.ts';
import { hasAllSites, onHostPermissionChange, openPermissionPage } from '../permission/host-permission.ts';
import { ClearedTabs } from './cleared-tabs.ts';
import { DocumentOwners } from './document-owners.ts';
import { FlightRecorder } from './flight-recorder.ts';
import { IDLE_ALARM, IdleAlarm } from './idle-alarm.ts';
import type { RelayPort } from './living-documents.ts';
import { LostDocuments } from './lost-documents.ts';
import { hintReading } from './reading-hint.ts';
import { openLetterbox, openSession } from './session-storage.ts';
import { wordOf } from './speaker.ts';
import { type PanelPort, Switchboard } from './switchboard.ts';

const idleAlarm = new IdleAlarm(browser.alarms);
const session = openSession();
const recorder = new FlightRecorder(session, CAPS, Date.now, (at) => idleAlarm.set(at));
const cleared = new ClearedTabs(session);
const owners = new DocumentOwners(session);
const switchboard = new Switchboard(recorder, owners, cleared, DEFAULT_SETTINGS, (run, milliseconds) =>
  setTimeout(run, milliseconds),
);
const lost = new LostDocuments(openLetterbox(), switchboard, { tabs: allTabs, seenBy });
let settings: Settings = DEFAULT_SETTINGS;

/** Everything waits for it, and so keeps its order. */
const ready = Promise.all([recorder.load(), owners.load(), cleared.load()])
  .then(readSettings)
  .then(() => lost.collect());

async function readSettings(): Promise<void> {
  const stored = await browser.storage.local.get(SETTINGS_KEY);
  settings = parseSettings(stored[SETTINGS_KEY]);
  switchboard.configure(settings);
  recorder.configure({ ...CAPS, ...settings.caps });
  hintReading(settings);
  if (!settings.recorder) await recorder.forgetAll();
  // Frames without chat have no connection: they are told as when the panel opened.
  for (const tab of switchboard.watchedTabs()) void lookAtTab(tab, false);
  for (const tab of recorder.tabs) void askForPage(tab);
}

browser.runtime.onConnect.addListener((port) => {
  if (port.name === RELAY_PORT) connectRelay(port);
  // A content script could say the name, but not from the extension's own address.
  else if (port.name === PANEL_PORT && port.sender?.url?.startsWith(browser.runtime.getURL(''))) {
    connectPanel(port);
  }
});

function connectRelay(port: Runtime.Port): void {
  let relay: Promise<RelayPort | null> | null = null;
  let order: Promise<unknown> = ready;
  const inOrder = (act: (relay: RelayPort) => void): void => {
    order = order
      .then(async () => {
        const known = await relay;
        if (known) act(known);
      })
      // What comes next on this connection is heard all the same.
      .catch(reportError);
  };
  port.onMessage.addListener((received) => {
    const message = relayMessageIn(received);
    if (!message) return;
    if (message.type === 'hello') relay = relayOf(port, message);
    inOrder((known) => switchboard.onRelay(known, message));
  });
  port.onDisconnect.addListener(() => inOrder((known) => switchboard.onRelayGone(known)));
}

/** Null where nobody can tell of which tab it is, as of Firefox's preloaded pages. */
async function relayOf(port: Runtime.Port, hello: Hello): Promise<RelayPort | null> {
  const tab = port.sender?.tab?.id;
  // Firefox forgets whose a frame was that is gone before the background has started.
  const address =
    tab === undefined
      ? (hello.address ?? (await lost.addressOf({ url: hello.url, top: hello.top, at: Date.now() })))
      : { tab, frame: port.sender?.frameId ?? 0 };
  const incognito = port.sender?.tab?.incognito ?? hello.incognito;
  const word = wordOf(port.sender, hello);
  return address && { ...address, incognito, word, send: (message) => post(port, message) };
}

function connectPanel(port: Runtime.Port): void {
  const panel: PanelPort = { send: (message) => post(port, message) };
  let tab: number | null = null;
  let open = true;
  port.onMessage.addListener((received) => {
    const message = received as PanelToBackground;
    void ready.then(async () => {
      if (message.type === 'subscribe') {
        tab = message.tabId;
        await askForPage(tab);
        await switchboard.onSubscribe(tab, panel, message.have);
        void lost.collect();
        if (!open) {
          switchboard.onPanelGone(tab, panel);
          return;
        }
        panel.send({ type: 'subscribed', hostPermission: await hasAllSites() });
        await tellPopups(tab, panel);
        await lookAtTab(tab, await isSettled(tab));
      } else if (message.type === 'open-permission-page') {
        await openPermissionPage();
      } else if (message.type === 'ask-frames') {
        if (tab !== null && open) await lookAtTab(tab, false);
      } else if (tab !== null) {
        switchboard.onPanel(tab, message);
      }
    });
  });
  port.onDisconnect.addListener(() => {
    const watched = tab;
    open = false;
    if (watched === null) return;
    switchboard.onPanelGone(watched, panel);
    if (!switchboard.watched(watched)) void toFrames(watched, { type: 'panel-closed' });
  });
}

/**
 * Tells every frame of a tab that a panel watches, and the panel which document the tab shows.
 * @param settled false while a document is on its way: then nobody answers, and that says nothing
 */
async function lookAtTab(tab: number, settled: boolean): Promise<void> {
  const top = await toFrames(tab, { type: 'panel-opened', settings, round: Date.now() });
  if (top || settled) switchboard.tell(tab, { type: 'top', document: top });
  await sayPage(tab, top, settled);
}

/** Where the log is not preserved: finds out which page the tab shows, so that what is of earlier ones is forgotten. */
async function askForPage(tab: number): Promise<void> {
  if (settings.preserveLog) return;
  await sayPage(tab, await toFrames(tab, { type: 'page' }), await isSettled(tab));
}

/** A page without a relay says nothing: what was there is of an earlier one. */
async function sayPage(tab: number, top: TopDocument | null, settled: boolean): Promise<void> {
  if (top) await switchboard.showsPage(tab, top.shown);
  else if (settled) await switchboard.showsPage(tab, Date.now());
}

/** Done when nobody has it any more but the panel that may take it back. */
async function clearTab(tab: number, at: number, have: Readonly<Record<string, number>>): Promise<void> {
  const forgotten = switchboard.clear(tab, at);
  await toFrames(tab, { type: 'forget', at, have });
  await forgotten;
  await lost.collect();
}

async function isSettled(tab: number): Promise<boolean> {
  const { status } = await browser.tabs.get(tab).catch(() => ({ status: 'complete' }));
  return status === 'complete';
}

/** Those that were opened before the panel, or while it was on its way. */
async function tellPopups(opener: number, panel: PanelPort): Promise<void> {
  for (const { id, openerTabId } of await browser.tabs.query({})) {
    if (id !== undefined && openerTabId === opener) panel.send({ type: 'popup', tab: id });
  }
}

async function allTabs(): Promise<number[]> {
  return (await browser.tabs.query({})).flatMap(({ id }) => id ?? []);
}

/** Asks a tab whether it has seen a document that is gone: how many milliseconds their times are apart. */
async function seenBy(tab: number, document: LostDocument): Promise<number | null> {
  const message: TabMessage = { type: 'seen', ...document };
  return apartIn(await browser.tabs.sendMessage(tab, message).catch(() => null));
}

/** Null where no relay runs: the page was loaded before the extension, or no extension may run there. */
async function toFrames(tab: number, message: TabMessage): Promise<TopDocument | null> {
  try {
    return topDocumentIn(await browser.tabs.sendMessage(tab, message));
  } catch {
    return null;
  }
}

onHostPermissionChange(() => {
  void hasAllSites().then((hostPermission) => switchboard.tellAll({ type: 'subscribed', hostPermission }));
});
browser.tabs.onUpdated.addListener((tab, change) => {
  if (!change.status) return;
  if (switchboard.watched(tab)) void lookAtTab(tab, change.status === 'complete');
  else void ready.then(() => (recorder.tabs.has(tab) ? askForPage(tab) : undefined));
});
browser.runtime.onMessage.addListener((received: unknown, sender: Runtime.MessageSender) => {
  if (sender.url?.startsWith(browser.runtime.getURL(''))) return answer(received as TabRequest);
  const tab = sender.tab?.id;
  if (tab !== undefined && asksSettings(received)) return ready.then(() => settings);
  const message = surroundingsIn(received);
  if (tab === undefined || !message) return;
  void ready.then(() => {
    switchboard.tell(tab, { ...message, frame: sender.frameId ?? 0 });
    if (message.newFrame && switchboard.watched(tab)) void lookAtTab(tab, false);
  });
});
// What it says to pages at their start is to be there before the first of them.
browser.runtime.onStartup.addListener(() => {});
browser.tabs.onCreated.addListener(({ id, openerTabId }) => {
  if (id !== undefined && openerTabId !== undefined)
    switchboard.tell(openerTabId, { type: 'popup', tab: id });
});
browser.tabs.onRemoved.addListener((tab) => {
  void ready.then(() =>
    Promise.all([recorder.forgetTab(tab), owners.forgetTab(tab), cleared.forgetTab(tab)]),
  );
});
browser.alarms.onAlarm.addListener(({ name }) => {
  if (name !== IDLE_ALARM) return;
  void ready.then(() => {
    idleAlarm.rang();
    return recorder.forgetIdle();
  });
});
browser.storage.onChanged.addListener((changes, area) => {
  if (area === 'local' && SETTINGS_KEY in changes) void readSettings();
  if (area === 'session' && Object.keys(changes).some(isLastWordsKey)) void ready.then(() => lost.collect());
});

async function answer(request: TabRequest): Promise<unknown> {
  await ready;
  if (request.type === 'recorded-of') {
    const recorded: RecordedTab = { recorder: settings.recorder, pages: recorder.pages(request.tab) };
    return recorded;
  }
  return clearTab(request.tab, request.at, request.have);
}

function post(port: Runtime.Port, message: unknown): void {
  try {
    port.postMessage(message);
  } catch {
    // The other side is gone; its own disconnect says so.
  }
}

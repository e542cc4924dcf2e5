/**
 * Connects the relays of each tab with the panels that watch it, and feeds the flight recorder. Holds nothing that
 * a killed service worker would lose: relays and panels say again who they are when they reconnect.
 */

import { type CheckedBatch, checkedBatch } from '../messaging/checked-batch.ts';
import type {
  BackgroundToPanel,
  Hello,
  PanelToBackground,
  RelayToBackground,
} from '../messaging/contracts.ts';
import type { FrameAddress, LastWords } from '../messaging/last-words.ts';
import type { Batch } from '../messaging/private-port.ts';
import type { Settings } from '../messaging/settings.ts';
import type { DocumentId, Seq } from '../observation/observation.ts';
import type { DocumentOwners } from './document-owners.ts';
import type { FlightRecorder } from './flight-recorder.ts';
import { LivingDocuments, type RelayPort } from './living-documents.ts';
import { isUnbroken, isWhole, type RecordedDocument } from './recorded-document.ts';
import { believedUrl, type SenderWord } from './speaker.ts';
import { type Later, Storing } from './storing.ts';

export interface PanelPort {
  send(message: BackgroundToPanel): void;
}

/** Until when a tab is to be forgotten. */
export interface Cleared {
  until(tab: number): number;
  clear(tab: number, at: number): Promise<void>;
}

/**
 * A document that has said its last has a connection that ends with it. Chromium tells nobody so where the connection was
 * made while the page went into the back/forward cache: then this many milliseconds later.
 */
const FAREWELL = 1_000;

/** How long the frame of a document that the recorder knows only in part has to say that it lives. */
const REPLAY_DELAY = 500;

export class Switchboard {
  readonly #recorder: FlightRecorder;
  readonly #owners: DocumentOwners;
  readonly #later: Later;
  readonly #living = new LivingDocuments();
  readonly #panels = new Map<number, Set<PanelPort>>();
  readonly #cleared: Cleared;
  /** How far the panels have been told each document without a hole. */
  readonly #told = new Map<DocumentId, Seq>();
  readonly #storing: Storing;
  #settings: Settings;

  constructor(
    recorder: FlightRecorder,
    owners: DocumentOwners,
    cleared: Cleared,
    settings: Settings,
    later: Later,
  ) {
    this.#recorder = recorder;
    this.#owners = owners;
    this.#cleared = cleared;
    this.#settings = settings;
    this.#later = later;
    this.#storing = new Storing(recorder, this.#living, (tab) => this.watched(tab), later);
  }

  watched(tab: number): boolean {
    return this.#panels.has(tab);
  }

  watchedTabs(): readonly number[] {
    return [...this.#panels.keys()];
  }

  tell(tab: number, message: BackgroundToPanel): void {
    for (const panel of this.#panels.get(tab) ?? []) panel.send(message);
  }

  tellAll(message: BackgroundToPanel): void {
    for (const tab of this.watchedTabs()) this.tell(tab, message);
  }

  configure(settings: Settings): void {
    this.#settings = settings;
    for (const relay of this.#living.relays()) {
      relay.send({ type: 'settings', settings });
      if (!this.watched(relay.tab)) this.#unwatched(relay);
    }
  }

  onRelay(port: RelayPort, message: RelayToBackground): void {
    if (message.type === 'hello') this.#onHello(port, message);
    else if (this.#living.speaksFor(port) !== message.documentId) return;
    else if (message.type === 'batch') this.#onBatch(port, message);
    else this.#onForgotten(port, message.documentId, message.cleared);
  }

  /** A person has cleared the tab: the recorder has nothing of it any more, and its frames are to be told. */
  async clear(tab: number, at: number): Promise<void> {
    const marked = this.#cleared.clear(tab, at);
    this.tell(tab, { type: 'cleared', at });
    await Promise.all([marked, this.#recorder.forgetTab(tab)]);
  }

  /** The tab shows a page since that time: where the log is not preserved, what is of earlier ones is forgotten. */
  async showsPage(tab: number, since: number): Promise<void> {
    if (this.#settings.preserveLog) return;
    const marked = this.#cleared.clear(tab, since);
    for (const [documentId, relay] of this.#living.ofTab(tab)) {
      if (this.#isBehind(tab, documentId)) relay.send({ type: 'forget', at: since });
    }
    await Promise.all([marked, this.#recorder.forgetEarlier(tab, since)]);
  }

  /** The frame is gone, or its page went into the back/forward cache, or it reconnects. */
  onRelayGone(port: RelayPort): void {
    for (const documentId of this.#living.of(port)) this.#documentGone(port, documentId);
  }

  #goneUnsaid(port: RelayPort, documentId: DocumentId): void {
    if (this.#living.relayOf(documentId) === port) this.#documentGone(port, documentId);
  }

  #documentGone(port: RelayPort, documentId: DocumentId): void {
    this.#living.delete(documentId);
    this.#recorder.gone(documentId);
    void this.#sayGone(port, documentId);
  }

  /** A panel may have been told of the document and not yet have asked for it: what the recorder has comes first. */
  async #sayGone({ tab, frame }: RelayPort, documentId: DocumentId): Promise<void> {
    const told = this.#told.get(documentId) ?? 0;
    this.#told.delete(documentId);
    try {
      if (!this.#settings.preserveLog) await this.#recorder.forgetEarlier(tab, this.#cleared.until(tab));
      const unheard = (id: DocumentId, next: Seq): boolean => id === documentId && next > told;
      const recorded = this.watched(tab) ? await this.#recorder.replay(tab, unheard) : [];
      for (const document of recorded) {
        for (const panel of this.#panels.get(tab) ?? []) this.#replay(panel, document);
      }
      await this.#recorder.flush();
    } finally {
      if (!this.#living.has(documentId)) this.#tell(tab, { type: 'document-gone', documentId, frame });
    }
  }

  /** A document left its last words in the storage: stored safely when this is done. */
  async onLastWords({ tab, frame }: FrameAddress, words: LastWords): Promise<void> {
    const word: SenderWord = { origin: words.origin, context: null, url: words.url };
    const { documentId } = words.batch;
    if (!this.#owners.claim(documentId, { tab, frame, ...word }, false)) return;
    const { observations: _all, ofChat, ...checked } = check(words.batch, word);
    this.#tell(tab, { ...checked, type: 'batch', last: true, frame });
    if (!this.#settings.recorder || words.at < this.#cleared.until(tab)) return;
    this.#recorder.takeLast(tab, frame, documentId, ofChat, words.shown);
    await this.#recorder.flush();
  }

  /**
   * Gives a panel what the tab's earlier documents have been, then what its living ones say.
   * @param have how far the panel is in the documents it knows: it may have been here before
   */
  async onSubscribe(tab: number, panel: PanelPort, have: Readonly<Record<DocumentId, Seq>>): Promise<void> {
    const recorded = await this.#recorder.replay(tab, (documentId, next) => (have[documentId] ?? 0) < next);
    const lives = ({ documentId }: RecordedDocument): boolean => this.#living.has(documentId);
    const doubtful = recorded.filter((document) => !lives(document) && !isWhole(document));
    for (const document of recorded) if (!lives(document) && isWhole(document)) this.#replay(panel, document);
    // What lives goes on where the recorder stops; the rest of it may be gone before it has been asked for.
    for (const [documentId] of this.#living.ofTab(tab)) this.#told.set(documentId, have[documentId] ?? 0);
    for (const document of recorded) {
      if (!lives(document) || !isUnbroken(document)) continue;
      this.#replay(panel, document);
      this.#toldUpTo(document.documentId, (document.observations.at(-1)?.seq ?? -1) + 1);
    }
    this.#panels.set(tab, (this.#panels.get(tab) ?? new Set()).add(panel));
    for (const [documentId, relay] of this.#living.ofTab(tab)) {
      relay.send({ type: 'pace', pace: 'live' });
      this.#tellOf(documentId, relay, (message) => panel.send(message));
    }
    if (doubtful.length === 0) return;
    // What lives still has more in its ring than the recorder; what does not has only this.
    this.#later(() => {
      for (const document of doubtful) {
        if (!this.#living.has(document.documentId)) this.#replay(panel, document);
      }
    }, REPLAY_DELAY);
  }

  onPanel(tab: number, message: PanelToBackground): void {
    if (!('documentId' in message)) return;
    const relay = this.#living.relayOf(message.documentId);
    if (relay?.tab !== tab) return;
    if (message.type === 'acknowledge') {
      this.#toldUpTo(message.documentId, message.next);
      relay.send({ type: 'acknowledge', next: message.next });
      return;
    }
    this.#toldUpTo(message.documentId, message.from);
    // The recorder may have lost what it had not stored when the worker was killed.
    const from = Math.min(message.from, this.#wanted(relay, message.documentId) ?? message.from);
    relay.send({ type: 'resume', from });
  }

  onPanelGone(tab: number, panel: PanelPort): void {
    const panels = this.#panels.get(tab);
    panels?.delete(panel);
    if (panels?.size !== 0) return;
    this.#panels.delete(tab);
    for (const [documentId, relay] of this.#living.ofTab(tab)) {
      this.#unwatched(relay);
      const next = this.#wanted(relay, documentId);
      if (next !== null) relay.send({ type: 'resume', from: next });
    }
  }

  #onHello(port: RelayPort, hello: Hello): void {
    const { tab, frame } = port;
    const { documentId, shown } = hello;
    if (!this.#turnsTo(port, documentId)) return;
    if (!this.#owners.claim(documentId, { tab, frame, ...port.word }, port.incognito)) return;
    this.#living.add(port, hello);
    port.send({ type: 'address', address: { tab, frame } });
    port.send({ type: 'settings', settings: this.#settings });
    // It goes on when it has forgotten.
    if (this.#isBehind(tab, documentId)) port.send({ type: 'forget', at: this.#cleared.until(tab) });
    else this.#introduce(port, documentId);
    if (frame === 0) void this.showsPage(tab, shown);
  }

  /** A connection speaks for one document at a time; the one before is over. False where it has had its share. */
  #turnsTo(port: RelayPort, documentId: DocumentId): boolean {
    const before = this.#living.speaksFor(port);
    if (before === documentId) return true;
    if (before !== undefined && this.#living.relayOf(before) === port) this.#documentGone(port, before);
    return this.#living.turnTo(port);
  }

  #onForgotten(port: RelayPort, documentId: DocumentId, cleared: number): void {
    const document = this.#living.get(documentId);
    if (document?.relay !== port) return;
    document.cleared = cleared;
    if (!this.#isBehind(port.tab, documentId)) this.#introduce(port, documentId);
  }

  /** True while a document still has what is to be forgotten. */
  #isBehind(tab: number, documentId: DocumentId): boolean {
    return this.#living.clearedOf(documentId) < this.#cleared.until(tab);
  }

  /** Who receives what the document says goes on where it stopped. */
  #introduce(port: RelayPort, documentId: DocumentId): void {
    if (this.watched(port.tab)) {
      port.send({ type: 'pace', pace: 'live' });
      this.#tellOf(documentId, port, (message) => this.tell(port.tab, message));
      return;
    }
    this.#unwatched(port);
    if (this.#records(port)) port.send({ type: 'resume', from: this.#recorder.next(documentId) ?? 0 });
  }

  #tellOf(documentId: DocumentId, { frame }: RelayPort, tell: (message: BackgroundToPanel) => void): void {
    const cleared = this.#living.clearedOf(documentId);
    const total = this.#living.totalOf(documentId);
    tell({ type: 'document', documentId, frame, origin: this.#owners.originOf(documentId), cleared, total });
  }

  #toldUpTo(documentId: DocumentId, next: Seq): void {
    this.#told.set(documentId, Math.max(this.#told.get(documentId) ?? 0, next));
  }

  #onBatch(port: RelayPort, { last, ...batch }: Batch & { readonly last: boolean }): void {
    const { tab, frame } = port;
    const { documentId } = batch;
    const { observations, ofChat, ...checked } = check(batch, port.word);
    this.#living.madeSoFar(documentId, batch.total);
    // Shown again it says hello on a connection of its own.
    if (last) this.#later(() => this.#goneUnsaid(port, documentId), FAREWELL);
    if (batch.from <= (this.#told.get(documentId) ?? 0)) this.#toldUpTo(documentId, batch.next);
    this.#tell(tab, { ...checked, type: 'batch', last, frame });
    if (!this.#records(port) || this.#isBehind(tab, documentId)) return;
    if (!this.#recorder.take(tab, frame, documentId, ofChat, this.#living.get(documentId)?.shown)) {
      this.#goBack(port, documentId);
      return;
    }
    const document = this.#living.get(documentId);
    if (document) document.goingBack = false;
    const newest = observations.at(-1);
    if (newest?.kind === 'document' && newest.phase === 'gone') {
      this.#recorder.gone(documentId);
      void this.#recorder.flush();
    } else {
      this.#storing.request();
    }
  }

  /** The recorder has forgotten the document, which lives on: from its ring it can be had again. */
  #goBack(port: RelayPort, documentId: DocumentId): void {
    // A panel asks by itself.
    const document = this.#living.get(documentId);
    if (this.watched(port.tab) || !document || document.goingBack) return;
    document.goingBack = true;
    port.send({ type: 'resume', from: this.#recorder.next(documentId) ?? 0 });
  }

  #unwatched(relay: RelayPort): void {
    relay.send({ type: 'pace', pace: this.#records(relay) ? 'lazy' : 'quiet' });
  }

  #records(relay: RelayPort): boolean {
    return this.#settings.recorder && !relay.incognito;
  }

  #wanted(relay: RelayPort, documentId: DocumentId): Seq | null {
    return this.#records(relay) ? this.#recorder.next(documentId) : null;
  }

  #replay(panel: PanelPort, { documentId, frame, observations }: RecordedDocument): void {
    panel.send({
      type: 'recorded',
      documentId,
      frame,
      origin: this.#owners.originOf(documentId),
      observations,
    });
  }

  /** Of a document: with its origin. */
  #tell(tab: number, message: WithoutOrigin<Extract<BackgroundToPanel, { readonly origin: unknown }>>): void {
    this.tell(tab, { ...message, origin: this.#owners.originOf(message.documentId) });
  }
}

type WithoutOrigin<T> = T extends unknown ? Omit<T, 'origin'> : never;

function check(batch: Batch, word: SenderWord): CheckedBatch {
  return checkedBatch(batch, (url) => believedUrl(url, word), Date.now());
}

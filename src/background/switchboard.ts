/**
 * Connects the relays of each tab with the panels that watch it, and feeds the flight recorder. Holds nothing that
 * a killed service worker would lose: relays and panels say again who they are when they reconnect.
 */

import { observationsIn } from '../messaging/batch.ts';
import type {
  BackgroundToPanel,
  BackgroundToRelay,
  Hello,
  PanelToBackground,
  RelayToBackground,
} from '../messaging/contracts.ts';
import type { FrameAddress } from '../messaging/last-words.ts';
import type { Batch } from '../messaging/private-port.ts';
import type { Settings } from '../messaging/settings.ts';
import type { DocumentId, Seq } from '../observation/observation.ts';
import type { FlightRecorder, RecordedDocument } from './flight-recorder.ts';

export interface RelayPort {
  readonly tab: number;
  readonly frame: number;
  /** Private windows are never recorded. */
  readonly incognito: boolean;
  send(message: BackgroundToRelay): void;
}

export interface PanelPort {
  send(message: BackgroundToPanel): void;
}

export type Later = (run: () => void, milliseconds: number) => unknown;

/** Milliseconds in which batches are collected before they are stored. */
const STORE_DELAY = 250;
/** How long the frame of a document that the recorder knows only in part has to say that it lives. */
const REPLAY_DELAY = 500;

export class Switchboard {
  readonly #recorder: FlightRecorder;
  readonly #later: Later;
  readonly #relays = new Map<DocumentId, RelayPort>();
  readonly #panels = new Map<number, Set<PanelPort>>();
  /** Documents that were asked to go back: what they had posted before is behind a hole. */
  readonly #goingBack = new Set<DocumentId>();
  #settings: Settings;
  #storing = false;

  constructor(recorder: FlightRecorder, settings: Settings, later: Later) {
    this.#recorder = recorder;
    this.#settings = settings;
    this.#later = later;
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
    for (const relay of this.#relays.values()) {
      relay.send({ type: 'settings', settings });
      if (!this.watched(relay.tab)) this.#unwatched(relay);
    }
  }

  onRelay(port: RelayPort, message: RelayToBackground): void {
    if (message.type === 'hello') this.#onHello(port, message);
    else this.#onBatch(port, message);
  }

  /** The frame is gone, or its page went into the back/forward cache, or it reconnects. */
  onRelayGone(port: RelayPort): void {
    for (const [documentId, relay] of this.#relays) {
      if (relay !== port) continue;
      this.#relays.delete(documentId);
      this.#goingBack.delete(documentId);
      this.#recorder.gone(documentId);
      this.tell(port.tab, { type: 'document-gone', documentId, frame: port.frame });
      void this.#recorder.flush();
    }
  }

  /** A document left its last words in the storage: stored safely when this is done. */
  async onLastWords({ tab, frame }: FrameAddress, batch: Batch): Promise<void> {
    this.tell(tab, { ...batch, type: 'batch', frame });
    if (!this.#settings.recorder) return;
    this.#recorder.takeLast(tab, frame, batch.documentId, observationsIn(batch) ?? []);
    await this.#recorder.flush();
  }

  /**
   * Gives a panel what the tab's earlier documents have been, then what its living ones say.
   * @param have how far the panel is in the documents it knows: it may have been here before
   */
  async onSubscribe(tab: number, panel: PanelPort, have: Readonly<Record<DocumentId, Seq>>): Promise<void> {
    const recorded = await this.#recorder.replay(
      tab,
      (documentId, next) => !this.#relays.has(documentId) && (have[documentId] ?? 0) < next,
    );
    const doubtful = recorded.filter((document) => !isWhole(document));
    for (const document of recorded) if (isWhole(document)) this.#replay(panel, document);
    this.#panels.set(tab, (this.#panels.get(tab) ?? new Set()).add(panel));
    for (const [documentId, relay] of this.#relays) {
      if (relay.tab !== tab) continue;
      relay.send({ type: 'pace', pace: 'live' });
      panel.send({ type: 'document', documentId, frame: relay.frame });
    }
    if (doubtful.length === 0) return;
    // What lives still has more in its ring than the recorder; what does not has only this.
    this.#later(() => {
      for (const document of doubtful) {
        if (!this.#relays.has(document.documentId)) this.#replay(panel, document);
      }
    }, REPLAY_DELAY);
  }

  onPanel(tab: number, message: PanelToBackground): void {
    if (!('documentId' in message)) return;
    const relay = this.#relays.get(message.documentId);
    if (relay?.tab !== tab) return;
    if (message.type === 'acknowledge') {
      relay.send({ type: 'acknowledge', next: message.next });
      return;
    }
    // The recorder may have lost what it had not stored when the worker was killed.
    const from = Math.min(message.from, this.#wanted(relay, message.documentId) ?? message.from);
    relay.send({ type: 'resume', from });
  }

  onPanelGone(tab: number, panel: PanelPort): void {
    const panels = this.#panels.get(tab);
    panels?.delete(panel);
    if (panels?.size !== 0) return;
    this.#panels.delete(tab);
    for (const [documentId, relay] of this.#relays) {
      if (relay.tab !== tab) continue;
      this.#unwatched(relay);
      const next = this.#wanted(relay, documentId);
      if (next !== null) relay.send({ type: 'resume', from: next });
    }
  }

  #onHello(port: RelayPort, { documentId }: Hello): void {
    this.#relays.set(documentId, port);
    port.send({ type: 'address', address: { tab: port.tab, frame: port.frame } });
    port.send({ type: 'settings', settings: this.#settings });
    if (this.watched(port.tab)) {
      port.send({ type: 'pace', pace: 'live' });
      this.tell(port.tab, { type: 'document', documentId, frame: port.frame });
      return;
    }
    this.#unwatched(port);
    if (this.#records(port)) port.send({ type: 'resume', from: this.#recorder.next(documentId) ?? 0 });
  }

  #onBatch(port: RelayPort, batch: Batch): void {
    const { tab, frame } = port;
    const { documentId } = batch;
    this.tell(tab, { ...batch, type: 'batch', frame });
    if (!this.#records(port)) return;
    // What it has had is not looked into again.
    const observations = batch.next <= (this.#recorder.next(documentId) ?? 0) ? [] : observationsIn(batch);
    if (!observations) return;
    if (!this.#recorder.take(tab, frame, documentId, observations)) {
      this.#goBack(port, documentId);
      return;
    }
    this.#goingBack.delete(documentId);
    const last = observations.at(-1);
    if (last?.kind === 'document' && last.phase === 'gone') {
      this.#recorder.gone(documentId);
      void this.#recorder.flush();
    } else {
      this.#store();
    }
  }

  /** The recorder has forgotten the document, which lives on: from its ring it can be had again. */
  #goBack(port: RelayPort, documentId: DocumentId): void {
    // A panel asks by itself.
    if (this.watched(port.tab) || this.#goingBack.has(documentId)) return;
    this.#goingBack.add(documentId);
    port.send({ type: 'resume', from: this.#recorder.next(documentId) ?? 0 });
  }

  #store(): void {
    if (this.#storing) return;
    this.#storing = true;
    this.#later(() => {
      this.#storing = false;
      const stored = new Map<DocumentId, Seq>();
      for (const documentId of this.#relays.keys()) {
        const next = this.#recorder.next(documentId);
        if (next !== null) stored.set(documentId, next);
      }
      void this.#recorder.flush().then(() => this.#acknowledge(stored));
    }, STORE_DELAY);
  }

  /** Without a panel it is the recorder that has received. */
  #acknowledge(stored: ReadonlyMap<DocumentId, Seq>): void {
    for (const [documentId, next] of stored) {
      const relay = this.#relays.get(documentId);
      if (relay && !this.watched(relay.tab)) relay.send({ type: 'acknowledge', next });
    }
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
    panel.send({ type: 'recorded', documentId, frame, observations });
  }
}

/** True if the document's own ring can have nothing that the recorder has lost. */
function isWhole({ gone, observations }: RecordedDocument): boolean {
  return gone || observations.every(({ kind }) => kind !== 'gap');
}

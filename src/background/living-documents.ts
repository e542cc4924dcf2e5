/**
 * The documents whose relays are connected: who speaks for each, how far it is, and what was asked of it. Holds nothing
 * that a killed service worker would lose: relays say it again when they reconnect.
 */
import type { BackgroundToRelay, Hello } from '../messaging/contracts.ts';
import type { DocumentId, Seq } from '../observation/observation.ts';
import type { SenderWord } from './speaker.ts';

export interface RelayPort {
  readonly tab: number;
  readonly frame: number;
  /** Private windows are never recorded. */
  readonly incognito: boolean;
  /** What the browser says of who speaks. */
  readonly word: SenderWord;
  send(message: BackgroundToRelay): void;
}

/** For so many documents one connection may speak, one after the other: a frame has few, a page can make up any number. */
const MOST_DOCUMENTS = 20;

interface LivingDocument {
  readonly relay: RelayPort;
  /** When it was shown, and until when its ring has forgotten; see `Hello`. */
  readonly shown: number;
  cleared: number;
  /** It was asked to go back: what it had posted before is behind a hole. */
  goingBack: boolean;
}

export class LivingDocuments {
  readonly #documents = new Map<DocumentId, LivingDocument>();
  /** The document for which each connection may speak: one that it has said hello for, and that is no other frame's. */
  readonly #speaksFor = new WeakMap<RelayPort, DocumentId>();
  /** How many documents each connection has spoken for. */
  readonly #spokenFor = new WeakMap<RelayPort, number>();
  /** How many observations each document is known to have made. */
  readonly #totals = new Map<DocumentId, Seq>();

  speaksFor(port: RelayPort): DocumentId | undefined {
    return this.#speaksFor.get(port);
  }

  /** The connection speaks for none until `add`. False where it has had its share of documents. */
  turnTo(port: RelayPort): boolean {
    this.#speaksFor.delete(port);
    const count = (this.#spokenFor.get(port) ?? 0) + 1;
    this.#spokenFor.set(port, count);
    return count <= MOST_DOCUMENTS;
  }

  add(port: RelayPort, { documentId, shown, cleared, total }: Hello): void {
    this.#speaksFor.set(port, documentId);
    const goingBack = this.#documents.get(documentId)?.goingBack ?? false;
    this.#documents.set(documentId, { relay: port, shown, cleared, goingBack });
    this.madeSoFar(documentId, total);
  }

  delete(documentId: DocumentId): void {
    this.#documents.delete(documentId);
    this.#totals.delete(documentId);
  }

  get(documentId: DocumentId): LivingDocument | undefined {
    return this.#documents.get(documentId);
  }

  relayOf(documentId: DocumentId): RelayPort | undefined {
    return this.#documents.get(documentId)?.relay;
  }

  has(documentId: DocumentId): boolean {
    return this.#documents.has(documentId);
  }

  ids(): Iterable<DocumentId> {
    return this.#documents.keys();
  }

  relays(): readonly RelayPort[] {
    return [...this.#documents.values()].map(({ relay }) => relay);
  }

  /** The documents for which this connection speaks. */
  of(port: RelayPort): readonly DocumentId[] {
    return [...this.#documents].flatMap(([documentId, { relay }]) => (relay === port ? [documentId] : []));
  }

  ofTab(tab: number): readonly (readonly [DocumentId, RelayPort])[] {
    return [...this.#documents].flatMap(([documentId, { relay }]) =>
      relay.tab === tab ? [[documentId, relay] as const] : [],
    );
  }

  clearedOf(documentId: DocumentId): number {
    return this.#documents.get(documentId)?.cleared ?? 0;
  }

  totalOf(documentId: DocumentId): Seq {
    return this.#totals.get(documentId) ?? 0;
  }

  madeSoFar(documentId: DocumentId, total: Seq): void {
    this.#totals.set(documentId, Math.max(this.totalOf(documentId), total));
  }
}

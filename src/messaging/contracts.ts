/**
 * What the contexts of the extension say to each other. Every message is JSON: that is all Chrome's ports carry. What
 * relays say is read by `relay-messages.ts`.
 */
import type { DocumentId, Seq } from '../observation/observation.ts';
import type { FrameAddress, LostDocument } from './last-words.ts';
import type { Batch, Pace, TravellingObservation } from './private-port.ts';
import type { Settings } from './settings.ts';

/** Names of the two kinds of `runtime.Port`. */
export const RELAY_PORT = 'relay';
export const PANEL_PORT = 'panel';

/** Under it stands whether relays should ask for the settings at their start; see `background/reading-hint.ts`. */
export const READING_HINT_KEY = 'reading';

/** From a relay at its start, by `runtime.sendMessage`; answered with `Settings`. */
export interface SettingsRequest {
  readonly type: 'settings';
}

/** Who speaks: sent first on every connection, so that nothing depends on what a dead service worker knew. */
export interface Hello {
  readonly type: 'hello';
  readonly documentId: DocumentId;
  readonly url: string;
  /** Of its world; what the browser says of the sender goes before it. */
  readonly origin: string;
  readonly top: boolean;
  /** How many observations the document is known to have made: what is at stake if it dies now. */
  readonly total: Seq;
  /** As the relay learned it on an earlier connection. Firefox forgets whose port it was when the frame is gone. */
  readonly address: FrameAddress | null;
  readonly incognito: boolean;
  /** When the document was last shown for the first time or again, Unix milliseconds: which page of the tab it is of. */
  readonly shown: number;
  /** Until when its ring has forgotten what a person cleared; at first when it began, Unix milliseconds. */
  readonly cleared: number;
}

export type RelayToBackground =
  | Hello
  /** `last`: the document is going away. */
  | ({ readonly type: 'batch'; readonly last: boolean } & Batch)
  /** The ring has forgotten what was cleared: all that follows on this connection is from after that. */
  | { readonly type: 'forgotten'; readonly documentId: DocumentId; readonly cleared: number };

export type BackgroundToRelay =
  | { readonly type: 'address'; readonly address: FrameAddress }
  | { readonly type: 'pace'; readonly pace: Pace }
  | { readonly type: 'acknowledge'; readonly next: Seq }
  | { readonly type: 'resume'; readonly from: Seq }
  | { readonly type: 'settings'; readonly settings: Settings }
  /** What was cleared while the document could not be told, as in the back/forward cache. */
  | { readonly type: 'forget'; readonly at: number };

/** To every frame of a tab, by `tabs.sendMessage`. To `panel-opened` a top frame answers with `TopDocument`. */
export type TabMessage =
  | {
      readonly type: 'panel-opened';
      readonly settings: Settings;
      /** Of two questions the newer one has the higher round. */
      readonly round: number;
    }
  | { readonly type: 'panel-closed' }
  /** Only the top frame answers, with `TopDocument`. */
  | { readonly type: 'page' }
  /** A person has cleared the tab. `have`: how far a panel has had each document; of the others all is forgotten. */
  | { readonly type: 'forget'; readonly at: number; readonly have: Readonly<Record<DocumentId, Seq>> }
  /** Only who may have seen that document answers: how many milliseconds their times are apart. */
  | ({ readonly type: 'seen' } & LostDocument);

/** From a frame to the background, while a panel watches its tab: what its document is and has started. */
export interface SurroundingsMessage {
  readonly type: 'surroundings';
  readonly documentId: string;
  readonly url: string;
  /** The question that it answers, or that it heard last. */
  readonly round: number;
  readonly workers: number;
  /** Frames that this one contains itself. */
  readonly children: number;
  /** How often `fetch` was called before the panel opened, as far as the browser still lists it. */
  readonly fetches: number;
  /** A frame has loaded that may not know that a panel watches. */
  readonly newFrame: boolean;
}

/** Which document the tab shows; `id` differs for every document and comes back with the back/forward cache. */
export interface TopDocument {
  readonly id: string;
  readonly url: string;
  /** By which its observations go; '' while it has said nothing. */
  readonly documentId: DocumentId | '';
  /** As in `Hello`. */
  readonly shown: number;
}

/** From a page of the extension to the background, by `runtime.sendMessage`. */
export type TabRequest =
  /** Answered when ring and recorder have forgotten; `have` as in `TabMessage`. */
  | {
      readonly type: 'clear-tab';
      readonly tab: number;
      readonly at: number;
      readonly have: Readonly<Record<DocumentId, Seq>>;
    }
  /** Answered with a `RecordedTab`. */
  | { readonly type: 'recorded-of'; readonly tab: number };

/** What the flight recorder holds of a tab. */
export interface RecordedTab {
  /** Whether it is on. */
  readonly recorder: boolean;
  /** The oldest first. */
  readonly pages: readonly RecordedPage[];
}

/** What the flight recorder holds of one document. */
export interface RecordedPage {
  /** Origin and path; '' where it is not known. */
  readonly url: string;
  readonly top: boolean;
  readonly gone: boolean;
  /** The first of what is held, Unix milliseconds. */
  readonly since: number;
  readonly observations: number;
  readonly bytes: number;
}

export type PanelToBackground =
  /** `have`: what the panel wants next of each document it knows, when it was connected before. */
  | {
      readonly type: 'subscribe';
      readonly tabId: number;
      readonly have: Readonly<Record<DocumentId, Seq>>;
    }
  /** A panel in Firefox's toolbox can neither ask for access nor open a tab. */
  | { readonly type: 'open-permission-page' }
  /** Asks every frame of the tab once more what it is: frames may have gone, of which nobody is told. */
  | { readonly type: 'ask-frames' }
  | { readonly type: 'resume'; readonly documentId: DocumentId; readonly from: Seq }
  | { readonly type: 'acknowledge'; readonly documentId: DocumentId; readonly next: Seq };

interface FromDocument {
  readonly documentId: DocumentId;
  readonly frame: number;
  /** By the browser's word; see `DocumentObservation.origin`. */
  readonly origin: string | null;
}

export type BackgroundToPanel =
  /** Said again whenever the person gives or takes back access to all sites. */
  | { readonly type: 'subscribed'; readonly hostPermission: boolean }
  /** A frame has something to say; the panel answers `resume`. */
  | ({ readonly type: 'document'; readonly cleared: number; readonly total: Seq } & FromDocument)
  /** Checked by the background: the text holds what the batch says it holds. */
  | ({ readonly type: 'batch'; readonly last: boolean } & FromDocument & Batch)
  /** From the flight recorder: a document that is gone, or its beginning. */
  | ({ readonly type: 'recorded' } & FromDocument & {
        readonly observations: readonly TravellingObservation[];
      })
  /** The frame's connection ended: no more will come unless it says hello again. */
  | ({ readonly type: 'document-gone' } & FromDocument)
  | { readonly type: 'top'; readonly document: TopDocument | null }
  /** Somebody has cleared the tab at that time: this panel, or a person without one. */
  | { readonly type: 'cleared'; readonly at: number }
  /** A tab that this one has opened, said again to every panel that subscribes. */
  | { readonly type: 'popup'; readonly tab: number }
  | (SurroundingsMessage & { readonly frame: number });

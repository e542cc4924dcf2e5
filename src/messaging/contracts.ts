/** What the contexts of the extension say to each other. Every message is JSON: that is all Chrome's ports carry. */
import type { DocumentId, Seq } from '../observation/observation.ts';
import type { FrameAddress, LostDocument } from './last-words.ts';
import type { Batch, Pace, TravellingObservation } from './private-port.ts';
import type { Settings } from './settings.ts';

/** Names of the two kinds of `runtime.Port`. */
export const RELAY_PORT = 'relay';
export const PANEL_PORT = 'panel';

/** Who speaks: sent first on every connection, so that nothing depends on what a dead service worker knew. */
export interface Hello {
  readonly type: 'hello';
  readonly documentId: DocumentId;
  readonly url: string;
  readonly top: boolean;
  /** As the relay learned it on an earlier connection. Firefox forgets whose port it was when the frame is gone. */
  readonly address: FrameAddress | null;
  readonly incognito: boolean;
}

export type RelayToBackground = Hello | ({ readonly type: 'batch' } & Batch);

export type BackgroundToRelay =
  | { readonly type: 'address'; readonly address: FrameAddress }
  | { readonly type: 'pace'; readonly pace: Pace }
  | { readonly type: 'acknowledge'; readonly next: Seq }
  | { readonly type: 'resume'; readonly from: Seq }
  | { readonly type: 'settings'; readonly settings: Settings };

/** To every frame of a tab, by `tabs.sendMessage`. To `panel-opened` a top frame answers with `TopDocument`. */
export type TabMessage =
  | {
      readonly type: 'panel-opened';
      readonly settings: Settings;
      /** Of two questions the newer one has the higher round. */
      readonly round: number;
    }
  | { readonly type: 'panel-closed' }
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
}

export type BackgroundToPanel =
  /** Said again whenever the person gives or takes back access to all sites. */
  | { readonly type: 'subscribed'; readonly hostPermission: boolean }
  /** A frame has something to say; the panel answers `resume`. */
  | ({ readonly type: 'document' } & FromDocument)
  | ({ readonly type: 'batch' } & FromDocument & Batch)
  /** From the flight recorder: a document that is gone, or its beginning. */
  | ({ readonly type: 'recorded' } & FromDocument & {
        readonly observations: readonly TravellingObservation[];
      })
  /** The frame's connection ended: no more will come unless it says hello again. */
  | ({ readonly type: 'document-gone' } & FromDocument)
  | { readonly type: 'top'; readonly document: TopDocument | null }
  /** A tab that this one has opened, said again to every panel that subscribes. */
  | { readonly type: 'popup'; readonly tab: number }
  | (SurroundingsMessage & { readonly frame: number });

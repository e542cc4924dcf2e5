/** What the panel asks of the way from the page: observations in order, each exactly once, and the state of the way. */
import type { DocumentId, Observation, Seq } from '../../src/observation/observation.ts';
import type { PassedBy } from './passed-by.ts';

/** Why the way is as it is, in words that the view turns into sentences. */
export type FeedState =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'live' }
  | { readonly phase: 'paused' }
  /** The extension was reloaded or updated: the page must be reloaded to go on. */
  | { readonly phase: 'invalidated' }
  /** The page was loaded before the extension was installed, reloaded or updated, or no extension may run in it. */
  | { readonly phase: 'unhooked' }
  /** The person has taken back the access to all sites, and this page is not allowed by itself. */
  | { readonly phase: 'no-permission' };

/** What the hook cannot see, counted. */
export interface OutOfSight {
  readonly workers: number;
  /** Whether DevTools tell what goes over the sockets of workers. */
  readonly workerSockets: 'told' | 'unseen';
  readonly popups: number;
  /** Frames without a hook: loaded before the extension came, or no extension may run there. */
  readonly unhookedFrames: number;
  /** Calls of `fetch` from before the panel opened that were not looked at, since nothing named chat until then. */
  readonly earlierFetches: number;
}

export const ALL_IN_SIGHT: OutOfSight = {
  workers: 0,
  workerSockets: 'unseen',
  popups: 0,
  unhookedFrames: 0,
  earlierFetches: 0,
};

/** A frame of the tab as the panel has it. */
export interface FrameState {
  /** The browser's id of the frame in its tab; 0 is the top frame. */
  readonly frame: number;
  readonly url: string;
  /** Observations that the panel has of it. */
  readonly taken: number;
  /** Observations that it made meanwhile and that are not shown. */
  readonly held: number;
  readonly paused: boolean;
}

/** An observation of a document that is to go from the trace, with all that refers to it. */
export interface TakenBack {
  readonly documentId: DocumentId;
  readonly of: Seq;
}

export interface FeedListener {
  /** Observations of one document, in `seq` order, each exactly once over the feed's life. */
  observations(batch: readonly Observation[]): void;
  /** Observations of a frame that is paused: they come again, as `observations`, when it goes on. */
  withheld?(batch: readonly Observation[]): void;
  /** What was given twice after all: each with what refers to it. Never said of what is not there. */
  takenBack?(places: readonly TakenBack[]): void;
  state(state: FeedState): void;
  outOfSight(counts: OutOfSight): void;
  /**
   * The top document of the tab was replaced (not by bfcache restore): what preserve log = off clears on. What the
   * documents `staying` have said is of the new page: it may speak before the tab says that it is there.
   */
  navigated(url: string, staying: readonly DocumentId[]): void;
  /** Somebody has cleared the tab without this panel. */
  cleared(): void;
}

export interface Feed {
  start(listener: FeedListener): void;
  /** Stops the view and not the ring: what happens meanwhile comes with `resume`, as far as the ring holds it. */
  pause(): void;
  resume(): void;
  /** The frames of the tab that are there now, the top frame first. */
  frames(): readonly FrameState[];
  /** Stops the view of one frame, whatever documents it shows, and not its ring. */
  pauseFrame(frame: number): void;
  /** What the frame said meanwhile comes now, as far as its ring or the flight recorder holds it. */
  resumeFrame(frame: number): void;
  /**
   * Nobody on the way keeps what was said so far. Gives how far each document is: its later words come still, and may
   * bring with them earlier ones that they refer to.
   */
  clear(): Readonly<Record<DocumentId, Seq>>;
  /** What went by and is no chat, as the browser's own record has it now. Absent where nobody tells. */
  passedBy?(): Promise<PassedBy>;
  /** Loads the inspected page anew. Absent where that cannot be done. */
  reloadPage?(): void;
  /** Opens a page of the extension that asks the person for access to sites. */
  askPermission(): void;
  close(): void;
}

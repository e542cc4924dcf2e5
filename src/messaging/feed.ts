/** What the panel asks of the way from the page: observations in order, each exactly once, and the state of the way. */
import type { Observation } from '../observation/observation.ts';

/** Why the way is as it is, in words that the view turns into sentences. */
export type FeedState =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'live' }
  | { readonly phase: 'paused' }
  /** The extension was reloaded or updated: the page must be reloaded to go on. */
  | { readonly phase: 'invalidated' }
  /** The person has taken back the access to all sites, and this page is not allowed by itself. */
  | { readonly phase: 'no-permission' };

/** What the hook cannot see, counted. */
export interface OutOfSight {
  readonly workers: number;
  readonly popups: number;
  /** Documents of the tab that had loaded before the extension came. */
  readonly unhookedFrames: number;
}

export interface FeedListener {
  /** Observations of one document, in `seq` order, each exactly once over the feed's life. */
  observations(batch: readonly Observation[]): void;
  state(state: FeedState): void;
  outOfSight(counts: OutOfSight): void;
  /** The top document of the tab was replaced (not by bfcache restore): what preserve log = off clears on. */
  navigated(url: string): void;
}

export interface Feed {
  start(listener: FeedListener): void;
  /** Stops the view and not the ring: what happens meanwhile comes with `resume`, as far as the ring holds it. */
  pause(): void;
  resume(): void;
  /** Opens a page of the extension that asks the person for access to sites. */
  askPermission(): void;
  close(): void;
}

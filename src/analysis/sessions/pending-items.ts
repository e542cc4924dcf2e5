/** What a session has begun and not finished. */
import type { ExchangeId, RowIndex } from '../api/analysis.ts';

/** How many open things (typing parties, forms, channels, polls) one session may have: hostile traffic opens endlessly. */
export const OPEN_LIMIT = 1_000;

/** Typing that goes on for longer, in milliseconds, was not finished. */
export const TYPING_LIMIT = 60_000;
/** A session whose last poll ended so long ago, in milliseconds, has stopped polling. */
export const STALL_AFTER = 20_000;
/** A client may send its next poll up to this long, in milliseconds, before the server sees the aborted one close. */
export const OVERLAP_ALLOWED = 100;

/** Typing that nothing has closed yet. */
export interface OpenTyping {
  /** Who types: see `typistOf`. */
  readonly typist: number;
  readonly row: RowIndex;
  readonly wallTime: number;
}

export interface OpenForm {
  readonly row: RowIndex;
  /** When its time is over; infinite where it has none. */
  readonly deadline: number;
  readonly timeout: string | number;
}

/** Two polls in flight whose overlap is not judged yet. */
export interface PollOverlap {
  readonly older: ExchangeId;
  readonly newer: ExchangeId;
  readonly since: number;
  /** When the newer one ended, where it ended first. */
  until: number | null;
}

/** Shared by all sessions that have none: what is not there is then not looked for in a session's own memory. */
export const NO_TYPING: readonly OpenTyping[] = [];
export const NO_OVERLAPS: readonly PollOverlap[] = [];

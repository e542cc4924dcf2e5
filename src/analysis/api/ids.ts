/** The words that every question to the analysis is put in: positions, directions, kinds, parties. */

/** Position of a chat event in the trace, from 0: what the panel calls `data-seq` and the command line `seq`. */
export type EventSeq = number;
/** Position of a row in the timeline, from 0. Rows are only ever appended. */
export type RowIndex = number;
/** Position of an observation in the trace, from 0 (arrival order). */
export type ObservationIndex = number;

export type Direction = 'in' | 'out';
export type Transport = 'xhr' | 'fetch' | 'websocket' | 'eventsource' | 'beacon' | 'http';

/**
 * A row of the timeline.
 * `event`: a chat event (has an EventSeq). `replay`: an event that `/history` replays. `exchange`: a request or an
 * answer that carries no event of its own (Request Chat, an empty poll, an error answer, a body that does not parse).
 * `frame`: a frame or stream event that is no chat event (binary, cut off, not JSON, "not an event").
 * `socket`: a connection opened or closed. `document`: a document began, was restored, is gone. `gap`: what is lost.
 * `page-error`: an exception of the page. `annotation`: a person's note.
 */
export type RowKind =
  | 'event'
  | 'replay'
  | 'exchange'
  | 'frame'
  | 'socket'
  | 'document'
  | 'gap'
  | 'page-error'
  | 'annotation';

/** Position of an exchange (request, socket or stream) in the trace, from 0. */
export type ExchangeId = number;

export interface PartyView {
  readonly id: string;
  readonly name: string;
  /** `customer`, `unknown`, or one of the protocol's own kinds. */
  readonly kind: string;
  /** The kind in a word for people. */
  readonly label: string;
  /** A party that is no person and acts without joining, such as a bot. */
  readonly automatic: boolean;
  readonly present: boolean;
  /** False for a party that acts without having joined. */
  readonly joined: boolean;
}

/** Sessions of one chat that the user joined, by the names of their origins. */
export interface SessionJoin {
  readonly chatId: string;
  readonly origins: readonly string[];
}

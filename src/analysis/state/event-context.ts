/** A chat event on its way through the trackers and the rules. */
import type { JsonObject } from '../../text/json-object.ts';
import type { Direction, RowIndex } from '../api/analysis.ts';
import type { Session } from '../sessions/session.ts';
import type { Carrier } from '../tables/wire-message.ts';
import type { EventKind } from './event-types.ts';

/** What rules know of an event: nothing that they could change. */
export interface JudgedEvent {
  readonly event: JsonObject;
  readonly kind: EventKind;
  readonly direction: Direction;
  readonly row: RowIndex;
  /** Null where the event names none. */
  readonly partyId: string | null;
}

/** An element of a message that is an event. */
export interface EventElement {
  readonly event: JsonObject;
  /** What the event's name says. */
  readonly kind: EventKind;
  /** Slice of the message's text. */
  readonly start: number;
  readonly end: number;
  /** Deeper than the limit of JSON: what lies below was not read. */
  readonly tooDeep: boolean;
}

/** All that is known of an event; one object for each, made when it is met. */
export interface EventContext extends JudgedEvent {
  /** The message that it came in, its own bytes and times. */
  readonly carrier: Carrier;
  readonly element: EventElement;
  /** Number of the party's id, or NONE. */
  readonly party: number;
  /** The message's, until the event has told of another. */
  session: Session;
  /** NONE until it has one. */
  row: RowIndex;
}

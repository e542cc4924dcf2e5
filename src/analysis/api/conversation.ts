/** A conversation as a view shows it: what was said, by whom, and what became of it. */
import type { Fate } from './fate.ts';
import type { Direction, EventSeq, PartyView, RowIndex } from './ids.ts';

/** Where in the trace something happened. */
export interface EventMark {
  readonly row: RowIndex;
  readonly seq: EventSeq | null;
  /** Unix epoch milliseconds. */
  readonly wallTime: number;
}

interface Said extends EventMark {
  /** `out` for the customer, also where the server repeats the customer's words. */
  readonly direction: Direction;
  readonly partyId: string | null;
  /** The party's name where it is known, else its id, else ''. Hostile text, as all texts here. */
  readonly party: string;
}

/** A message or a file, once, with what became of it. */
export interface MessageEntry extends Said {
  readonly kind: 'message' | 'file';
  readonly msgId: string | null;
  /** As it stands after all edits; of a file its name, address or id. */
  readonly text: string;
  /** True where the text is longer than what is given here. */
  readonly cut: boolean;
  /** What the event calls the file; null for a message. */
  readonly fileType: string | null;
  /** Oldest first, each with the text that it replaced. */
  readonly edits: readonly (EventMark & { readonly before: string })[];
  readonly deleted: EventMark | null;
  /** The first mark that says so. */
  readonly delivered: EventMark | null;
  readonly read: EventMark | null;
  /** Rows with the same message again: redelivered, echoed, or in the history. */
  readonly copies: readonly RowIndex[];
  /** What became of what the page sent, by the last time that it sent it; null for what the server says. */
  readonly fate: Fate | null;
  /** True where only the history has it. */
  readonly replayed: boolean;
}

export interface FormEntry extends Said {
  readonly kind: 'form';
  /** '' for the form of free text. */
  readonly name: string;
  readonly secure: boolean;
  readonly answered: EventMark | null;
  readonly cancelled: EventMark | null;
}

/** What happened to the session: a state, a party that came or left, an end, a loss. */
export interface NoticeEntry extends EventMark {
  readonly kind: 'notice';
  readonly direction: Direction | null;
  readonly text: string;
}

export type ConversationEntry = MessageEntry | FormEntry | NoticeEntry;

/** A session as its people saw it, in the order of the trace. */
export interface ConversationView {
  readonly session: string;
  readonly parties: readonly PartyView[];
  readonly entries: readonly ConversationEntry[];
}

/**
 * The language between the hook (page's world) and the relay (extension's world), and the names by which they meet.
 * What the page can reach of it is harmless: it can read a copy of its own traffic and ask for it again.
 */
import type { SettableCaps } from '../observation/caps.ts';
import type { DocumentId, Observation, Seq } from '../observation/observation.ts';

/**
 * Dispatched on `document.fonts`: the only target of a document that outlives `document.open()`. An offer's data is the
 * secret name of the event that the relay listens to, alone or with a command behind a space.
 */
export const OFFER = 'chat-inspector:offer';
export const HELLO = 'chat-inspector:hello';

type Unstamped<T> = T extends Observation ? Omit<T, 'documentId' | 'frame' | 'source'> : never;
/** An observation on its way: document, frame and source are said once for a batch. */
export type TravellingObservation = Unstamped<Observation>;

/** Some observations of a document in a row, as one text from the hook to whoever needs to look into them. */
export interface Batch {
  readonly documentId: DocumentId;
  /** How many observations the document has made so far: what is at stake if it dies now. */
  readonly total: Seq;
  /** The first that it accounts for, and the one that comes after it. */
  readonly from: Seq;
  readonly next: Seq;
  /** The observations as a JSON array. */
  readonly text: string;
}

/** How the hook says a batch: a line that says where it stands, then its text. `last`: the document is going away. */
export function encodeBatch(
  last: boolean,
  documentId: DocumentId,
  total: Seq,
  from: Seq,
  next: Seq,
  text: string,
): string {
  return `${last ? 'last' : 'more'} ${documentId} ${total} ${from} ${next}\n${text}`;
}

/**
 * `live`: a panel watches, so post within a frame's time. `lazy`: only the flight recorder listens.
 * `quiet`: nobody does; keep the ring and say nothing.
 */
export type Pace = 'live' | 'lazy' | 'quiet';

/**
 * Commands to the hook are strings of a letter and a value, because a string has no prototype that the page could
 * have prepared: `p` pace, `a` acknowledged (everything before that seq), `r` resume from a seq, `s` settings, `c` caps.
 */
export type Command =
  | { readonly type: 'pace'; readonly pace: Pace }
  | { readonly type: 'acknowledge'; readonly next: Seq }
  | { readonly type: 'resume'; readonly from: Seq }
  | { readonly type: 'settings'; readonly patterns: readonly string[]; readonly marks: readonly string[] }
  | ({ readonly type: 'caps' } & Pick<
      SettableCaps,
      'body' | 'ringObservations' | 'ringBytes' | 'recorderTabBytes'
    >);

export function encodeCommand(command: Command): string {
  switch (command.type) {
    case 'pace':
      return `p${command.pace}`;
    case 'acknowledge':
      return `a${command.next}`;
    case 'resume':
      return `r${command.from}`;
    case 'settings':
      // Two lists of lines: neither a pattern nor a mark holds a line break.
      return `s${command.patterns.join('\n')}\n\n${command.marks.join('\n')}`;
    case 'caps':
      return `c${command.body}\n${command.ringObservations}\n${command.ringBytes}\n${command.recorderTabBytes}`;
  }
}

/**
 * The language between the hook (page's world) and the relay (extension's world), and the names by which they meet.
 * No secret goes over it: a page that owns the channel can read a copy of its own traffic, ask for it again, and ask
 * about a URL or text that it already knows whether a pattern or mark of the user's fits.
 */
import type { SettableCaps } from '../observation/caps.ts';
import type { DocumentId, Seq, UnstampedObservation } from '../observation/observation.ts';

/**
 * Dispatched on `document.fonts`: the only target of a document that outlives `document.open()`. An offer's data is the
 * secret name of the event that the relay listens to, alone or with a command behind a space.
 */
export const OFFER = 'chat-inspector:offer';
export const HELLO = 'chat-inspector:hello';

/** An observation on its way: document, frame, source and origin are said once for a batch, by those who know them. */
export type TravellingObservation = UnstampedObservation & {
  /** Only a person's wish for all traffic let it in: the flight recorder leaves it out, and no trace has this member. */
  readonly nonChat?: true;
};

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
 * have prepared: `p` pace, `a` acknowledged (everything before that seq), `r` resume from a seq, `f` forget everything before that seq,
 * `s` flags of the settings, `c` caps. The hook takes the last three only from the link that met it at its start.
 */
export type Command =
  | { readonly type: 'pace'; readonly pace: Pace }
  | { readonly type: 'acknowledge'; readonly next: Seq }
  | { readonly type: 'resume'; readonly from: Seq }
  /** The ring drops what a person has cleared; who asks for it is told a gap that counts nothing. */
  | { readonly type: 'forget'; readonly before: Seq }
  | {
      readonly type: 'settings';
      readonly asksUrls: boolean;
      readonly asksTexts: boolean;
      readonly everything: boolean;
    }
  | ({ readonly type: 'caps' } & CapsCommand);

/** Those of the limits that hold in the page. */
export type CapsCommand = Pick<SettableCaps, 'body' | 'ringObservations' | 'ringBytes' | 'recorderTabBytes'>;

export function encodeCommand(command: Command): string {
  switch (command.type) {
    case 'pace':
      return `p${command.pace}`;
    case 'acknowledge':
      return `a${command.next}`;
    case 'resume':
      return `r${command.from}`;
    case 'forget':
      return `f${command.before}`;
    case 'settings':
      return `s${command.asksUrls ? 'u' : ''}${command.asksTexts ? 't' : ''}${command.everything ? 'e' : ''}`;
    case 'caps':
      return `c${JSON.stringify(capsOf(command))}`;
  }
}

function capsOf({ body, ringObservations, ringBytes, recorderTabBytes }: CapsCommand): CapsCommand {
  return { body, ringObservations, ringBytes, recorderTabBytes };
}

const QUESTIONS = ['url', 'text', 'subprotocol', 'heartbeat', 'handshake', 'acknowledgement'] as const;

/**
 * What the hook asks the relay, by a cancelable event that is prevented where the answer is yes: whether a pattern of
 * the user's fits a URL, or a mark of theirs stands in a text; whether the name of a subprotocol is a known one; whether
 * a message that is no chat is that part of its framing.
 */
export interface Question {
  readonly about: (typeof QUESTIONS)[number];
  readonly said: string;
}

/** Null for what is no question. */
export function parseQuestion(given: unknown): Question | null {
  if (typeof given !== 'string') return null;
  const space = given.indexOf(' ');
  const about = QUESTIONS.find((each) => each === given.slice(0, space));
  return about ? { about, said: given.slice(space + 1) } : null;
}

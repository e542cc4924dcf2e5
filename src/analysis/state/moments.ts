/**
 * What trackers notice and rules judge. A moment holds what was, what is and the event or exchange between them; it is
 * made when the session has been taken on, so that a rule has nothing left to change. Only what a rule may have something to say
 * about is noticed: an ordinary event makes none.
 */
import type { ChatProtocol, ErrorMeaning, Operation } from '../../protocol/chat-protocol.ts';
import type { JsonObject } from '../../text/json-object.ts';
import type { ExchangeId, JsonPath, RowIndex } from '../api/analysis.ts';
import type { Fate } from '../api/fate.ts';
import type { SentMessage } from '../sessions/sent-message.ts';
import type { SessionEnd } from '../sessions/session.ts';
import type { Step } from '../sessions/step.ts';
import type { NewFinding } from '../tables/finding-table.ts';
import type { JudgedEvent } from './event-context.ts';

/** What rules know of a session beside what a moment says. */
export interface JudgedSession {
  readonly index: number;
  readonly protocol: ChatProtocol;
  /** What is missing here may stand in the session of another origin. */
  readonly mayLack: boolean;
}

interface OfSession {
  readonly session: JudgedSession;
}

interface OfEvent extends OfSession {
  readonly on: JudgedEvent;
}

/** An event that was there before, in another message. Nothing else is noticed of it. */
interface Redelivered extends OfEvent {
  readonly what: 'redelivered';
  readonly earlier: RowIndex;
  /** Null for an event that is told by its bytes. */
  readonly messageId: string | null;
}

/** The id of a message came again, with other content. */
interface MessageIdAgain extends OfEvent {
  readonly what: 'message id again';
  readonly messageId: string;
  readonly earlier: RowIndex;
  readonly before: JsonObject;
  /** The server gives back what the client said. */
  readonly echo: boolean;
}

/** A timestamp before the latest of its channel. */
interface EarlierTime extends OfEvent {
  readonly what: 'earlier time';
  /** Unix milliseconds, as the latest. */
  readonly at: number;
  readonly latest: number;
  readonly latestRow: RowIndex;
}

/** An event after its session had ended, unless it reports an end that may follow the one before. */
interface EventAfterEnd extends OfEvent {
  readonly what: 'event after end';
  readonly end: SessionEnd;
}

/** An event of the server's about a party that was not simply there. */
interface PartySeen extends OfEvent {
  readonly what: 'party seen';
  /** Before the event. `known`: also where a gap lies between. */
  readonly was: 'known' | 'present' | 'left';
  readonly name: string;
  /** Nobody had told of the party, though somebody should have. */
  readonly unknown: boolean;
}

/** The client sent a form's data. */
interface FormAnswered extends OfEvent {
  readonly what: 'form answered';
  readonly form: string;
  /** The server had asked for the form where that would have been seen. */
  readonly asked: boolean;
}

/** The server ended the session for inactivity that it had warned of. */
interface EndedAfterWarning extends OfEvent {
  readonly what: 'ended after warning';
  readonly warning: RowIndex;
  readonly acted: boolean;
  readonly ended: boolean;
}

/** A session took a step, as an event or an answer reported. */
interface Stepped extends OfSession {
  readonly what: 'stepped';
  readonly step: Step;
  readonly row: RowIndex;
  /** Where the state stands. */
  readonly path: JsonPath;
}

interface FormUnanswered extends OfSession {
  readonly what: 'form unanswered';
  readonly form: string;
  readonly row: RowIndex;
  /** Why nobody waits for the answer any more. */
  readonly when: string;
  /** The row of the session's end. */
  readonly endedBy: RowIndex | null;
}

interface TypingUnfinished extends OfSession {
  readonly what: 'typing unfinished';
  readonly row: RowIndex;
  /** How long it could have been finished, in milliseconds; null where the trace ended before. */
  readonly limit: number | null;
}

interface PolledAfterEnd extends OfSession {
  readonly what: 'polled after end';
  readonly poll: ExchangeId;
  readonly end: SessionEnd;
  /** How many polls of the session were sent after its end, this one counted. */
  readonly count: number;
}

interface PollAborted extends OfSession {
  readonly what: 'poll aborted';
  readonly poll: ExchangeId;
  /** How long it was in flight, in milliseconds. */
  readonly lasted: number;
}

/** Two polls were in flight at once, and it is settled for how long. */
interface PollsOverlapped extends OfSession {
  readonly what: 'polls overlapped';
  readonly newer: ExchangeId;
  /** First row of the older one, or NONE. */
  readonly olderRow: RowIndex;
  /** In milliseconds. */
  readonly lasted: number;
  /** The page or its document gave the older one up. */
  readonly gaveUp: boolean;
}

/** No poll followed the last one in time. */
interface PollingStopped extends OfSession {
  readonly what: 'polling stopped';
  readonly poll: ExchangeId;
  /** In milliseconds. */
  readonly idle: number;
}

/** An answer that says no: by its status, or by its body. */
export interface ErrorAnswer {
  readonly exchange: ExchangeId;
  readonly protocol: ChatProtocol;
  readonly operation: Operation;
  /** Null where answers have none, as on a socket. */
  readonly status: number | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly row: RowIndex;
}

interface AnsweredWithError {
  readonly what: 'answered with error';
  readonly session: JudgedSession | undefined;
  readonly answer: ErrorAnswer;
  readonly meaning: ErrorMeaning;
  /** The session had ended before. */
  readonly ended: boolean;
  /** What its code means; null where nobody says. */
  readonly words: string | null;
  /** Rows of the messages that it refuses. */
  readonly messages: readonly RowIndex[];
}

/** What the page sent of what people say did certainly not arrive. */
interface MessageLost {
  readonly what: 'message lost';
  readonly session: JudgedSession | undefined;
  readonly message: Pick<SentMessage, 'row' | 'words' | 'attempt'>;
  readonly way: Omit<Fate, 'attempts'>;
  /** Rows of each time that it was sent, this one last. */
  readonly attempts: readonly RowIndex[];
}

/** A socket or stream ended while its session, of which there were events, had not. */
interface ConnectionClosed extends OfSession {
  readonly what: 'connection closed';
  readonly exchange: ExchangeId;
  readonly row: RowIndex;
  readonly how: Closing;
}

/** A stream ended before its last message was closed by a blank line. */
interface EventUnfinished extends OfSession {
  readonly what: 'event unfinished';
  /** The first row of the message. */
  readonly row: RowIndex;
}

export type Closing = { readonly code: number; readonly reason: string } | 'broke off';

export type Moment =
  | Redelivered
  | MessageIdAgain
  | EarlierTime
  | EventAfterEnd
  | PartySeen
  | FormAnswered
  | EndedAfterWarning
  | Stepped
  | FormUnanswered
  | TypingUnfinished
  | PolledAfterEnd
  | PollAborted
  | PollsOverlapped
  | PollingStopped
  | AnsweredWithError
  | ConnectionClosed
  | MessageLost
  | EventUnfinished;

export type What = Moment['what'];
export type MomentOf<Subject extends What> = Extract<Moment, { readonly what: Subject }>;

/** What a rule says of a moment; null for nothing. It returns findings and does nothing else. */
export type Check = {
  [Subject in What]: {
    readonly rule: string;
    readonly of: Subject;
    /** On what a session lacks: withdrawn where another origin may have it. */
    readonly ofLack?: true;
    judge(moment: MomentOf<Subject>): Said | null;
  };
}[What];

export type Said = Omit<NewFinding, 'rule'>;

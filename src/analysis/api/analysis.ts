/**
 * The face of the analysis: what views, the command line and exports may ask of a trace.
 * Pure and incremental: observations in, rows, events, sessions and findings out. The same trace gives the same
 * answer whether its observations come one by one or all at once.
 */
import type { FramingTells } from '../../framing/layer.ts';
import type { Doubt, Observation, Source } from '../../observation/observation.ts';
import type { ChatProtocol, SessionModel } from '../../protocol/chat-protocol.ts';
import type { Evidence, JsonPath, Severity } from '../../protocol/declaration.ts';
import type { ConversationView } from './conversation.ts';
import type { RowFacts } from './facts.ts';
import type { Fate, FateKind } from './fate.ts';
import type {
  Direction,
  EventSeq,
  ExchangeId,
  ObservationIndex,
  PartyView,
  RowIndex,
  RowKind,
  SessionJoin,
  Transport,
} from './ids.ts';

export type { FramingTells } from '../../framing/layer.ts';
export type {
  ConversationEntry,
  ConversationView,
  EventMark,
  FormEntry,
  MessageEntry,
  NoticeEntry,
} from './conversation.ts';
export type { RowFacts, Topic } from './facts.ts';
export type { Fate, FateKind } from './fate.ts';
export type {
  Direction,
  EventSeq,
  ExchangeId,
  ObservationIndex,
  PartyView,
  RowIndex,
  RowKind,
  SessionJoin,
  Transport,
} from './ids.ts';
export type { Evidence, JsonPath, Severity };

/** Everything a timeline row shows, made on demand for the rows on screen. Strings are plain, hostile text. */
export interface RowView {
  readonly index: RowIndex;
  readonly kind: RowKind;
  /** The chat event's position, or null for rows that are no chat event. */
  readonly seq: EventSeq | null;
  /** Unix epoch milliseconds. */
  readonly wallTime: number;
  readonly direction: Direction | null;
  readonly transport: Transport | null;
  /** Who saw it. */
  readonly source: Source;
  /** The event's name, or what the row is: 'poll', 'Request Chat', 'socket open', 'document', 'gap'. */
  readonly event: string;
  readonly session: string | null;
  /** The session's letter, in order of appearance; null where there is no session to show. */
  readonly letter: string | null;
  /** Id of the protocol whose traffic it is; null for what is none. */
  readonly protocol: string | null;
  /** The party's name where it is known, else its id, else ''. */
  readonly party: string;
  /** One line in words: "agent joined", "queued, about 2 min to wait". */
  readonly summary: string;
  /** Milliseconds from the request to its answer's end, also of a held poll; null where there is none, or not yet. */
  readonly took: number | null;
  /** Bytes of the event (of its own JSON text inside its carrier). */
  readonly size: number;
  /**
   * The origin of its document, by the browser's own word: 'null' for an opaque one, null where nobody said it.
   */
  readonly origin: string | null;
  /** True for what a service worker answered, and not the network, as far as the browser tells. */
  readonly served: boolean;
  /** The worst severity of the row's findings that stand, or null. */
  readonly severity: Severity | null;
  readonly truncated: boolean;
  /** What became of what the page sent; null for any other row. */
  readonly fate: Fate | null;
  /** A person's flag on it. */
  readonly flag: { readonly number: number; readonly text: string } | null;
}

/** A person's flag on a row: the trace has it as an `annotation`. */
export interface FlagView {
  readonly row: RowIndex;
  /** From 1, in the order of the rows. */
  readonly number: number;
  /** One line, '' where nothing was written. */
  readonly text: string;
  /** Of the row, Unix epoch milliseconds. */
  readonly wallTime: number;
  /** What the row is of, and which of its rows it is, from 0. */
  readonly observation: ObservationIndex;
  readonly event: number;
}

/** Where an event's bytes are: the observation that carries them, and the slice of its text. */
export interface Carrier {
  readonly observation: ObservationIndex;
  /** The carrier's bytes exactly as received (whole body or frame). */
  readonly text: string;
  readonly encoding: 'text' | 'base64' | 'none';
  /** [start, end) of the event's own text in `text`; the whole text for a lone event; null where unknown. */
  readonly slice: readonly [number, number] | null;
  /** Of an event under framings or wrappers the members that lead to it; null for one that stands as it is. */
  readonly path: JsonPath | null;
}

/** A field of the chosen event, for the decoded view. */
export interface DecodedField {
  readonly path: JsonPath;
  /** The value as it came (hostile). */
  readonly value: unknown;
  /** 'string', 'number', 'boolean', 'null', 'object', 'array' as it came. */
  readonly type: string;
  /** For a person: local time, duration, the party's name …; null where the value speaks for itself. */
  readonly readable: string | null;
  /** What the documents say of the field; null for an unknown field. */
  readonly meaning: string | null;
  readonly documentedType: string | null;
  readonly evidence: Evidence | null;
  readonly source: string | null;
  readonly sensitive: boolean;
  /** 'present', or a documented field that is absent ('missing' when required, 'absent' when optional). */
  readonly presence: 'present' | 'missing' | 'absent';
  readonly findings: readonly Finding[];
  readonly children: readonly DecodedField[];
}

export interface DecodedEvent {
  readonly name: string;
  /** Human title and meaning from the protocol; null for an unknown event. */
  readonly title: string | null;
  readonly meaning: string | null;
  readonly evidence: Evidence | null;
  readonly source: string | null;
  readonly fields: readonly DecodedField[];
}

/** The framings of a message, the outermost first, and what they tell beside the event. */
export interface MessageLayers {
  readonly framings: readonly string[];
  readonly tells: readonly FramingTells[];
}

/** A request with its answer, for the Exchange tab. For sockets and streams: the connection. */
export interface ExchangeView {
  readonly id: ExchangeId;
  readonly kind: 'http' | 'socket' | 'stream';
  /** What the protocol calls it: 'poll', 'Request Chat', 'post events', 'history' …, or 'relay' for unknown paths. */
  readonly operation: string;
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: readonly (readonly [string, string])[];
  readonly requestBody: string | null;
  readonly status: number | null;
  readonly statusText: string;
  readonly responseHeaders: readonly (readonly [string, string])[];
  readonly answer: string | null;
  /** 'pending' | 'done' | 'aborted' | 'failed' | 'open' | 'closed' */
  readonly outcome: 'pending' | 'done' | 'aborted' | 'failed' | 'open' | 'closed';
  readonly startedAt: number;
  /** Milliseconds, or null while it runs. */
  readonly duration: number | null;
  /** Rows of the events of the same request or answer (for sockets: nothing beyond the row's own frame's events). */
  readonly siblings: readonly RowIndex[];
  /** Who saw it; with a doubt where DevTools saw what the hook may have seen too. */
  readonly source: Source;
  readonly doubt: Doubt | null;
  /** The origin of the document that asked; see `RowView`. */
  readonly origin: string | null;
  /** True where a service worker answered, and not the network, as far as the browser tells. */
  readonly served: boolean;
  readonly note: string | null;
  /** Of an event under framings what they are and tell; null for one that stands as it is. */
  readonly layers: MessageLayers | null;
}

export interface Finding {
  /** Stable number of this finding in the analysis, from 0. */
  readonly id: number;
  readonly rule: string;
  readonly severity: Severity;
  readonly evidence: Evidence;
  /** The chat event it points at, or null. */
  readonly seq: EventSeq | null;
  /** The row it points at (event, replay, exchange, frame …), or null. */
  readonly row: RowIndex | null;
  /** The event's name, or null. */
  readonly event: string | null;
  readonly session: string | null;
  /** Id of the protocol whose traffic it is about. */
  readonly protocol: string;
  /** From the event, or from the body's root where there is no event. */
  readonly path: JsonPath;
  /** Parameters of the sentence: expected, actual, … as text. */
  readonly params: Readonly<Record<string, string | number>>;
  /** The exchange it is about, or null; `frame` is the message's position on its socket or stream, from 0. */
  readonly exchange: ExchangeId | null;
  readonly frame: number | null;
  /** Related event rows (the earlier one of a redelivery …). */
  readonly related: readonly RowIndex[];
}

/** How many findings stand of one rule at one severity. */
export interface FindingGroup {
  readonly rule: string;
  readonly severity: Severity;
  readonly count: number;
}

/** One step a session took: from → to, at an event, and whether the model has it. */
export interface StepView {
  readonly from: string | null;
  readonly to: string;
  readonly row: RowIndex;
  readonly seq: EventSeq | null;
  readonly wallTime: number;
  readonly allowed: boolean;
  /** What the model allows from `from`; given for steps that it does not have. */
  readonly expected: readonly string[];
}

export interface SessionView {
  readonly id: string;
  /** A, B, … Z, AA in order of appearance; that of a session that became part of another one stays free. */
  readonly letter: string;
  /** Null where no chat id is known: `id` is then made from the connection. */
  readonly chatId: string | null;
  /** Id of the protocol. */
  readonly protocol: string;
  readonly state: string;
  readonly live: boolean;
  readonly eventCount: number;
  /** Of the documents that carried it, by the browser's own word; null stands for those of which nobody said it. */
  readonly origins: readonly (string | null)[];
  /** Sessions of the same chat id in other origins, by their ids: at most 32. */
  readonly sameChat: readonly string[];
  /** True where another origin had a session of this chat id before: what is missing here is no finding. */
  readonly second: boolean;
  /** Unix epoch ms of its first and last row. */
  readonly startedAt: number;
  readonly lastAt: number;
  readonly transports: readonly Transport[];
  readonly parties: readonly PartyView[];
}

/** The machine of one session as it stood after a row (or now). */
export interface MachineView {
  readonly session: string;
  /** The model of the session's protocol. */
  readonly model: SessionModel;
  readonly current: string;
  readonly steps: readonly StepView[];
  /** Milliseconds spent in each state so far, by state. */
  readonly dwell: Readonly<Record<string, number>>;
  /** Count of each transition taken, keyed `from→to`. */
  readonly counts: Readonly<Record<string, number>>;
}

/** How a session agrees with the model: an optimal alignment of the states it was in with those the model has. */
export interface Conformance {
  /** How many moves disagree; 0 when the session follows the model. */
  readonly cost: number;
  readonly moves: readonly {
    /** `unexpected`: the model has no step to the state here. `missing`: the model goes through it, the session did not. */
    readonly kind: 'synchronous' | 'unexpected' | 'missing';
    readonly state: string;
    /** The row that told the state, or before which a missing one was expected; null behind the last. */
    readonly row: RowIndex | null;
    readonly seq: EventSeq | null;
  }[];
}

export interface Totals {
  readonly observations: number;
  readonly rows: number;
  readonly events: number;
  readonly sessions: number;
  /** Standing errors and warnings. */
  readonly problems: number;
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  /** Observations known to be lost. */
  readonly dropped: number;
}

/** What the user set about what is chat and where it stands in messages. */
export interface ReadingRules {
  /** Parts of URLs, `*` for any text. */
  readonly patterns: readonly string[];
  /** Paths, such as `payload` or `data[0]`. */
  readonly wrappers: readonly string[];
}

/** An exchange by which the server can say something at any moment: a poll, a socket, an event stream. */
export interface Listening {
  readonly kind: 'poll' | 'socket' | 'stream';
  /** Id of its session; null while none is known, and for a connection of several. */
  readonly session: string | null;
  /** Unix epoch milliseconds; `to` is null while it is open. */
  readonly from: number;
  readonly to: number | null;
}

/** What the last `add` changed, so that a view touches only that. Cleared by the next `add`. */
export interface Change {
  /** Rows appended: [from, to). */
  readonly rows: readonly [RowIndex, RowIndex];
  /** Earlier rows whose mark, party or truncation changed. */
  readonly touched: readonly RowIndex[];
  /** Findings appended or withdrawn. */
  readonly findings: boolean;
  readonly sessions: boolean;
}

export interface Analysis {
  /** Takes the next observations of the trace, in trace order. Never throws for any content. */
  add(observations: readonly Observation[]): Change;
  /** The explicit end of the trace: rules about what did not happen are judged. May be called once. */
  end(): Change;
  /** Whose traffic the trace may hold. */
  readonly protocols: readonly ChatProtocol[];
  /** Sets a person's flag on a row, or another text on it; null takes it away. It changes nothing that is judged. */
  flag(row: RowIndex, text: string | null): Change;
  /** In the order of the rows. */
  flags(): readonly FlagView[];
  /** True for an annotation of the trace that became a flag: who writes the trace writes the flags in its place. */
  isFlag(annotation: ObservationIndex): boolean;
  readonly totals: Totals;
  /** How many origins of documents were said. */
  readonly originCount: number;
  /** The trace itself, in arrival order. */
  observation(index: ObservationIndex): Observation | undefined;
  row(index: RowIndex): RowView;
  rowOfEvent(seq: EventSeq): RowIndex | undefined;
  /** The text a filter searches in (lower case): event, direction, transport, session, party, summary and the event's bytes. */
  rowMatches(index: RowIndex, needle: string): boolean;
  /** Single facts of rows, each without the cost of the others. */
  readonly facts: RowFacts;
  carrier(index: RowIndex): Carrier | null;
  /** Parsed on demand; null for rows that hold no JSON object. */
  decoded(index: RowIndex): DecodedEvent | null;
  exchangeOfRow(index: RowIndex): ExchangeView | null;
  /** How many exchanges have begun: their ids are 0 to one less. */
  readonly exchangeCount: number;
  /** When events could come by an exchange; null for one by which none can: a call that only sends or asks once. */
  listening(exchange: ExchangeId): Listening | null;
  findingsOfRow(index: RowIndex): readonly Finding[];
  /** Standing findings of at least this severity (all when omitted), in the order they were made. */
  findings(atLeast?: Severity): readonly Finding[];
  /** All standing findings in the same order, each made when it is asked for: a long trace has millions of notes. */
  eachFinding(): Iterable<Finding>;
  /** The standing findings counted by rule and severity, in the order in which each first came. Costs nothing to ask. */
  findingGroups(): readonly FindingGroup[];
  /** The first `limit` standing findings of a rule at a severity. */
  findingsOfRule(rule: string, severity: Severity, limit: number): readonly Finding[];
  sessions(): readonly SessionView[];
  /** The latest of them, at most `limit`, in the same order: a hostile trace has very many. */
  latestSessions(limit: number): readonly SessionView[];
  /** What the user set about reading, as it was given: kept with the trace, it gives the same answers again. */
  readonly reading: ReadingRules;
  /** What the user joined, as it was given: kept with the trace, it gives the same answers again. */
  readonly joins: readonly SessionJoin[];
  /**
   * The join of two sessions of one chat id, as data: an analysis that is made with it has them as one session. Null
   * where they are not of one chat, or are one already.
   */
  joinSessions(one: string, other: string): SessionJoin | null;
  session(id: string): SessionView | undefined;
  /** The machine as it stood just after `upTo` (a row of any session), or now when omitted. */
  machine(session: string, upTo?: RowIndex): MachineView | null;
  /** Where and how the session left the model, as cheaply as possible; null for a session that is not there. */
  conformance(session: string): Conformance | null;
  /** What became of the messages, files and answers to forms that the page sent, counted by fate; each once. */
  fates(): Readonly<Partial<Record<FateKind, number>>>;
  /** What was said in the session; null for a session that is not there. Reads all rows: ask once a drawing. */
  conversation(session: string): ConversationView | null;
}

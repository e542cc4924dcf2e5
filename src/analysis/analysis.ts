/**
 * The face of the analysis: what views, the command line and exports may ask of a trace.
 * Pure and incremental: observations in, rows, events, sessions and findings out. The same trace gives the same
 * answer whether its observations come one by one or all at once.
 */
import type { Doubt, Observation, Source } from '../observation/observation.ts';
import type { Evidence, JsonPath, Severity } from '../protocol/declaration.ts';
import type { ConversationView } from './conversation-entry.ts';

export type {
  ConversationEntry,
  ConversationView,
  EventMark,
  FormEntry,
  MessageEntry,
  NoticeEntry,
} from './conversation-entry.ts';
export type { Evidence, JsonPath, Severity };

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
  /** The party's name where it is known, else its id, else ''. */
  readonly party: string;
  /** One line in words: "agent joined", "queued, about 2 min to wait". */
  readonly summary: string;
  /** Bytes of the event (of its own JSON text inside its carrier). */
  readonly size: number;
  /** The worst severity of the row's findings that stand, or null. */
  readonly severity: Severity | null;
  readonly truncated: boolean;
}

/** Where an event's bytes are: the observation that carries them, and the slice of its text. */
export interface Carrier {
  readonly observation: ObservationIndex;
  /** The carrier's bytes exactly as received (whole body or frame). */
  readonly text: string;
  readonly encoding: 'text' | 'base64' | 'none';
  /** [start, end) of the event's own text in `text`; the whole text for a lone event; null where unknown. */
  readonly slice: readonly [number, number] | null;
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
  readonly note: string | null;
}

/** Position of an exchange (request, socket or stream) in the trace, from 0. */
export type ExchangeId = number;

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

export interface PartyView {
  readonly id: string;
  readonly name: string;
  readonly kind: 'customer' | 'internal' | 'external' | 'scenario' | 'msteams' | 'unknown';
  readonly present: boolean;
  /** False for a scenario party that acts without having joined. */
  readonly joined: boolean;
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
  /** Null where no chat id is known: `id` is then made from the connection. */
  readonly chatId: string | null;
  readonly state: string;
  readonly live: boolean;
  readonly eventCount: number;
  /** Unix epoch ms of its first and last row. */
  readonly startedAt: number;
  readonly lastAt: number;
  readonly transports: readonly Transport[];
  readonly parties: readonly PartyView[];
}

/** The machine of one session as it stood after a row (or now). */
export interface MachineView {
  readonly session: string;
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
  readonly totals: Totals;
  /** The trace itself, in arrival order. */
  observation(index: ObservationIndex): Observation | undefined;
  row(index: RowIndex): RowView;
  rowOfEvent(seq: EventSeq): RowIndex | undefined;
  /** The text a filter searches in (lower case): event, direction, transport, session, party, summary and the event's bytes. */
  rowMatches(index: RowIndex, needle: string): boolean;
  carrier(index: RowIndex): Carrier | null;
  /** Parsed on demand; null for rows that hold no JSON object. */
  decoded(index: RowIndex): DecodedEvent | null;
  exchangeOfRow(index: RowIndex): ExchangeView | null;
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
  session(id: string): SessionView | undefined;
  /** The machine as it stood just after `upTo` (a row of any session), or now when omitted. */
  machine(session: string, upTo?: RowIndex): MachineView | null;
  /** Where and how the session left the model, as cheaply as possible; null for a session that is not there. */
  conformance(session: string): Conformance | null;
  /** What was said in the session; null for a session that is not there. Reads all rows: ask once a drawing. */
  conversation(session: string): ConversationView | null;
}

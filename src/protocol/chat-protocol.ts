/** What the analysis, the views and the command line ask of a chat protocol. Bright Pattern is the first one. */
import type {
  EventDeclaration,
  Evidence,
  FieldDeclaration,
  JsonPath,
  Severity,
  SourceRef,
} from './declaration.ts';

/** What a request is for. `relay` is any other path on which the bytes turned out to be chat. */
export type Operation =
  | 'availability'
  | 'parameters'
  | 'configuration'
  | 'request-chat'
  | 'active-chat'
  | 'poll'
  | 'post-events'
  | 'history'
  | 'upload'
  | 'download'
  | 'profile-photo'
  | 'chat-icon'
  | 'ice-servers'
  | 'request-sms'
  | 'notifications'
  | 'case-history'
  | 'close-case'
  | 'version'
  | 'relay';

/** How many numbers endpoints may have. */
export const ENDPOINT_NUMBERS = 8_193;

/** What a method and a path mean in the protocol. */
export interface Endpoint {
  /**
   * Below `ENDPOINT_NUMBERS`, and the same whenever the call is met again: a place where things can be kept for it.
   * Others may have the same number in time.
   */
  readonly number: number;
  readonly operation: Operation;
  /** The documents' name of the call: "Request Chat", "Get New Chat Events" … */
  readonly title: string;
  readonly apiVersion: 'v1' | 'v2';
  /** From the path; null where the call has none. */
  readonly chatId: string | null;
  readonly tenantUrlRequired: boolean;
  /** Value of `tenantUrl` in the query; null when absent. */
  readonly tenantUrl: string | null;
  /** Whether JSON is expected of the request body and of the answer. */
  readonly jsonRequest: boolean;
  readonly jsonAnswer: boolean;
}

/** A fault of one event, body or header, by itself. Becomes a finding once it has a place in the trace. */
export interface SchemaIssue {
  readonly rule: string;
  readonly severity: Severity;
  readonly evidence: Evidence;
  readonly path: JsonPath;
  /** Values for the rule's sentence: field, expected, actual, nearest … always short, plain text. */
  readonly params: Readonly<Record<string, string | number>>;
}

/** A fault as far as it is counted. */
export type EventFault = Pick<SchemaIssue, 'rule' | 'severity'>;

/** Judges one event of the name that it was made for. Never throws. */
export type EventJudge = (event: Readonly<Record<string, unknown>>) => readonly EventFault[];

export interface ErrorCode {
  readonly code: string;
  readonly message: string;
  readonly meaning: string;
  readonly evidence: Evidence;
  readonly source: SourceRef;
}

export interface ModelState {
  readonly id: string;
  readonly title: string;
  readonly meaning: string;
  readonly kind: 'unknown' | 'live' | 'end';
  readonly evidence: Evidence;
  readonly source: SourceRef;
  /** Place in the drawing, in a unit grid (column, row); laid out by hand. */
  readonly at: readonly [column: number, row: number];
}

export interface ModelTransition {
  readonly from: string;
  readonly to: string;
  /** What causes it, in the protocol's terms: 'status', 'chat_session_ended', 'inactivity', '5005' … */
  readonly trigger: string;
  readonly meaning: string;
  readonly evidence: Evidence;
}

/** The session model as data. The pseudo state `unknown` is where a session starts whose status was never seen. */
export interface SessionModel {
  readonly states: readonly ModelState[];
  readonly transitions: readonly ModelTransition[];
  readonly initial: string;
  /** True if the model has the step. */
  allows(from: string, to: string): boolean;
  /** States that the model allows from `from`, in declaration order. */
  next(from: string): readonly string[];
  isEnd(state: string): boolean;
}

export interface ChatProtocol {
  readonly id: string;
  readonly title: string;
  readonly events: readonly EventDeclaration[];
  readonly errorCodes: readonly ErrorCode[];
  readonly model: SessionModel;
  /** Null for a URL that is not of this protocol. Never throws, whatever the URL. */
  endpoint(method: string, url: string): Endpoint | null;
  /** True for a name that is declared, documented or not, the documented typo included. */
  knowsEvent(name: string): boolean;
  /** True where a text with this event name looks like this protocol's traffic (prefixes), even if the name is unknown. */
  looksLikeEvent(name: string): boolean;
  /** The declaration for a direction: 'in' is from the server. Falls back to the other direction's declaration. */
  declaration(name: string, direction: 'in' | 'out'): EventDeclaration | undefined;
  /** The name the analysis goes on with: the documented typo gives the right spelling. */
  canonicalName(name: string): string;
  /** Every schema and client fault of one event object (an object with a string `event`). Never throws. */
  validateEvent(event: Readonly<Record<string, unknown>>, direction: 'in' | 'out'): readonly SchemaIssue[];
  /** For events of one name: the faults of `validateEvent` in the same order, without their details, as each comes. */
  eventJudge(name: string, direction: 'in' | 'out'): EventJudge;
  /** Every fault of a body that is no list of events: Request Chat and its answer, active chat, availability, error bodies, upload … */
  validateBody(operation: Operation, role: 'request' | 'answer', body: unknown): readonly SchemaIssue[];
  /** Declared fields of such a body, for the decoded view; null where nothing is declared. */
  bodyFields(operation: Operation, role: 'request' | 'answer' | 'error'): readonly FieldDeclaration[] | null;
  /** Faults of the Authorization header and of a missing tenantUrl. `authorization` null: the header is not in the file. */
  validateRequest(endpoint: Endpoint, authorization: string | null): readonly SchemaIssue[];
  /** A wire timestamp (seconds or milliseconds, string or number) as Unix milliseconds; null where it is no time. */
  timestamp(value: unknown): number | null;
  errorCode(code: string): ErrorCode | undefined;
}

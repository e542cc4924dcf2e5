/** What the analysis, the views and the command line ask of a chat protocol. */
import type { JsonObject } from '../text/json-object.ts';
import type { EventDeclaration, Evidence, FieldDeclaration, SourceRef } from './declaration.ts';
import type { EventFields, EventType, FieldPaths } from './event-type.ts';
import type { RuleWords } from './rule.ts';
import type { SchemaIssue } from './schema-issue.ts';
import type { SummaryTemplate } from './summary-template.ts';

/** How many numbers endpoints may have. */
export const ENDPOINT_NUMBERS = 8_193;

/** What a call is for: beginning a chat, asking for new events, sending events, replaying earlier ones, anything else. */
export type OperationRole = 'begin' | 'poll' | 'send' | 'history' | 'other';

/** A call of the API. One object stands for all requests of the call. */
export interface Operation {
  /** Id of the protocol. */
  readonly protocol: string;
  readonly id: string;
  readonly role: OperationRole;
  /** The documents' name of the call. */
  readonly title: string;
  /** Whether JSON is expected of the request body and of the answer. */
  readonly jsonRequest: boolean;
  readonly jsonAnswer: boolean;
}

/** What a method and a URL mean in the protocol. */
export interface Endpoint {
  /**
   * Below `ENDPOINT_NUMBERS`, and the same whenever the call is met again: a place where things can be kept for it.
   * Others may have the same number in time.
   */
  readonly number: number;
  readonly operation: Operation;
  /** From the URL; null where the call has none. */
  readonly chatId: string | null;
  /** What is wrong with the URL by itself. */
  readonly issues: readonly SchemaIssue[];
}

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
  /** An end after which servers are known to go on: what follows is a warning and no error. */
  readonly lenient?: true;
  readonly evidence: Evidence;
  readonly source: SourceRef;
  /** Place in the drawing, in a unit grid (column, row); laid out by hand. */
  readonly at: readonly [column: number, row: number];
}

export interface ModelTransition {
  readonly from: string;
  readonly to: string;
  /** What causes it, in the protocol's terms: an event, a field, an error code … */
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
  /** True for an end after which servers are known to go on. */
  isLenient(state: string): boolean;
}

/** How events stand in a message: names of members. */
export interface Envelope {
  /** The name of the event, in each event. */
  readonly type: string;
  /** The list of events, in an object around them. */
  readonly list: string;
  /** The time of the event, in each event. */
  readonly time: string;
}

/** Requests and answers on one connection that are paired by an id, where an answer does not name itself. */
export interface Pairing {
  /** The id of a request that waits for an answer; null for any other message. */
  request(message: JsonObject): string | null;
  /** The id of the request that a message answers; null for any other message. */
  answer(message: JsonObject): string | null;
  /** The name under which answers to requests of that name are declared. */
  answerName(request: string): string;
  /** What a request of that name is for. */
  operation(request: string): Operation;
}

/** Who takes part. The kinds `customer` and `unknown` are every protocol's. */
export interface PartyKinds {
  /** The protocol's own kinds, each in a word for people. */
  readonly words: ReadonlyMap<string, string>;
  /** Kinds of those that serve the customer: parties that act before the first of them has joined are automatic. */
  readonly agents: ReadonlySet<string>;
  /** The kind of an automatic party, which acts without joining. */
  readonly automatic: string;
  /** True where the customer's own party has the id of the chat. */
  readonly customerHasChatId: boolean;
}

/** What bodies say that are no list of events. */
export interface BodyReaders {
  /** The chat that an answer names. */
  chatId(body: JsonObject): string | null;
  /** The state that an answer reports. */
  reportedState(body: JsonObject): string | null;
  isError(body: JsonObject): boolean;
  errorCode(body: JsonObject): string | null;
  errorMessage(body: JsonObject): string | null;
  /** What an answer says of the session, in one line; '' where it says nothing. */
  summary(body: JsonObject): string;
  /** The message that a request brings along. */
  firstMessage(operation: Operation, body: JsonObject): JsonObject | null;
}

/** `gone`: the server no longer knows the session. `ordinary`: nothing is wrong. */
export type ErrorMeaning = 'gone' | 'ordinary' | 'error';

export interface ChatProtocol {
  readonly id: string;
  readonly title: string;
  /** What nearly all names of events begin with; '' where they do not. */
  readonly namePrefix: string;
  readonly events: readonly EventDeclaration[];
  readonly errorCodes: readonly ErrorCode[];
  readonly model: SessionModel;
  /** The end that a session is in which the server no longer knows. */
  readonly goneState: string;
  readonly envelope: Envelope;
  /** Null where each message stands for itself. */
  readonly pairing: Pairing | null;
  readonly parties: PartyKinds;
  /** Of an event of any type. */
  readonly fields: EventFields;
  readonly paths: FieldPaths;
  readonly bodies: BodyReaders;
  /** The rules in this protocol's own words, where it has some. */
  readonly ruleWords: readonly RuleWords[];
  /** Null for a URL that is not of this protocol. Never throws, whatever the URL. */
  endpoint(method: string, url: string): Endpoint | null;
  /** What is known of events of that name, which need not be declared. */
  eventType(name: string): EventType;
  /** How names of events begin: a text without any of them holds none. */
  readonly nameBeginnings: readonly string[];
  /** True for a text that starts as an event of this protocol does, whole or not. */
  beginsLikeEvent(text: string): boolean;
  /** How events of exactly that name are told; null where nothing particular is said of them. */
  summary(name: string): SummaryTemplate | null;
  /** The declaration for a direction: 'in' is from the server. Falls back to the other direction's declaration. */
  declaration(name: string, direction: 'in' | 'out'): EventDeclaration | undefined;
  /** Every schema and client fault of one event object. Never throws. `name`: for events that do not name themselves. */
  validateEvent(event: JsonObject, direction: 'in' | 'out', name?: string): readonly SchemaIssue[];
  /** Every fault of a body that is no list of events. */
  validateBody(operation: Operation, role: 'request' | 'answer', body: unknown): readonly SchemaIssue[];
  /** Declared fields of such a body, for the decoded view; null where nothing is declared. */
  bodyFields(operation: Operation, role: 'request' | 'answer' | 'error'): readonly FieldDeclaration[] | null;
  /** Faults of a request's head. `authorization` null: the header is not in the file. */
  validateRequest(endpoint: Endpoint, authorization: string | null): readonly SchemaIssue[];
  /**
   * Words of the protocol's own addresses, headers and values, by which nobody can be told: redaction leaves them. None
   * where it is left out.
   */
  readonly publicWords?: ReadonlySet<string>;
  /** The declared fields of all bodies that are no list of events, for redaction. None where it is left out. */
  declaredBodies?(): readonly FieldDeclaration[];
  /** A wire timestamp as Unix milliseconds; null where it is no time. */
  timestamp(value: unknown): number | null;
  errorCode(code: string): ErrorCode | undefined;
  /** What an error answer says of its session, by the answer's status, if it has one, and the code in its body. */
  errorMeaning(operation: Operation, status: number | null, code: string | null): ErrorMeaning;
}

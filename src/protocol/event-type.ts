/**
 * What an event's name says by itself: the part that the event plays in a session, how its fields are read, and how it
 * is judged. The analysis asks for it once a name.
 */
import type { JsonObject } from '../text/json-object.ts';
import type { JsonPath } from './declaration.ts';
import type { EventJudge } from './schema-issue.ts';

export type Role =
  | 'status'
  | 'ended'
  | 'inactivity-timeout'
  | 'timeout-warning'
  | 'joined'
  | 'left'
  | 'message'
  | 'message-edited'
  | 'message-deleted'
  | 'message-delivered'
  | 'message-read'
  | 'typing'
  | 'not-typing'
  | 'file'
  | 'form-show'
  | 'form-data'
  | 'form-cancel'
  /** The client asks for a session of its own on this connection; the answer says which it is. */
  | 'opening'
  /** The client leaves the conversation or ends the session. */
  | 'client-end'
  | 'other';

export interface EventType {
  /** The name that the analysis goes on with: a known misprint put right. */
  readonly canonical: string;
  readonly role: Role;
  /** Traffic with this event is chat of this protocol, whatever path it is on. */
  readonly showsChat: boolean;
  readonly fields: EventFields;
  /** The state that such an event reports; null for a type that reports none. */
  readonly reportedState: ((event: JsonObject) => string | null) | null;
  /** A form whose answer the agent must not see. */
  readonly secure: boolean;
  /** Of such an event from the server and from the client. */
  readonly judge: { readonly in: EventJudge; readonly out: EventJudge };
}

/**
 * Readers of an event's fields, all for any object: what is not there, or is no such value, is null. A protocol writes
 * each as one function that reads the members by their own names, and makes those that differ from type to type of the
 * same function: then engines can put every reader in line where it is called.
 */
export interface EventFields {
  /** The party that the event is about. */
  party(event: JsonObject): string | null;
  /** The same with the names that other servers gave the field: for people, not for rules. */
  author(event: JsonObject): string | null;
  /** The chat that the event names. */
  chatId(event: JsonObject): string | null;
  messageId(event: JsonObject): string | null;
  /** The earlier message that the event refers to. */
  messageReference(event: JsonObject): string | null;
  /** When it happened, as it came; `ChatProtocol.timestamp` reads it. */
  timestamp(event: JsonObject): unknown;
  /** What a message says, as it came. */
  content(event: JsonObject): unknown;
  /** What a message says, as a person reads it; '' where it says nothing. */
  text(event: JsonObject): string;
  /** Name, else address, else id of a file; '' where it has none. */
  fileTitle(event: JsonObject): string;
  fileType(event: JsonObject): string | null;
  fileUrl(event: JsonObject): string | null;
  /** Ties a form to its answer. */
  formId(event: JsonObject): string | null;
  /** The same with the names that other clients gave the field: for people, not for rules. */
  formReference(event: JsonObject): string | null;
  formName(event: JsonObject): string | null;
  /** How long a form may be answered, in seconds, as text. */
  formSeconds(event: JsonObject): string | null;
  /** False where data for a form says that the client cannot show it. */
  answersForm(event: JsonObject): boolean;
  /** One of the protocol's kinds of parties. */
  partyKind(event: JsonObject): string | null;
  /** The party's name; '' where the event has none. */
  partyName(event: JsonObject): string;
}

/** Where the fields stand that findings point at. */
export interface FieldPaths {
  readonly type: JsonPath;
  readonly state: JsonPath;
  readonly party: JsonPath;
  readonly messageId: JsonPath;
  readonly timestamp: JsonPath;
  readonly formId: JsonPath;
}

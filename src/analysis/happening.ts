/** A chat event on its way through the rules, and the part it plays in a session. */
import type { Direction, RowIndex } from './analysis.ts';
import type { Session } from './session.ts';

export type Role =
  | 'status'
  | 'ended'
  | 'inactivity-timeout'
  | 'timeout-warning'
  | 'joined'
  | 'left'
  | 'message'
  | 'typing'
  | 'not-typing'
  | 'file'
  | 'form-show'
  | 'form-data'
  | 'form-cancel'
  | 'client-end'
  | 'other';

const ROLES: ReadonlyMap<string, Role> = new Map([
  ['chat_session_status', 'status'],
  ['chat_session_ended', 'ended'],
  ['chat_session_inactivity_timeout', 'inactivity-timeout'],
  ['chat_session_timeout_warning', 'timeout-warning'],
  ['chat_session_party_joined', 'joined'],
  ['chat_session_party_left', 'left'],
  ['chat_session_message', 'message'],
  ['chat_session_typing', 'typing'],
  ['chat_session_not_typing', 'not-typing'],
  ['chat_session_file', 'file'],
  ['chat_session_file_url', 'file'],
  ['chat_session_form_show', 'form-show'],
  ['chat_session_secure_form_show', 'form-show'],
  ['chat_session_form_data', 'form-data'],
  ['chat_session_secure_form_data', 'form-data'],
  ['chat_session_form_submit', 'form-data'],
  ['chat_session_secure_form_cancel', 'form-cancel'],
  ['chat_form_data_cancel', 'form-cancel'],
  ['chat_session_end', 'client-end'],
  ['chat_session_disconnect', 'client-end'],
]);

export const roleOf = (name: string): Role => ROLES.get(name) ?? 'other';

export type EventObject = Readonly<Record<string, unknown>>;

export interface Happening {
  readonly event: EventObject;
  /** With the documented typo put right. */
  readonly name: string;
  readonly role: Role;
  readonly direction: Direction;
  readonly session: Session;
  readonly row: RowIndex;
  readonly wallTime: number;
  /** What its timestamps are ordered in: a poll sequence, a socket, a stream. Null where nothing orders them. */
  readonly channel: number | null;
  /** Null where the event names none. */
  readonly partyId: string | null;
  /** Number of that id, or NONE. */
  readonly party: number;
  /** The event's own bytes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * A field as text: a non-empty string, or a number. Parsed JSON inherits nothing that is a string or a number, its own
 * `__proto__` included, so the read needs no second look-up.
 */
export function textField(event: EventObject, name: string): string | null {
  return textOf(event[name]);
}

/** The same of a field that was read by its own name, which engines do faster. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' ? String(value) : null;
}

/** The party an event is about; older servers write `session_id` in file events. */
export function partyOf(event: EventObject, role: Role): string | null {
  return textOf(event.party_id) ?? (role === 'file' ? textOf(event.session_id) : null);
}

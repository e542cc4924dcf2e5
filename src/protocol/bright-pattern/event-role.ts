/** The parts that the events play in a session. */
import type { Role } from '../event-type.ts';

const ROLES: ReadonlyMap<string, Role> = new Map([
  ['chat_session_status', 'status'],
  ['chat_session_ended', 'ended'],
  ['chat_session_inactivity_timeout', 'inactivity-timeout'],
  ['chat_session_timeout_warning', 'timeout-warning'],
  ['chat_session_party_joined', 'joined'],
  ['chat_session_party_left', 'left'],
  ['chat_session_message', 'message'],
  ['chat_session_message_edit', 'message-edited'],
  ['chat_session_message_delete', 'message-deleted'],
  ['chat_session_message_delivered', 'message-delivered'],
  ['chat_session_message_read', 'message-read'],
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

/**
 * The marks by which traffic of this protocol is told from everything else. They go into the page with the hook, so this file
 * imports nothing and stays small. Hosts are white-labelled: what counts is the path, or the bytes.
 */

/** Parts of a URL's path. Doubled slashes come after them (`…/v1//iceservers`). */
export const PATHS: readonly string[] = ['/clientweb/api/v1/', '/clientweb/api/v2/', '/clientweb/file/'];

/** Every event's name, of lower-case letters and `_`, and who says it, as the protocol declares it. */
export const EVENTS: Readonly<Record<string, 'client' | 'server' | 'both'>> = {
  chat_form_data_cancel: 'client',
  chat_session_case_set: 'server',
  chat_session_cobrowsing_ended: 'client',
  chat_session_cobrowsing_rejected: 'client',
  chat_session_cobrowsing_requested: 'server',
  chat_session_cobrowsing_started: 'client',
  chat_session_disconnect: 'client',
  chat_session_end: 'client',
  chat_session_ended: 'server',
  chat_session_file: 'both',
  chat_session_file_url: 'server',
  chat_session_form_data: 'client',
  chat_session_form_show: 'server',
  chat_session_form_submit: 'both',
  chat_session_inactivity_timeout: 'server',
  chat_session_info: 'server',
  chat_session_location: 'both',
  chat_session_message: 'both',
  chat_session_message_delete: 'server',
  chat_session_message_delivered: 'both',
  chat_session_message_edit: 'server',
  chat_session_message_read: 'both',
  chat_session_navigation: 'client',
  chat_session_not_typing: 'both',
  chat_session_party_joined: 'server',
  chat_session_party_left: 'server',
  chat_session_secure_form_cancel: 'both',
  chat_session_secure_form_data: 'client',
  chat_session_secure_form_show: 'server',
  chat_session_signaling: 'both',
  chat_session_status: 'server',
  chat_session_timeout_warning: 'server',
  chat_session_typing: 'both',
};

/** What the names begin with: found first, because finding is what the page pays for. */
export const BEGINNINGS: readonly string[] = ['chat_'];

/** Values in an Authorization header that are no secret, in lower case: without them its form cannot be judged. */
export const PLAIN_WORDS: readonly string[] = ['', 'webchat'];

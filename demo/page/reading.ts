/**
 * Reading chat events out of whatever a transport delivered. The server uses the same function to know how many
 * events the page will have read at a point of the script.
 */

export interface ChatEvent {
  readonly event: string;
  readonly [field: string]: unknown;
}

/** The names of stream events that the page listens for: an EventSource gives no others. */
export const STREAM_NAMES: readonly string[] = [
  'chat',
  'chat_session_status',
  'chat_session_party_joined',
  'chat_session_party_left',
  'chat_session_message',
  'chat_session_typing',
  'chat_session_not_typing',
  'chat_session_form_show',
  'chat_session_timeout_warning',
  'chat_session_inactivity_timeout',
  'chat_session_signaling',
  'chat_session_file',
  'chat_session_ended',
];

/** The events in a body, frame or stream event: a lone event, an array or an envelope. Empty where it is none of these. */
export function readEvents(text: string): readonly ChatEvent[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [];
  }
  return eventsOf(value);
}

/** The events in parsed JSON. */
export function eventsOf(value: unknown): readonly ChatEvent[] {
  if (Array.isArray(value)) return value.filter(isEvent);
  if (isEvent(value)) return [value];
  if (typeof value === 'object' && value !== null && 'events' in value && Array.isArray(value.events)) {
    return value.events.filter(isEvent);
  }
  return [];
}

function isEvent(value: unknown): value is ChatEvent {
  return typeof value === 'object' && value !== null && 'event' in value && typeof value.event === 'string';
}

/** A field as text, empty where it is missing or no string. */
export function textOf(event: ChatEvent, field: string): string {
  const value = event[field];
  return typeof value === 'string' ? value : '';
}

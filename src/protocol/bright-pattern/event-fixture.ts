/** Events as servers send them, for tests: the wire's form, with made-up values. */

const AGENT = '11111111-AAAA-4BBB-8CCC-222222222222';
const NOW = '1614718748';

export type WireEvent = Readonly<Record<string, unknown>> & { readonly event: string };

/** The twelve events of the vendor's "Server Events", as they run on the wire. */
export const serverEvents: readonly WireEvent[] = [
  { event: 'chat_session_status', state: 'queued', ewt: '30' },
  { event: 'chat_session_ended' },
  {
    event: 'chat_session_party_joined',
    party_id: AGENT,
    first_name: 'Ann',
    last_name: 'Example',
    display_name: 'Ann',
    type: 'internal',
    timestamp: NOW,
  },
  { event: 'chat_session_party_left', party_id: AGENT, timestamp: NOW },
  { event: 'chat_session_message', party_id: AGENT, msg_id: '2', msg: 'Hello', timestamp: NOW },
  { event: 'chat_session_typing', party_id: AGENT },
  { event: 'chat_session_not_typing', party_id: AGENT },
  { event: 'chat_session_form_show', form_request_id: '7', form_name: 'survey', form_timeout: '60' },
  { event: 'chat_session_timeout_warning', msg: 'Still there?', timestamp: NOW },
  { event: 'chat_session_inactivity_timeout', msg: 'Goodbye', timestamp: NOW },
  { event: 'chat_session_signaling', msg_id: '4', party_id: AGENT, data: { type: 'END_CALL' } },
  {
    event: 'chat_session_file',
    party_id: AGENT,
    msg_id: '6',
    file_id: 'f-1',
    file_type: 'image',
    timestamp: NOW,
  },
];

/** One of the twelve, with fields changed; `undefined` takes a field away. */
export function serverEvent(name: string, changed: Readonly<Record<string, unknown>> = {}): WireEvent {
  const found = serverEvents.find((each) => each.event === name);
  if (!found) throw new Error(`no such event among the twelve: ${name}`);
  const entries = Object.entries({ ...found, ...changed }).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(entries), event: name };
}

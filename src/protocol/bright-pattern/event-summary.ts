/** How each event is told in one line. */
import { shortened } from '../../text/humanize.ts';
import { type JsonObject, textField } from '../../text/json-object.ts';
import type { SummaryTemplate } from '../summary-template.ts';
import { stateAndWait } from './body-fields.ts';
import { partyKinds } from './party-kind.ts';

/** The template for events of exactly that name; null for all others, of which only the message is told. */
export function summaryOf(name: string): SummaryTemplate | null {
  const template = TEMPLATES.get(name);
  if (template === undefined) return null;
  const party = (event: JsonObject, known: string) => shortened(text(event, 'display_name') || known);
  return { ...template, say: (event, known) => template.say(event, party(event, known)) };
}

const text = (event: JsonObject, name: string): string => textField(event, name) ?? '';

const message = (event: JsonObject): string => shortened(text(event, 'msg_text') || text(event, 'msg'));

const simple = (words: string): SummaryTemplate => ({
  words,
  say: (_event, party) => (party ? `${party} ${words}` : words),
});

const TEMPLATES: ReadonlyMap<string, SummaryTemplate> = new Map<string, SummaryTemplate>([
  [
    'chat_session_status',
    {
      words: ', about min h s to wait',
      numbers: true,
      say: (event) => stateAndWait(shortened(text(event, 'state')), event),
    },
  ],
  ['chat_session_ended', { words: 'session ended', say: () => 'session ended' }],
  [
    'chat_session_party_joined',
    {
      words: 'joined (agent) (external) (scenario) (MS Teams) party',
      say: (event, party) => {
        const kind = partyKinds.words.get(text(event, 'type')) ?? text(event, 'type');
        return `${party || 'party'} joined${kind ? ` (${shortened(kind)})` : ''}`;
      },
    },
  ],
  ['chat_session_party_left', { words: 'party left', say: (_event, party) => `${party || 'party'} left` }],
  ['chat_session_message', { words: '', say: message }],
  [
    'chat_session_message_edit',
    {
      words: 'message edited to',
      say: (event) => `message ${text(event, 'ref_msg_id')} edited to: ${message(event)}`,
    },
  ],
  [
    'chat_session_message_delete',
    { words: 'message deleted', say: (event) => `message ${text(event, 'ref_msg_id')} deleted` },
  ],
  [
    'chat_session_message_delivered',
    { words: 'message delivered', say: (event) => `message ${text(event, 'ref_msg_id')} delivered` },
  ],
  [
    'chat_session_message_read',
    { words: 'message read', say: (event) => `message ${text(event, 'ref_msg_id')} read` },
  ],
  [
    'chat_session_typing',
    {
      words: 'types is typing: ',
      say: (event, party) => {
        const who = party ? `${party} is typing` : 'typing';
        const preview = message(event);
        return preview === '' ? who : `${who}: ${preview}`;
      },
    },
  ],
  ['chat_session_not_typing', simple('stopped typing')],
  [
    'chat_session_form_show',
    {
      words: 'form shown free text',
      say: (event) => `form shown: ${shortened(text(event, 'form_name')) || 'free text'}`,
    },
  ],
  ['chat_session_secure_form_show', { words: 'secure form shown', say: () => 'secure form shown' }],
  [
    'chat_session_form_data',
    {
      words: 'form answered',
      say: (event) => `form answered: ${shortened(text(event, 'form_name')) || 'free text'}`,
    },
  ],
  ['chat_session_secure_form_data', { words: 'secure form answered', say: () => 'secure form answered' }],
  ['chat_session_secure_form_cancel', { words: 'form cancelled', say: () => 'form cancelled' }],
  ['chat_form_data_cancel', { words: 'form cancelled', say: () => 'form cancelled' }],
  [
    'chat_session_timeout_warning',
    { words: 'inactivity warning', say: (event) => labelled('inactivity warning', message(event)) },
  ],
  [
    'chat_session_inactivity_timeout',
    { words: 'ended: inactivity', say: (event) => labelled('ended by inactivity', message(event)) },
  ],
  [
    'chat_session_file',
    {
      words: 'file image attachment',
      say: (event) =>
        `${text(event, 'file_type') || 'file'}: ${shortened(text(event, 'file_name') || text(event, 'file_id'))}`,
    },
  ],
  [
    'chat_session_file_url',
    { words: 'file', say: (event) => labelled('file', shortened(text(event, 'file_url'))) },
  ],
  [
    'chat_session_location',
    {
      words: 'location',
      say: (event) =>
        `location ${shortened(text(event, 'latitude'))}, ${shortened(text(event, 'longitude'))}`,
    },
  ],
  [
    'chat_session_navigation',
    {
      words: 'visits page',
      say: (event) => `visits ${shortened(text(event, 'title') || text(event, 'page'))}`,
    },
  ],
  ['chat_session_end', { words: 'client ends the session', say: () => 'client ends the session' }],
  [
    'chat_session_disconnect',
    { words: 'client leaves the conversation', say: () => 'client leaves the conversation' },
  ],
  [
    'chat_session_signaling',
    {
      words: 'signaling',
      say: (event) => {
        const { data } = event;
        const type = typeof data === 'object' && data !== null && 'type' in data ? data.type : '';
        return labelled('signaling', typeof type === 'string' ? shortened(type) : '');
      },
    },
  ],
  [
    'chat_session_case_set',
    {
      words: 'case set to removed',
      say: (event) => (text(event, 'case_id') ? `case ${text(event, 'case_id')}` : 'case removed'),
    },
  ],
]);

function labelled(label: string, more: string): string {
  return more === '' ? label : `${label}: ${more}`;
}

/** One line in words for a row: what happened, for a person who scans the timeline. */
import type { RowIndex } from './analysis.ts';
import { type EventObject, textField } from './happening.ts';
import { eventOfRow, ownText } from './row-text.ts';
import { partyName, sessionOfRow } from './row-view.ts';
import type { TraceState } from './trace-state.ts';
import { shortened, waitInWords } from './words.ts';

export function summaryOfRow(state: TraceState, row: RowIndex): string {
  const { rows } = state;
  switch (rows.kind(row)) {
    case 'event':
    case 'replay': {
      const event = eventOfRow(state, row);
      if (event === null) return '';
      const name = state.protocol.canonicalName(rows.name(row));
      const template = TEMPLATES.get(name);
      return template === undefined ? otherEvent(event) : template.say(event, partyOfRow(state, row, event));
    }
    case 'exchange':
      return exchangeInWords(state, row);
    default:
      return plainInWords(state, row);
  }
}

/**
 * Which words of a filter's text must be in an event's own bytes (or names) for its summary to hold the text: those
 * that its template does not add. Null when the template adds none of them: then the bytes alone decide.
 */
export function wordsNotOfTemplate(name: string, words: readonly string[]): readonly string[] | null {
  const template = TEMPLATES.get(name);
  if (template === undefined) return null;
  const added = template.words.toLowerCase();
  const isAdded = (word: string) =>
    word === '' || added.includes(word) || (template.numbers === true && /\d/.test(word));
  return words.some(isAdded) ? words.filter((word) => !isAdded(word)) : null;
}

interface Template {
  /** All words that the template may add to what is in the event itself. */
  readonly words: string;
  /** True where it also adds numbers that it works out. */
  readonly numbers?: true;
  readonly say: (event: EventObject, party: string) => string;
}

const text = (event: EventObject, name: string): string => textField(event, name) ?? '';

const message = (event: EventObject): string => shortened(text(event, 'msg_text') || text(event, 'msg'));

const simple = (words: string): Template => ({
  words,
  say: (_event, party) => (party ? `${party} ${words}` : words),
});

const KIND_WORDS: ReadonlyMap<string, string> = new Map([
  ['internal', 'agent'],
  ['external', 'external'],
  ['scenario', 'scenario'],
  ['msteams', 'MS Teams'],
]);

const TEMPLATES: ReadonlyMap<string, Template> = new Map<string, Template>([
  [
    'chat_session_status',
    {
      words: ', about min h s to wait',
      numbers: true,
      say: (event) => {
        const state = shortened(text(event, 'state'));
        const wait = waitInWords(text(event, 'ewt'));
        return wait === '' ? state : `${state}, about ${wait} to wait`;
      },
    },
  ],
  ['chat_session_ended', { words: 'session ended', say: () => 'session ended' }],
  [
    'chat_session_party_joined',
    {
      words: 'joined (agent) (external) (scenario) (MS Teams) party',
      say: (event, party) => {
        const kind = KIND_WORDS.get(text(event, 'type')) ?? text(event, 'type');
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

function otherEvent(event: EventObject): string {
  return message(event);
}

function labelled(label: string, more: string): string {
  return more === '' ? label : `${label}: ${more}`;
}

function partyOfRow(state: TraceState, row: RowIndex, event: EventObject): string {
  const own = text(event, 'display_name');
  return shortened(own || partyName(state, row));
}

function exchangeInWords(state: TraceState, row: RowIndex): string {
  const { rows, exchanges, observations, protocol } = state;
  if (rows.direction(row) === 'out') return 'request';
  const exchange = rows.exchange(row);
  const response = observations[exchanges.response(exchange)];
  const outcome = exchanges.outcome(exchange);
  if (outcome === 'aborted') return 'given up by the page';
  if (outcome === 'failed') return 'failed';
  const status = response?.kind === 'response' ? response.status : 0;
  const body = eventOfRow(state, row);
  const code = body === null ? '' : text(body, 'error_code');
  if (code !== '') {
    const known = protocol.errorCode(code)?.message ?? text(body ?? {}, 'error_message');
    return shortened(`${status || ''} ${code} ${known}`.trim());
  }
  if (status >= 400) return `${status} ${response?.kind === 'response' ? response.statusText : ''}`.trim();
  const told = body === null ? '' : text(body, 'state');
  if (told !== '') {
    const wait = waitInWords(text(body ?? {}, 'ewt'));
    return shortened(wait === '' ? told : `${told}, about ${wait} to wait`);
  }
  const session = sessionOfRow(state, row);
  if (exchanges.operation(exchange) === 'poll')
    return ownText(state, row) === '' ? 'empty answer' : 'no new events';
  return session === undefined && status === 0 ? '' : `${status || ''}`.trim();
}

function plainInWords(state: TraceState, row: RowIndex): string {
  const observation = state.observations[state.rows.observation(row)];
  switch (observation?.kind) {
    case 'document':
      return shortened(observation.url);
    case 'gap':
      return `${observation.count} observations lost (${observation.reason})`;
    case 'page-error':
      return shortened(observation.message);
    case 'annotation':
      return shortened(observation.text);
    case 'socket-open':
      return shortened(observation.url);
    case 'socket-close':
      return `code ${observation.code}${observation.reason ? `: ${shortened(observation.reason)}` : ''}`;
    case 'abort':
      return shortened(observation.reason);
    case 'error':
      return shortened(observation.message);
    default:
      return shortened(ownText(state, row));
  }
}

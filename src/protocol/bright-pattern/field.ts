/** Fields that several events share, each written once. `more` adds what is particular to the place. */
import type { EnumValue } from '../declaration.ts';
import type { FieldDraft } from './draft.ts';
import { source } from './source.ts';

type More = Partial<FieldDraft>;

/** The party that acts. Upper-case UUID on the wire; the customer's is the chat id. */
export const partyId = (more: More = {}): FieldDraft => ({
  name: 'party_id',
  format: 'party',
  meaning: 'The party that this is about: one id for each agent, scenario or customer in the session.',
  ...more,
});

/** Unique within its session only; small ordinals as a string on the wire. Random numbers are sent by some pages. */
export const msgId = (more: More = {}): FieldDraft => ({
  name: 'msg_id',
  format: 'message-id',
  loose: ['number'],
  meaning: 'Identifier of the message, unique within the session.',
  ...more,
});

/** The message that an edit, a deletion or a receipt is about. */
export const refMsgId = (more: More = {}): FieldDraft => ({
  name: 'ref_msg_id',
  format: 'message-id',
  loose: ['number'],
  meaning: 'The msg_id of the message that this refers to.',
  ...more,
});

/** Event time. `unit` is what the documents say; every published sample is ten digits, seconds, in a string. */
export const timestamp = (unit: 'ms' | 's', more: More = {}): FieldDraft => ({
  name: 'timestamp',
  type: 'numeric-string',
  loose: ['number'],
  format: 'timestamp',
  unit,
  meaning: `When it happened, in UTC. The documents say ${unit === 'ms' ? 'milliseconds' : 'seconds'}; servers send seconds.`,
  ...more,
});

/** What somebody wrote. Servers may put HTML into it. */
export const msg = (meaning: string, more: More = {}): FieldDraft => ({
  name: 'msg',
  format: 'html',
  sensitive: true,
  meaning,
  ...more,
});

/** The plain twin of a `msg` that may be HTML. */
export const msgText = (more: More = {}): FieldDraft => ({
  name: 'msg_text',
  sensitive: true,
  evidence: 'observed',
  source: source.ios,
  meaning: 'The same text without markup.',
  ...more,
});

/** The channel over which the message travels. */
export const channel = (more: More = {}): FieldDraft => ({
  name: 'channel',
  meaning: 'The channel that the text came over, such as "web".',
  ...more,
});

/** Seconds until an agent is expected. The documents themselves warn that it may be missing. */
export const ewt = (more: More = {}): FieldDraft => ({
  name: 'ewt',
  type: 'numeric-string',
  loose: ['empty-string', 'number'],
  absentIsLoose: true,
  format: 'seconds',
  meaning: 'Estimated wait in seconds. Belongs to the state queued; may be empty or missing.',
  ...more,
});

/** Ties a form to the data that answers it. */
export const formRequestId = (more: More = {}): FieldDraft => ({
  name: 'form_request_id',
  loose: ['number'],
  format: 'form-id',
  meaning: 'Identifier of the request for the form; the answer carries the same one.',
  ...more,
});

export const formName = (more: More = {}): FieldDraft => ({
  name: 'form_name',
  meaning: 'Name of a form that the client knows. Empty: a free text is asked for.',
  ...more,
});

export const fileId = (more: More = {}): FieldDraft => ({
  name: 'file_id',
  format: 'file-id',
  meaning: 'Identifier of the file, to download it by.',
  ...more,
});

export const fileType = (more: More = {}): FieldDraft => ({
  name: 'file_type',
  values: [
    { value: 'image', meaning: 'A picture that may be shown in place.', evidence: 'documented' },
    { value: 'attachment', meaning: 'Any other file.', evidence: 'documented' },
  ],
  meaning: 'What kind of file it is.',
  ...more,
});

export const fileName = (more: More = {}): FieldDraft => ({
  name: 'file_name',
  sensitive: true,
  evidence: 'observed',
  source: source.android,
  meaning: 'Name of the file, as its sender had it.',
  ...more,
});

export const latitude = (more: More = {}): FieldDraft => ({
  name: 'latitude',
  type: 'numeric-string',
  loose: ['number'],
  sensitive: true,
  meaning: 'Degrees north.',
  ...more,
});

export const longitude = (more: More = {}): FieldDraft => ({
  name: 'longitude',
  type: 'numeric-string',
  loose: ['number'],
  sensitive: true,
  meaning: 'Degrees east.',
  ...more,
});

export const chatId = (more: More = {}): FieldDraft => ({
  name: 'chat_id',
  format: 'chat-id',
  meaning: "Identifier of the session; also the customer's party_id.",
  ...more,
});

/** The states a session may report; `documented` names those that the document at hand lists. */
export const state = (documented: readonly string[]): FieldDraft => ({
  name: 'state',
  format: 'state',
  values: STATE_MEANINGS.map(
    ([value, meaning]): EnumValue => ({
      value,
      meaning,
      evidence: documented.includes(value) ? 'documented' : 'observed',
    }),
  ),
  meaning: 'Where the session stands.',
});

/** One meaning for the event, the answers and the session model alike. */
export const STATE_MEANINGS: readonly (readonly [state: string, meaning: string])[] = [
  ['establishing', 'The server is setting the session up.'],
  ['ivr', 'A scenario leads the conversation: it may send messages and ask for input.'],
  ['queued', 'Waiting in a queue for the next free agent.'],
  ['connecting', 'An agent is reserved and has yet to accept.'],
  ['connected', 'An agent has accepted and takes part.'],
  ['failed', 'The session failed; the client is to take it as gone.'],
  ['completed', 'The session is complete; nothing more is allowed in it.'],
];

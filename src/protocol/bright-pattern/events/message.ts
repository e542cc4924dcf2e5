/** What is said, and what becomes of it. */
import { declareEvent, type FieldDraft } from '../draft.ts';
import { channel, msg, msgId, msgText, partyId, refMsgId, timestamp } from '../field.ts';
import { source } from '../source.ts';

const format: FieldDraft = {
  name: 'format',
  evidence: 'observed',
  source: source.ios,
  meaning: 'How the text is marked up.',
};

const kind: FieldDraft = {
  name: 'type',
  evidence: 'observed',
  source: source.widget,
  meaning: 'Kind of message where it is no plain one, such as "cobrowsing".',
};

const directiveId: FieldDraft = {
  name: 'directive_id',
  loose: ['number'],
  evidence: 'observed',
  source: source.widget,
  meaning: 'The directive, such as a button, that the message answers.',
};

const read = { source: source.api2, since: 'v2' } as const;

export const messageEvents = [
  declareEvent({
    name: 'chat_session_message',
    direction: 'server',
    title: 'Chat Session Message',
    meaning: 'A message of an agent, a scenario or, in the history, of the customer.',
    source: source.serverEvents,
    fields: [
      partyId(),
      msgId(),
      msg('The message. May be HTML, and may hold directives for attachments and buttons.'),
      timestamp('ms'),
      channel({ presence: 'optional', evidence: 'observed', source: source.android }),
      msgText(),
      format,
      kind,
      directiveId,
    ],
  }),
  declareEvent({
    name: 'chat_session_message',
    direction: 'client',
    title: 'Chat Session Message',
    meaning: 'A message of the customer.',
    source: source.clientEvents,
    fields: [
      msgId({
        presence: 'optional',
        meaning:
          'Identifier of the message. The documents want chatId:number; ordinals, UUIDs and none at all are accepted.',
      }),
      msg('The message.', { format: 'text' }),
      channel({ presence: 'optional', source: source.api1, since: 'v1' }),
      msgText(),
      format,
      kind,
      directiveId,
    ],
  }),
  declareEvent({
    name: 'chat_session_message_delivered',
    direction: 'server',
    title: 'Chat Session Message Delivered',
    meaning: 'A message has reached the other side.',
    ...read,
    fields: [partyId(), refMsgId(), timestamp('s')],
  }),
  declareEvent({
    name: 'chat_session_message_delivered',
    direction: 'client',
    title: 'Chat Session Message Delivered',
    meaning: "The customer's client has received a message.",
    ...read,
    fields: [refMsgId()],
  }),
  declareEvent({
    name: 'chat_session_message_read',
    direction: 'server',
    title: 'Chat Session Message Read',
    meaning: 'A message has been read on the other side.',
    ...read,
    fields: [partyId(), refMsgId(), timestamp('s')],
  }),
  declareEvent({
    name: 'chat_session_message_read',
    direction: 'client',
    title: 'Chat Session Message Read',
    meaning: 'The customer has read a message.',
    ...read,
    fields: [refMsgId()],
  }),
  declareEvent({
    name: 'chat_session_message_edit',
    direction: 'server',
    title: 'Chat Session Message Edit',
    meaning: 'The text of an earlier message is replaced.',
    evidence: 'observed',
    source: source.widget,
    fields: [
      partyId(),
      refMsgId(),
      msg('The new text.'),
      msgText({ source: source.widget }),
      msgId(),
      channel(),
      timestamp('s'),
    ],
  }),
  declareEvent({
    name: 'chat_session_message_delete',
    direction: 'server',
    title: 'Chat Session Message Delete',
    meaning: 'An earlier message is taken back.',
    evidence: 'observed',
    source: source.widget,
    fields: [refMsgId(), partyId(), timestamp('s')],
  }),
];

/** Files that are passed. */
import { declareEvent } from '../draft.ts';
import { fileId, fileName, fileType, msgId, partyId, timestamp } from '../field.ts';
import { source } from '../source.ts';

export const fileEvents = [
  declareEvent({
    name: 'chat_session_file',
    direction: 'server',
    title: 'Chat Session File',
    meaning: 'A file is ready to be downloaded by its id.',
    source: source.serverEvents,
    fields: [partyId(), msgId(), fileId(), fileType(), timestamp('s'), fileName()],
  }),
  declareEvent({
    name: 'chat_session_file',
    direction: 'client',
    title: 'Chat Session File',
    meaning: 'The customer passes a file that was uploaded before.',
    source: source.clientEvents,
    fields: [
      msgId({
        presence: 'optional',
        meaning: 'Identifier of the message. Some servers answer 500 unless it is empty.',
      }),
      fileType(),
      fileId(),
      fileName({ source: source.widget }),
    ],
  }),
  declareEvent({
    name: 'chat_session_file_url',
    direction: 'server',
    title: 'Chat Session File URL',
    meaning: 'A file that lies at an address of its own.',
    evidence: 'observed',
    source: source.widget,
    fields: [
      {
        name: 'file_url',
        format: 'url',
        sensitive: true,
        meaning: 'Where the file lies.',
      },
      fileType(),
      partyId(),
      msgId(),
      fileName(),
      timestamp('s'),
    ],
  }),
];

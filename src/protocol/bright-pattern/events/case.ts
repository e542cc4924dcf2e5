/** The case of the contact centre that the session belongs to. */
import { declareEvent } from '../draft.ts';
import { timestamp } from '../field.ts';
import { source } from '../source.ts';

export const caseEvents = [
  declareEvent({
    name: 'chat_session_case_set',
    direction: 'server',
    title: 'Chat Session Case Set',
    meaning: 'The session is put to a case, or taken off it.',
    source: source.api2,
    since: 'v2',
    fields: [
      {
        name: 'case_id',
        presence: 'optional',
        meaning: 'The case. Empty or absent: the session belongs to none any more.',
      },
      timestamp('s'),
    ],
  }),
];

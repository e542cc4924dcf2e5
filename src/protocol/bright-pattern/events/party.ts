/** Who comes and who goes. */
import type { EnumValue } from '../../declaration.ts';
import { declareEvent, type FieldDraft } from '../draft.ts';
import { partyId, timestamp } from '../field.ts';
import { source } from '../source.ts';

const PARTY_TYPES: readonly EnumValue[] = [
  { value: 'scenario', meaning: 'A scenario or bot of the contact centre.', evidence: 'documented' },
  { value: 'external', meaning: 'Somebody outside the contact centre.', evidence: 'documented' },
  { value: 'internal', meaning: 'An agent of the contact centre.', evidence: 'documented' },
  { value: 'msteams', meaning: 'Somebody reached through Microsoft Teams.', evidence: 'observed' },
];

const name = (field: string, meaning: string): FieldDraft => ({
  name: field,
  // The vendor's iOS client takes each name as one that may be absent.
  presence: 'optional',
  sensitive: true,
  meaning,
});

export const partyEvents = [
  declareEvent({
    name: 'chat_session_party_joined',
    direction: 'server',
    title: 'Chat Session Party Joined',
    meaning: 'A party, mostly an agent, has joined. Scenarios often act without ever joining.',
    source: source.serverEvents,
    fields: [
      partyId(),
      name('first_name', 'Given name.'),
      name('last_name', 'Family name.'),
      name('display_name', 'Name to show to the customer.'),
      { name: 'type', values: PARTY_TYPES, meaning: 'What kind of party it is.' },
      timestamp('ms'),
    ],
  }),
  declareEvent({
    name: 'chat_session_party_left',
    direction: 'server',
    title: 'Chat Session Party Left',
    meaning: 'A party has left. It carries no name: the client has to remember who joined.',
    source: source.serverEvents,
    fields: [
      partyId(),
      {
        name: 'type',
        values: PARTY_TYPES,
        evidence: 'observed',
        source: source.relay,
        meaning: 'What kind of party it is.',
      },
      timestamp('ms'),
    ],
  }),
];

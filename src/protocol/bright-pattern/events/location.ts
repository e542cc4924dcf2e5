/** Where somebody is: on the map, or on the site. */
import { declareEvent, type FieldDraft } from '../draft.ts';
import { latitude, longitude, msgId, partyId, timestamp } from '../field.ts';
import { source } from '../source.ts';

const mapUrl: FieldDraft = {
  name: 'url',
  presence: 'optional',
  format: 'url',
  sensitive: true,
  meaning: 'A map of the place.',
};

/** The 3.18 documents have every member of the client's location as one that may be left out. */
const OPTIONAL = { presence: 'optional' } as const;

export const locationEvents = [
  declareEvent({
    name: 'chat_session_location',
    direction: 'server',
    title: 'Chat Session Location',
    meaning: 'A place on the map, sent by a party.',
    source: source.api1,
    since: 'v1',
    fields: [
      msgId(),
      mapUrl,
      latitude(),
      longitude(),
      timestamp('s'),
      partyId({ evidence: 'observed', source: source.ios }),
    ],
  }),
  declareEvent({
    name: 'chat_session_location',
    direction: 'client',
    title: 'Chat Session Location',
    meaning: 'Where the customer is.',
    source: source.clientEvents318,
    since: '3.18',
    fields: [msgId(OPTIONAL), mapUrl, latitude(OPTIONAL), longitude(OPTIONAL)],
  }),
  declareEvent({
    name: 'chat_session_navigation',
    direction: 'client',
    title: 'Chat Session Navigation',
    meaning: 'The page that the customer looks at; sent right after the session is there.',
    source: source.clientEvents318,
    since: '3.18',
    fields: [
      msgId(),
      { name: 'title', sensitive: true, meaning: 'Title of the page.' },
      { name: 'page', format: 'url', sensitive: true, meaning: 'Address of the page.' },
    ],
  }),
];

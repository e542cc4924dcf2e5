/** That somebody is writing, or has stopped. */
import { declareEvent } from '../draft.ts';
import { msg, partyId, timestamp } from '../field.ts';
import { source } from '../source.ts';

/** The vendor's iOS client takes the party as one that may be absent; the time came with the v1 documents. */
const server = {
  direction: 'server',
  source: source.serverEvents,
  fields: [
    partyId({ presence: 'optional' }),
    timestamp('s', { presence: 'optional', source: source.api1, since: 'v1' }),
  ],
} as const;

export const typingEvents = [
  declareEvent({
    name: 'chat_session_typing',
    title: 'Chat Session Typing',
    meaning: 'A party has started to type.',
    ...server,
  }),
  declareEvent({
    name: 'chat_session_typing',
    direction: 'client',
    title: 'Chat Session Typing',
    meaning: "The customer is typing. The vendor's widget repeats it every 3 s.",
    source: source.clientEvents,
    fields: [
      msg('The text typed so far, before it is sent.', {
        format: 'text',
        evidence: 'observed',
        source: source.widget,
      }),
    ],
  }),
  declareEvent({
    name: 'chat_session_not_typing',
    title: 'Chat Session Not Typing',
    meaning: 'A party has stopped typing.',
    ...server,
  }),
  declareEvent({
    name: 'chat_session_not_typing',
    direction: 'client',
    title: 'Chat Session Not Typing',
    meaning: 'The customer has stopped typing, by sending or after half a minute without a key.',
    source: source.clientEvents,
  }),
];

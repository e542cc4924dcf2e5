/** How the customer closes the conversation or the session. */
import { declareEvent } from '../draft.ts';
import { source } from '../source.ts';

export const closingEvents = [
  declareEvent({
    name: 'chat_session_end',
    direction: 'client',
    title: 'Chat Session End',
    meaning: 'Ends the session; nothing more is to come.',
    source: source.clientEvents,
  }),
  declareEvent({
    name: 'chat_session_disconnect',
    direction: 'client',
    title: 'Chat Session Disconnect',
    meaning:
      'Ends the conversation and leaves the session with its scenario, which may still ask for a form.',
    source: source.clientEvents,
  }),
];

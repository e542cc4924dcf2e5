/** Where the session stands, and that it is over. */
import { declareEvent } from '../draft.ts';
import { ewt, state } from '../field.ts';
import { source } from '../source.ts';

export const statusEvents = [
  declareEvent({
    name: 'chat_session_status',
    direction: 'server',
    title: 'Chat Session Status',
    meaning: 'Tells the state of the session. After failed the client is to take the session as gone.',
    source: source.serverEvents,
    fields: [state(['queued', 'connecting', 'connected', 'failed', 'completed']), ewt()],
  }),
  declareEvent({
    name: 'chat_session_ended',
    direction: 'server',
    title: 'Chat Session Ended',
    meaning: 'The session ended as it should, for instance because the agent closed it. It no longer exists.',
    source: source.serverEvents,
  }),
  declareEvent({
    name: 'chat_session_info',
    direction: 'server',
    title: 'Chat Session Info',
    meaning: 'Names the service that the session was routed to.',
    evidence: 'observed',
    source: source.widget,
    fields: [{ name: 'service_name', meaning: 'Name of the service.' }],
  }),
];

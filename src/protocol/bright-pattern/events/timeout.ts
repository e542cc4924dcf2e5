/** The customer is silent: a warning, then the end. */
import { declareEvent } from '../draft.ts';
import { msg, msgText, timestamp } from '../field.ts';
import { source } from '../source.ts';

/** The name that the documents' format block has. No known client uses it. */
export const DOCUMENTED_TYPO = 'chat_session_inactvity_timeout';
export const INACTIVITY_TIMEOUT = 'chat_session_inactivity_timeout';

export const timeoutEvents = [
  declareEvent({
    name: 'chat_session_timeout_warning',
    direction: 'server',
    title: 'Chat Session Timeout Warning',
    meaning:
      'A text to show, mostly that the session will end unless the customer writes. May be switched off.',
    source: source.serverEvents,
    fields: [msg('The warning.'), timestamp('ms'), msgText()],
  }),
  declareEvent({
    name: INACTIVITY_TIMEOUT,
    direction: 'server',
    title: 'Chat Session Inactivity Timeout',
    meaning:
      'The session was ended because the customer was silent; it no longer exists. A warning need not precede it.',
    source: source.serverEvents,
    fields: [msg('The text to show. May be empty.'), timestamp('ms'), msgText()],
  }),
];

/** The life of one request for a form as data. */
import { inferredState, inferredStep, stateModel } from '../state-model.ts';
import { source } from './source.ts';

/** The life of one request for a form, told by its `form_request_id`. */
export const formModel = stateModel({
  initial: 'unrequested',
  states: [
    inferredState('unrequested', 'unknown', [0, 0], 'The server has not asked for it.', source.serverEvents),
    inferredState('shown', 'live', [1, 0], 'The server waits for an answer.', source.serverEvents),
    inferredState('answered', 'end', [2, 0], 'The customer sent the data.', source.clientEvents),
    inferredState('cancelled', 'end', [2, 1], 'The form was called off by one side.', source.api2),
    inferredState(
      'expired',
      'end',
      [2, 2],
      'Its form_timeout is over, or the session ended.',
      source.serverEvents,
    ),
  ],
  transitions: [
    inferredStep('unrequested', 'shown', 'chat_session_form_show', 'The server asks.'),
    inferredStep('shown', 'shown', 'chat_session_form_show', 'The server asks again.'),
    inferredStep('shown', 'answered', 'chat_session_form_data', 'The customer answers.'),
    inferredStep('shown', 'cancelled', 'chat_form_data_cancel', 'The customer closes the form.'),
    inferredStep('shown', 'expired', 'form_timeout', 'Nobody answered in time.'),
  ],
});

/** A party's life in a session as data. */
import { inferredState, inferredStep, stateModel } from '../state-model.ts';
import { source } from './source.ts';

/** Scenarios, and the customer, act without joining: absent is no end and no fault by itself. */
export const partyModel = stateModel({
  initial: 'absent',
  states: [
    inferredState('absent', 'unknown', [0, 0], 'Has not joined. Scenarios act from here.', source.iosDocs),
    inferredState('present', 'live', [1, 0], 'Has joined and not left.', source.serverEvents),
    inferredState('typing', 'live', [1, 1], 'Is present and typing.', source.serverEvents),
    inferredState('left', 'end', [2, 0], 'Has left; may join again.', source.serverEvents),
  ],
  transitions: [
    inferredStep('absent', 'present', 'chat_session_party_joined', 'Joins.'),
    inferredStep('absent', 'absent', 'chat_session_message', 'A scenario writes without having joined.'),
    inferredStep('absent', 'left', 'chat_session_party_left', 'A scenario leaves without having joined.'),
    inferredStep('present', 'present', 'chat_session_message', 'Writes.'),
    inferredStep('present', 'typing', 'chat_session_typing', 'Starts to type.'),
    inferredStep('typing', 'typing', 'chat_session_typing', 'Goes on typing.'),
    inferredStep('typing', 'present', 'chat_session_not_typing', 'Stops typing, or sends the message.'),
    inferredStep('present', 'left', 'chat_session_party_left', 'Leaves.'),
    inferredStep('typing', 'left', 'chat_session_party_left', 'Leaves while typing.'),
    inferredStep('left', 'present', 'chat_session_party_joined', 'Joins again.'),
  ],
});

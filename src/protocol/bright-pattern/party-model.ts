/** A party's and a form's life as data, beside that of the session. */
import type { ModelState, ModelTransition } from '../chat-protocol.ts';
import type { SourceRef } from '../declaration.ts';
import { stateModel } from '../state-model.ts';
import { source } from './source.ts';

const state = (
  id: string,
  kind: ModelState['kind'],
  at: ModelState['at'],
  meaning: string,
  from: SourceRef,
): ModelState => ({ id, title: id, kind, at, meaning, evidence: 'inferred', source: from });

const step = (from: string, to: string, trigger: string, meaning: string): ModelTransition => ({
  from,
  to,
  trigger,
  meaning,
  evidence: 'inferred',
});

/** Scenarios, and the customer, act without joining: absent is no end and no fault by itself. */
export const partyModel = stateModel({
  initial: 'absent',
  states: [
    state('absent', 'unknown', [0, 0], 'Has not joined. Scenarios act from here.', source.iosDocs),
    state('present', 'live', [1, 0], 'Has joined and not left.', source.serverEvents),
    state('typing', 'live', [1, 1], 'Is present and typing.', source.serverEvents),
    state('left', 'end', [2, 0], 'Has left; may join again.', source.serverEvents),
  ],
  transitions: [
    step('absent', 'present', 'chat_session_party_joined', 'Joins.'),
    step('absent', 'absent', 'chat_session_message', 'A scenario writes without having joined.'),
    step('absent', 'left', 'chat_session_party_left', 'A scenario leaves without having joined.'),
    step('present', 'present', 'chat_session_message', 'Writes.'),
    step('present', 'typing', 'chat_session_typing', 'Starts to type.'),
    step('typing', 'typing', 'chat_session_typing', 'Goes on typing.'),
    step('typing', 'present', 'chat_session_not_typing', 'Stops typing, or sends the message.'),
    step('present', 'left', 'chat_session_party_left', 'Leaves.'),
    step('typing', 'left', 'chat_session_party_left', 'Leaves while typing.'),
    step('left', 'present', 'chat_session_party_joined', 'Joins again.'),
  ],
});

/** The life of one request for a form, told by its `form_request_id`. */
export const formModel = stateModel({
  initial: 'unrequested',
  states: [
    state('unrequested', 'unknown', [0, 0], 'The server has not asked for it.', source.serverEvents),
    state('shown', 'live', [1, 0], 'The server waits for an answer.', source.serverEvents),
    state('answered', 'end', [2, 0], 'The customer sent the data.', source.clientEvents),
    state('cancelled', 'end', [2, 1], 'The form was called off by one side.', source.api2),
    state('expired', 'end', [2, 2], 'Its form_timeout is over, or the session ended.', source.serverEvents),
  ],
  transitions: [
    step('unrequested', 'shown', 'chat_session_form_show', 'The server asks.'),
    step('shown', 'shown', 'chat_session_form_show', 'The server asks again.'),
    step('shown', 'answered', 'chat_session_form_data', 'The customer answers.'),
    step('shown', 'cancelled', 'chat_form_data_cancel', 'The customer closes the form.'),
    step('shown', 'expired', 'form_timeout', 'Nobody answered in time.'),
  ],
});

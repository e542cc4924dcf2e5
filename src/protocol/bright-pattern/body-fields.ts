/** What bodies say that are no list of events: the chat, its state, errors, the first message. */

import { shortened, waitInWords } from '../../text/humanize.ts';
import { idOf, isObject, type JsonObject, textField } from '../../text/json-object.ts';
import type { BodyReaders, ErrorMeaning, Operation } from '../chat-protocol.ts';
import { stateIn } from './reported-state.ts';

export const bodyReaders: BodyReaders = {
  chatId: (body) => idOf(body.chat_id),
  reportedState: stateIn,
  isError: (body) => body.error_code !== undefined,
  errorCode: (body) => textField(body, 'error_code'),
  errorMessage: (body) => textField(body, 'error_message'),
  summary: (body) => {
    const state = textField(body, 'state');
    return state === null ? '' : shortened(stateAndWait(state, body));
  },
  firstMessage: (operation, body) =>
    operation.id === 'request-chat' && isObject(body.initial_message) ? body.initial_message : null,
};

/** A state with the wait that stands beside it. */
export function stateAndWait(state: string, object: JsonObject): string {
  const wait = waitInWords(textField(object, 'ewt') ?? '');
  return wait === '' ? state : `${state}, about ${wait} to wait`;
}

/** Error 5005, and 404 of a call that names a session; a client that asks for its active chat may have none. */
export function errorMeaning(operation: Operation, status: number | null, code: string | null): ErrorMeaning {
  if (status === 404 && operation.id === 'active-chat') return 'ordinary';
  return code === '5005' || (status === 404 && operation.role !== 'other') ? 'gone' : 'error';
}

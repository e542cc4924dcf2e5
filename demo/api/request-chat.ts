import { randomUUID } from 'node:crypto';
import { choose } from '../opening.ts';
import { eventsOf } from '../page/reading.ts';
import { isObject, parseObject } from './body.ts';
import type { Call } from './call.ts';
import { refuse } from './errors.ts';

/**
 * Request Chat: opens a session, or gives the one that the client has. The `parameters` may choose the scenario,
 * as in `choose`; a scripted visitor always gets a new one, so that runs beside each other do not meet.
 */
export function requestChat(call: Call) {
  const { exchange, version, chats, client, defaults } = call;
  const body = parseObject(exchange.body.toString('utf8'));
  if (typeof body === 'string') return refuse(exchange, version, '5003', body);
  const parameters = isObject(body.parameters) ? body.parameters : {};
  const choice = choose((name) => {
    const value = parameters[name];
    return typeof value === 'string' ? value : null;
  }, defaults);
  const phoneNumber = typeof body.phone_number === 'string' ? body.phone_number : '';

  const going = choice.scripted ? undefined : chats.ofClient(client);
  const chat = going ?? chats.open({ ...choice, id: randomUUID(), transport: 'xhr', phoneNumber }, client);
  exchange.json(200, {
    chat_id: chat.id,
    ewt: chat.ewt,
    is_new_chat: going === undefined,
    phone_number: chat.phoneNumber,
    state: chat.state,
  });
  if (going === undefined) chat.hear(eventsOf(body.initial_message ?? null));
}

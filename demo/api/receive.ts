import type { Chat } from '../chat.ts';
import { eventsOf } from '../page/reading.ts';
import { parseObject } from './body.ts';
import type { Call } from './call.ts';
import { refuse } from './errors.ts';

/** Takes posted client events: `{"events":[…]}` and nothing else. v1 answers with events, v2 with an empty body. */
export function receiveEvents(chat: Chat, call: Call) {
  const { exchange, version } = call;
  const body = parseObject(exchange.body.toString('utf8'));
  if (typeof body === 'string') return refuse(exchange, version, '5003', body);
  if (!Array.isArray(body.events)) return refuse(exchange, version, '5003', 'JSONArray "events" not found');
  const answers = chat.hear(eventsOf(body));
  if (version === 'v1') return exchange.json(200, { events: chat.compose(answers) });
  exchange.answer(200, { 'Content-Type': 'application/json; charset=UTF-8' }, '');
  if (answers.length > 0) chat.say(answers);
}

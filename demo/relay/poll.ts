import { randomUUID } from 'node:crypto';
import type { Chat } from '../chat.ts';
import type { Chats } from '../chats.ts';
import type { Exchange } from '../exchange.ts';
import { choose, type Defaults } from '../opening.ts';
import { type Framing, framingByName } from '../page/framing.ts';
import { readEvents } from '../page/reading.ts';
import { poll } from '../poll.ts';

/** A poll names its chat alone. */
const framings = new WeakMap<Chat, Framing>();

/** POST /relay/send?chat=…: the visitor's events. The first of a polling customer opens the chat. */
export function answerSend(exchange: Exchange, chats: Chats, defaults: Defaults) {
  const query = exchange.url.searchParams;
  const id = query.get('chat') ?? randomUUID();
  const known = chats.find(id);
  if (known?.gone === true) return exchange.json(404, { error: 'This chat is over.' });
  const chat =
    known ??
    chats.open({ ...choose((name) => query.get(name), defaults), id, transport: 'fetch', phoneNumber: '' });
  const framing = framingByName(query.get('framing'));
  if (framing !== null) framings.set(chat, framing);
  const body = exchange.body.toString('utf8');
  const events = (framing?.read(body) ?? [body]).flatMap(readEvents);
  const answers = chat.hear(events);
  exchange.json(200, { accepted: events.length });
  if (answers.length > 0) chat.say(answers);
}

/** GET /relay/poll?chat=…: held until there is something to say. */
export function answerPoll(exchange: Exchange, chats: Chats, defaults: Defaults) {
  const chat = chats.living(exchange.url.searchParams.get('chat') ?? '');
  if (chat === undefined) return exchange.json(404, { error: 'There is no such chat.' });
  const refuse = () => exchange.json(409, { error: 'Another poll is waiting.' });
  const framing = framings.get(chat);
  return poll(chat, exchange, defaults.hold, refuse, (body) => framing?.write(body, 'server') ?? body);
}

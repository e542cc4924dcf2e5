import type { Chat } from './chat.ts';
import { type Delivery, packBody } from './delivery.ts';
import type { Exchange } from './exchange.ts';
import { OVERLAP } from './script.ts';

const JSON_TYPE = 'application/json; charset=UTF-8';

/** What is written for a body of events. */
export type Framed = (body: string) => string;

/** One waiting poll a chat. */
const held = new WeakMap<Chat, Exchange>();

/**
 * The vendor's widget gives a poll up and polls again, and the new one may reach the server first: so long, in
 * milliseconds, the older one may take to go.
 */
const GRACE = 100;

/**
 * Answers a poll with what waits, or holds it until something comes or `hold` milliseconds are over. Where another poll
 * of the chat is held, and stays, it leaves the answer to `refuse`.
 */
export async function poll(
  chat: Chat,
  exchange: Exchange,
  hold: number,
  refuse: () => void,
  framed: Framed = (body) => body,
): Promise<void> {
  const older = held.get(chat);
  if (older !== undefined) await leaving(older);
  if (held.has(chat)) {
    chat.listener?.heard({ event: OVERLAP });
    return refuse();
  }
  if (!exchange.gone.aborted) holdPoll(chat, exchange, hold, framed);
}

/** Resolves when the client has gone, and after the grace all the same. */
function leaving({ gone }: Exchange): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, GRACE);
    gone.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function holdPoll(chat: Chat, exchange: Exchange, hold: number, framed: Framed): void {
  held.set(chat, exchange);
  const timer = setTimeout(() => settle(empty), hold);
  const settle = (delivery: Delivery) => {
    if (held.get(chat) !== exchange) return;
    held.delete(chat);
    clearTimeout(timer);
    write(delivery, exchange, framed);
  };
  exchange.gone.addEventListener('abort', () => {
    clearTimeout(timer);
    if (held.get(chat) === exchange) held.delete(chat);
  });
  chat.onDelivery(() => {
    if (held.get(chat) !== exchange) return;
    const delivery = take(chat);
    if (delivery !== null) settle(delivery);
    else if (chat.finished) settle(empty);
  });
}

const empty: Delivery = { kind: 'events', events: [], wrap: 'envelope', binary: false };

/** The next thing for a poll: neighbouring events share an answer, everything else has one to itself. */
function take(chat: Chat): Delivery | null {
  const first = chat.outbox.shift();
  if (first === undefined) return null;
  if (first.kind === 'bytes') return take(chat);
  if (first.kind !== 'events') return first;
  const events = [...first.events];
  for (let next = chat.outbox[0]; next?.kind === 'events'; next = chat.outbox[0]) {
    events.push(...next.events);
    chat.outbox.shift();
  }
  return { ...first, events };
}

function write(delivery: Delivery, exchange: Exchange, framed: Framed) {
  switch (delivery.kind) {
    case 'events':
      return exchange.answer(
        200,
        { 'Content-Type': JSON_TYPE },
        framed(packBody(delivery.events, delivery.wrap)),
      );
    case 'raw':
      return exchange.answer(delivery.status, { 'Content-Type': delivery.contentType }, delivery.text);
    case 'bytes':
    case 'cut':
      return exchange.cut();
  }
}

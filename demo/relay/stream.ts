import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Chat } from '../chat.ts';
import type { Chats } from '../chats.ts';
import { type Delivery, pack } from '../delivery.ts';
import type { Exchange } from '../exchange.ts';
import type { Ledger } from '../ledger.ts';
import { choose, type Defaults } from '../opening.ts';
import { type Framing, framingByName } from '../page/framing.ts';
import { STREAM_NAMES } from '../page/reading.ts';

/** After a break the browser comes back soon: its own few seconds would only make a demo wait. */
const RETRY = 100;

/** An event stream whose events are noted in the ledger as they are written. */
export interface NotedStream {
  readonly response: ServerResponse;
  /** Writes one event; false when the client should be given time to read. An empty name is an unnamed event. */
  send(name: string, data: string): boolean;
}

export function openStream(exchange: Exchange, ledger: Ledger): NotedStream {
  const { response, url } = exchange;
  const about = {
    connection: exchange.connection,
    transport: 'sse',
    url: url.href,
    direction: 'out',
  } as const;
  const headers = { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' };
  response.writeHead(200, headers);
  // Firefox tells the page that a stream is open only when its first bytes have come, and the page waits for that.
  const opening = `retry: ${RETRY}\n\n`;
  response.write(opening);
  ledger.record({ ...about, status: 200, headers }, opening);
  let id = Number(exchange.request.headers['last-event-id'] ?? '0');
  return {
    response,
    send(name, data) {
      if (response.destroyed) return true;
      id += 1;
      const lines = data.split(/\r\n|\r|\n/);
      const body = `${name === '' ? '' : `event: ${name}\n`}id: ${id}\n${lines.map((line) => `data: ${line}\n`).join('')}\n`;
      const sse = { event: name === '' ? 'message' : name, id: String(id), data: lines.join('\n') };
      ledger.record({ ...about, sse }, body);
      return response.write(body);
    },
  };
}

/** `/stream?chat=…`: the chat of a customer's relay over server-sent events; a broken stream is taken up again. */
export function chatOverStream(exchange: Exchange, chats: Chats, defaults: Defaults, ledger: Ledger): void {
  const query = exchange.url.searchParams;
  const id = query.get('chat') ?? randomUUID();
  const chat =
    chats.find(id) ??
    chats.open({ ...choose((name) => query.get(name), defaults), id, transport: 'sse', phoneNumber: '' });
  const stream = openStream(exchange, ledger);
  const framing = framingByName(query.get('framing'));
  chat.onDelivery(() => drain(chat, stream, framing));
}

const turns = new WeakMap<Chat, number>();

function drain(chat: Chat, stream: NotedStream, framing: Framing | null): void {
  while (!stream.response.destroyed) {
    const delivery = chat.outbox.shift();
    if (delivery === undefined) return;
    const turn = turns.get(chat) ?? 0;
    turns.set(chat, turn + 1);
    write(delivery, nameOf(delivery, turn), stream, framing);
  }
}

function write(
  delivery: Delivery,
  name: string,
  { response, send }: NotedStream,
  framing: Framing | null,
): void {
  switch (delivery.kind) {
    case 'events':
      for (const text of pack(delivery.events, delivery.wrap))
        send(name, framing?.write(text, 'server') ?? text);
      return;
    case 'raw':
      send(name, delivery.text);
      return;
    case 'bytes':
      return;
    case 'cut':
      response.destroy();
      return;
  }
}

/** Unnamed, named for the channel, and named for the chat event, in turn: relays do all three. */
function nameOf(delivery: Delivery, turn: number): string {
  const event = delivery.kind === 'events' ? (delivery.events[0]?.event ?? '') : '';
  return ['', 'chat', STREAM_NAMES.includes(event) ? event : ''][turn % 3] ?? '';
}

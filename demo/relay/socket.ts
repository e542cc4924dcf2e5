import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import type { Chat } from '../chat.ts';
import type { Chats } from '../chats.ts';
import { type Delivery, pack } from '../delivery.ts';
import { plain } from '../exchange.ts';
import type { Ledger } from '../ledger.ts';
import { choose, type Defaults } from '../opening.ts';
import { bodiesIn, type Framing } from '../page/framing.ts';
import { readEvents } from '../page/reading.ts';

/** A WebSocket whose frames are noted in the ledger as they are read and written. */
export interface NotedSocket {
  readonly socket: WebSocket;
  readonly url: URL;
  /** Writes a frame: text as text, bytes as binary. `written` is called once it has left. */
  send(data: string | Uint8Array, written?: () => void): void;
}

export function noteSocket(socket: WebSocket, request: IncomingMessage, ledger: Ledger): NotedSocket {
  const url = new URL(request.url ?? '/', `ws://${request.headers.host ?? 'localhost'}`);
  const about = {
    connection: ledger.connection('websocket'),
    transport: 'websocket',
    url: url.href,
  } as const;
  ledger.record({ ...about, direction: 'in', method: 'GET', headers: plain(request.headers) }, '');
  socket.binaryType = 'nodebuffer';
  socket.on('message', (data, binary) => {
    const bytes = Buffer.isBuffer(data) ? data : Buffer.alloc(0);
    ledger.record({ ...about, direction: 'in', opcode: binary ? 2 : 1 }, bytes);
  });
  socket.on('close', (code, reason) => {
    ledger.record({ ...about, direction: 'in', opcode: 8 }, `${code} ${reason.toString('utf8')}`.trim());
  });
  // Without a listener a broken connection would end the server; the close event that follows says it all.
  socket.on('error', () => {});
  return {
    socket,
    url,
    send(data, written) {
      if (socket.readyState !== socket.OPEN) return;
      const bytes = typeof data === 'string' ? data : Buffer.from(data);
      ledger.record({ ...about, direction: 'out', opcode: typeof data === 'string' ? 1 : 2 }, bytes);
      socket.send(bytes, () => written?.());
    },
  };
}

/** `/rt?chat=…`: the chat of a customer's relay over a WebSocket, one chat a socket. */
export function chatOverSocket(noted: NotedSocket, chats: Chats, defaults: Defaults): void {
  const query = noted.url.searchParams;
  const choice = choose((name) => query.get(name), defaults);
  const id = query.get('chat') ?? randomUUID();
  const chat = chats.open({ ...choice, id, transport: 'ws', phoneNumber: '' });
  const { framing } = choice;
  noted.socket.on('message', (data) => {
    for (const body of bodiesIn(data.toString(), framing?.name ?? null)) {
      const answers = chat.hear(readEvents(body));
      if (answers.length > 0) chat.say(answers);
    }
  });
  for (const text of framing?.greeting.server ?? []) noted.send(text);
  chat.onDelivery(() => drain(chat, noted, framing));
}

function drain(chat: Chat, noted: NotedSocket, framing: Framing | null): void {
  for (let delivery = chat.outbox.shift(); delivery !== undefined; delivery = chat.outbox.shift()) {
    write(delivery, noted, framing);
  }
}

function write(delivery: Delivery, { socket, send }: NotedSocket, framing: Framing | null) {
  switch (delivery.kind) {
    case 'events':
      if (framing !== null && framing.heartbeat.server !== '') send(framing.heartbeat.server);
      for (const text of pack(delivery.events, delivery.wrap)) {
        const framed = framing?.write(text, 'server') ?? text;
        send(delivery.binary ? Buffer.from(framed) : framed);
      }
      return;
    case 'raw':
      return send(delivery.text);
    case 'bytes':
      return send(delivery.bytes);
    case 'cut':
      return socket.terminate();
  }
}

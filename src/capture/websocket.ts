/** Tap of `WebSocket`: listens first on every socket, and wraps `send`. The page keeps the native object. */
import type { Payload, Seq } from '../observation/observation.ts';
import type { Speaker } from '../protocol/marks.ts';
import { keptUrl } from './address.ts';
import type { ChatTest } from './chat-test.ts';
import { type Exchange, openExchange } from './exchange.ts';
import { readLater } from './late-bytes.ts';
import {
  accompany,
  bare,
  getOwnPropertyDescriptor,
  getter,
  isArray,
  listenFirst,
  messageData,
  privateList,
  privateMap,
  replaceConstructor,
} from './natives.ts';
import { beginning, bytesOf, bytesPayload, laterBytes, noBytes, sizeOfBlob, textPayload } from './payload.ts';
import { now, type Recorder } from './recorder.ts';

interface Connection {
  readonly exchange: Exchange;
  /** So many of its first messages are still read whatever they are, though nothing tells that it is chat. */
  first: number;
}

const OPEN = 1;
const FIRST = 4;

export function tapWebSocket(window: Window & typeof globalThis, chat: ChatTest, recorder: Recorder): void {
  const prototype = window.WebSocket.prototype;
  const connections = privateMap<object, Connection>();
  const urlOf = getter(prototype, 'url');
  const protocolOf = getter(prototype, 'protocol');
  const stateOf = getter(prototype, 'readyState');
  const closeCode = getter(CloseEvent.prototype, 'code');
  const closeReason = getter(CloseEvent.prototype, 'reason');
  const wasClean = getter(CloseEvent.prototype, 'wasClean');

  replaceConstructor(window, 'WebSocket', prototype, watch);

  // What is sent before the socket is open throws, and `after` is not called; once it closes, the browser drops it.
  accompany(prototype, 'send', {
    after: (socket, args) => {
      const connection = connections.get(socket);
      if (connection) onMessage(connection, 'out', args[0], stateOf(socket) > OPEN);
    },
  });

  function watch(socket: EventTarget, args: readonly unknown[]): void {
    const url = keptUrl(urlOf(socket));
    const asked = askedProtocols(args);
    const exchange = openExchange(chat, recorder, url, () => opening('connecting', asked));
    const connection: Connection = { exchange, first: FIRST };
    connections.set(socket, connection);

    function opening(phase: 'connecting' | 'open', names: readonly string[]) {
      const protocols: string[] = privateList();
      for (let i = 0; i < names.length; i++) protocols[i] = chat.subprotocol(names[i] ?? '');
      return { kind: 'socket-open', phase, url, protocols } as const;
    }

    listenFirst(socket, 'open', (event) => {
      recorder.delivering(event, exchange.add(opening('open', [protocolOf(socket)]), url.length));
    });
    listenFirst(socket, 'message', (event) => {
      recorder.delivering(event, onMessage(connection, 'in', messageData(event), false));
    });
    listenFirst(socket, 'error', (event) => {
      if (exchange.seq >= 0)
        recorder.delivering(
          event,
          exchange.add({ kind: 'error', message: 'WebSocket error', retrying: false }),
        );
    });
    listenFirst(socket, 'close', (event) => {
      if (exchange.seq < 0) return;
      const code = closeCode(event);
      const reason = closeReason(event);
      const clean = wasClean(event);
      recorder.delivering(event, exchange.add({ kind: 'socket-close', code, reason, clean }));
    });
  }

  /** Gives the `seq` of what is kept of it; -1 where nothing is. */
  function onMessage(connection: Connection, direction: Direction, data: unknown, dropped: boolean): Seq {
    const { exchange } = connection;
    const speaker = SPEAKERS[direction];
    const named = exchange.names(beginning(data, exchange.seq >= 0 || connection.first > 0), speaker);
    const held = exchange.seq < 0;
    if (held && (connection.first-- <= 0 || sizeOfBlob(data) < 0)) return -1;
    const frame = (payload: Payload) =>
      ({ kind: 'frame', direction, payload, ...(dropped && { dropped }) }) as const;
    const payload = framePayload(data);
    if (payload.encoding !== 'later') return exchange.addMessage(named, payload, frame);
    // A Blob tells later what it names; on a socket that is chat it keeps its place until then.
    const when = now();
    const seq = held ? -1 : exchange.add(frame(payload));
    readLater(data, true, (late, bytes) => {
      const shown = exchange.names(beginning(bytes, true), speaker);
      const size = late.data.length;
      if (seq >= 0) exchange.addLate(seq, 'frame', shown || !exchange.isChat ? late : chat.other(late));
      else if (shown) exchange.add(frame(late), size, when);
    });
    return seq;
  }
}

type Direction = 'in' | 'out';
const SPEAKERS: Readonly<Record<Direction, Speaker>> = bare({ in: 'server', out: 'client' });

function framePayload(data: unknown): Payload {
  if (typeof data === 'string') return textPayload(data);
  const bytes = bytesOf(data);
  if (bytes) return bytesPayload(bytes);
  const size = sizeOfBlob(data);
  if (size >= 0) return laterBytes(size);
  // `send` makes a text of everything else; of an object only by running the page's code once more.
  return typeof data === 'object' || typeof data === 'function' || typeof data === 'symbol'
    ? noBytes('object')
    : textPayload(`${String(data)}`);
}

function askedProtocols(args: readonly unknown[]): string[] {
  const asked = args.length > 1 ? args[1] : undefined;
  if (typeof asked === 'string') return [asked];
  const protocols: string[] = privateList();
  if (!isArray(asked)) return protocols;
  for (let i = 0; i < asked.length && i < 16; i++) {
    const protocol: unknown = getOwnPropertyDescriptor(asked, i)?.value;
    if (typeof protocol === 'string') protocols[protocols.length] = protocol;
  }
  return protocols;
}

/** Tap of `WebSocket`: listens first on every socket, and wraps `send`. The page keeps the native object. */
import type { Payload, Seq } from '../observation/observation.ts';
import type { ChatTest } from './chat-test.ts';
import { addLateBytes } from './late-bytes.ts';
import {
  accompany,
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
import { type Moment, now, type Recorder } from './recorder.ts';

interface Connection {
  /** `seq` of its first observation, or -1 while it has not shown chat. */
  seq: Seq;
  readonly url: string;
  readonly asked: readonly string[];
  readonly connecting: Moment;
  opened: Moment | null;
}

const OPEN = 1;

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

  // What is sent before the socket is open throws, what is sent after it closed is discarded: neither is a frame.
  let open = false;
  accompany(prototype, 'send', {
    before: (socket) => {
      open = false;
      open = stateOf(socket) === OPEN;
    },
    after: (socket, args) => {
      if (open && args.length > 0) onSend(socket, args[0]);
    },
  });

  function watch(socket: EventTarget, args: readonly unknown[]): void {
    const connection: Connection = {
      seq: -1,
      url: urlOf(socket),
      asked: askedProtocols(args),
      connecting: now(),
      opened: null,
    };
    connections.set(socket, connection);
    if (chat.url(connection.url)) reveal(connection, socket);

    listenFirst(socket, 'open', (event) => {
      connection.opened = now();
      if (connection.seq >= 0) recorder.delivering(event, addOpen(connection, socket, connection.opened));
    });
    listenFirst(socket, 'message', (event) => {
      const data: unknown = messageData(event);
      if (known(connection, socket, data)) recorder.delivering(event, addFrame(connection, 'in', data));
    });
    listenFirst(socket, 'error', (event) => {
      const of = connection.seq;
      if (of < 0) return;
      const seq = recorder.add({ kind: 'error', of, message: 'WebSocket error', retrying: false });
      recorder.delivering(event, seq);
    });
    listenFirst(socket, 'close', (event) => {
      const of = connection.seq;
      if (of < 0) return;
      const code = closeCode(event);
      const reason = closeReason(event);
      const clean = wasClean(event);
      recorder.delivering(event, recorder.add({ kind: 'socket-close', of, code, reason, clean }));
    });
  }

  function onSend(socket: object, data: unknown): void {
    const connection = connections.get(socket);
    if (connection && known(connection, socket, data)) addFrame(connection, 'out', data);
  }

  /** True for a connection that is chat, or that this text, or the text in these bytes, shows to be. */
  function known(connection: Connection, socket: object, data: unknown): boolean {
    if (connection.seq >= 0) return true;
    if (!chat.text(beginning(data))) return false;
    chat.learn(connection.url);
    reveal(connection, socket);
    return true;
  }

  function reveal(connection: Connection, socket: object): void {
    const { url, asked, connecting, opened } = connection;
    connection.seq = recorder.upcoming();
    recorder.add(
      { kind: 'socket-open', of: connection.seq, phase: 'connecting', url, protocols: asked },
      url.length,
      connecting,
    );
    if (opened) addOpen(connection, socket, opened);
  }

  function addOpen(connection: Connection, socket: object, when: Moment): Seq {
    const protocols = [protocolOf(socket)];
    const { seq: of, url } = connection;
    return recorder.add({ kind: 'socket-open', of, phase: 'open', url, protocols }, url.length, when);
  }

  function addFrame(connection: Connection, direction: 'in' | 'out', data: unknown): Seq {
    const payload = framePayload(data);
    const of = connection.seq;
    const seq = recorder.add({ kind: 'frame', of, direction, payload }, payload.data.length);
    if (payload.encoding === 'later') addLateBytes(recorder, seq, 'frame', data);
    return seq;
  }
}

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

/**
 * Tap of `EventSource`. The browser gives data, type and id of each event, never the bytes; and it gives an event of
 * a named type only to those who listen to that type, so the tap listens to whatever the page listens to.
 */
import type { Header } from '../observation/observation.ts';
import { keptUrl } from './address.ts';
import type { ChatTest } from './chat-test.ts';
import { type Exchange, openExchange } from './exchange.ts';
import {
  accompany,
  apply,
  bare,
  defineProperty,
  disguised,
  eventType,
  getter,
  listenFirst,
  messageData,
  privateList,
  privateMap,
  readData,
  replaceConstructor,
} from './natives.ts';
import { textPayload } from './payload.ts';
import type { Recorder } from './recorder.ts';

interface Stream {
  readonly source: EventTarget;
  readonly exchange: Exchange;
  /** Types that the tap listens to, as keys. */
  readonly types: Record<string, true>;
}

const CONNECTING = 0;
const CLOSED = 2;

export function tapEventSource(window: Window & typeof globalThis, chat: ChatTest, recorder: Recorder): void {
  const prototype = window.EventSource.prototype;
  const streams = privateMap<object, Stream>();
  const urlOf = getter(prototype, 'url');
  const stateOf = getter(prototype, 'readyState');
  const idOf = getter(MessageEvent.prototype, 'lastEventId');

  replaceConstructor(window, 'EventSource', prototype, watch);

  // Own only to EventSource, and handed on to whatever EventTarget has when it is called (zone.js replaces it).
  const inherited = window.EventTarget.prototype;
  defineProperty(prototype, 'addEventListener', {
    configurable: true,
    enumerable: true,
    writable: true,
    value: disguised(inherited.addEventListener, {
      apply(target, self, args) {
        try {
          const stream = typeof self === 'object' && self !== null ? streams.get(self) : undefined;
          const type = args.length > 0 ? args[0] : undefined;
          if (stream && typeof type === 'string') listenTo(stream, type);
        } catch {
          // The page's own listening comes next.
        }
        const current: unknown = readData(inherited, 'addEventListener');
        return apply(typeof current === 'function' ? current : target, self, args);
      },
    }),
  });

  let wasClosed = true;
  accompany(prototype, 'close', {
    before: (source) => {
      wasClosed = true;
      wasClosed = stateOf(source) === CLOSED;
    },
    after: (source) => {
      const exchange = wasClosed ? undefined : streams.get(source)?.exchange;
      if (exchange && exchange.seq >= 0) exchange.add({ kind: 'abort', reason: 'closed by the page' });
    },
  });

  function watch(source: EventTarget): void {
    const url = keptUrl(urlOf(source));
    const headers: Header[] = privateList();
    const exchange = openExchange(chat, recorder, url, () => ({
      ...{ kind: 'request', transport: 'eventsource', method: 'GET', url, headers, body: null },
    }));
    const stream: Stream = { source, exchange, types: bare({}) };
    let opened = false;
    streams.set(source, stream);
    listenFirst(source, 'open', (event) => {
      // While nothing shows that it is chat, one opening is enough to know of.
      if (exchange.seq < 0 && opened) return;
      opened = true;
      // The browser tells neither status nor headers, but opens only on 200.
      const seq = exchange.add({ kind: 'response', status: 200, statusText: '', headers, url }, url.length);
      recorder.delivering(event, seq);
    });
    listenFirst(source, 'error', (event) => {
      if (exchange.seq < 0) return;
      const retrying = stateOf(source) === CONNECTING;
      const message = retrying ? 'connection lost' : 'connection failed';
      recorder.delivering(event, exchange.add({ kind: 'error', message, retrying }));
    });
    listenTo(stream, 'message');
  }

  function listenTo(stream: Stream, type: string): void {
    if (stream.types[type] || type === 'open' || type === 'error') return;
    stream.types[type] = true;
    listenFirst(stream.source, type, (event) => onEvent(stream, event));
  }

  function onEvent(stream: Stream, event: Event): void {
    const data: unknown = messageData(event);
    if (typeof data !== 'string') return;
    const type = eventType(event);
    // The type of an event may be its name.
    const text = `"${type}"${data}`;
    const { exchange } = stream;
    const named = exchange.names(text, 'server');
    if (exchange.seq < 0) return;
    const seq = exchange.addMessage(named, textPayload(data), (payload, known) => ({
      kind: 'stream-event',
      event: known ? type : 'message',
      id: known ? idOf(event) : '',
      payload,
    }));
    recorder.delivering(event, seq);
  }
}

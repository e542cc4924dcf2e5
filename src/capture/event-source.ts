/**
 * Tap of `EventSource`. The browser gives data, type and id of each event, never the bytes; and it gives an event of
 * a named type only to those who listen to that type, so the tap listens to whatever the page listens to.
 */
import type { Seq } from '../observation/observation.ts';
import type { ChatTest } from './chat-test.ts';
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
import { type Moment, now, type Recorder } from './recorder.ts';

interface Stream {
  readonly source: EventTarget;
  seq: Seq;
  readonly url: string;
  readonly requested: Moment;
  opened: Moment | null;
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
      const stream = wasClosed ? undefined : streams.get(source);
      if (stream && stream.seq >= 0)
        recorder.add({ kind: 'abort', of: stream.seq, reason: 'closed by the page' });
    },
  });

  function watch(source: EventTarget): void {
    const stream: Stream = {
      source,
      seq: -1,
      url: urlOf(source),
      requested: now(),
      opened: null,
      types: bare({}),
    };
    streams.set(source, stream);
    if (chat.url(stream.url) || chat.origin(stream.url)) reveal(stream);
    listenFirst(source, 'open', (event) => {
      stream.opened = now();
      if (stream.seq >= 0) recorder.delivering(event, addOpen(stream, stream.opened));
    });
    listenFirst(source, 'error', (event) => {
      if (stream.seq < 0) return;
      const retrying = stateOf(source) === CONNECTING;
      const message = retrying ? 'connection lost' : 'connection failed';
      recorder.delivering(event, recorder.add({ kind: 'error', of: stream.seq, message, retrying }));
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
    if (stream.seq < 0) {
      if (!chat.text(data)) return;
      chat.learn(stream.url);
      reveal(stream);
    }
    const payload = textPayload(data);
    const seq = recorder.add(
      { kind: 'stream-event', of: stream.seq, event: eventType(event), id: idOf(event), payload },
      payload.data.length,
    );
    recorder.delivering(event, seq);
  }

  function reveal(stream: Stream): void {
    const { url, requested, opened } = stream;
    stream.seq = recorder.add(
      { kind: 'request', transport: 'eventsource', method: 'GET', url, headers: privateList(), body: null },
      url.length,
      requested,
    );
    if (opened) addOpen(stream, opened);
  }

  /** The browser tells neither status nor headers, but opens only on 200. */
  function addOpen({ seq: of, url }: Stream, when: Moment): Seq {
    return recorder.add(
      { kind: 'response', of, status: 200, statusText: '', headers: privateList(), url },
      url.length,
      when,
    );
  }
}

/** Tap of `XMLHttpRequest`: listens first on every request, and wraps methods of the prototype. */
import type { Header, Payload, Seq } from '../observation/observation.ts';
import { absoluteUrl, normalMethod } from './address.ts';
import { addLateBody, requestBody } from './body.ts';
import type { ChatTest } from './chat-test.ts';
import { answerHeaders, isStreaming, mediaType, requestHeader } from './headers.ts';
import { asksNobody } from './json.ts';
import { addLateBytes } from './late-bytes.ts';
import {
  accompany,
  bare,
  eventType,
  getter,
  listen,
  privateList,
  privateMap,
  replaceConstructor,
  slice,
  stringify,
  uncurry,
} from './natives.ts';
import {
  beginning,
  bytesOf,
  bytesPayload,
  laterBytes,
  noBytes,
  notedText,
  sizeOfBlob,
  textPayload,
} from './payload.ts';
import { type Moment, now, type Recorder } from './recorder.ts';

interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly headers: Header[];
  /** `seq` of its request, or -1 while it has not shown chat. */
  seq: Seq;
  sent: Moment | null;
  body: unknown;
  answered: boolean;
  /** Whether the answer is taken as it arrives. */
  streaming: boolean;
  /** The observation that the page's handlers are about to be given. */
  lastSeq: Seq;
  /** How many characters of a streamed answer were taken. */
  taken: number;
  done: boolean;
}

const LOADING = 3;
const DONE = 4;

export function tapXhr(window: Window & typeof globalThis, chat: ChatTest, recorder: Recorder): void {
  const prototype = window.XMLHttpRequest.prototype;
  const exchanges = privateMap<object, Exchange>();
  const stateOf = getter(prototype, 'readyState');
  const statusOf = getter(prototype, 'status');
  const statusTextOf = getter(prototype, 'statusText');
  const typeOf = getter(prototype, 'responseType');
  const responseOf = getter(prototype, 'response');
  /** Of one whose type is text. Not `responseText`: Firefox goes on giving what was read there after `abort()`. */
  const textOf = (xhr: object): string => responseOf(xhr);

  const urlOf = getter(prototype, 'responseURL');
  const allHeaders = uncurry(prototype.getAllResponseHeaders);

  // Chromium calls an object's listeners in the order in which they came: a page may have some before it opens.
  replaceConstructor(window, 'XMLHttpRequest', prototype, (xhr) => {
    for (let i = 0; i < EVENTS.length; i++) listen(xhr, EVENTS[i] ?? '', onEvent, true);
  });
  accompany(prototype, 'open', {
    // What is done is noted before a handler of the page's uses the object again.
    before: atState,
    after: onOpen,
  });
  accompany(prototype, 'setRequestHeader', {
    after: (xhr, args) => {
      const exchange = exchanges.get(xhr);
      const name = textArgument(args, 0);
      const value = textArgument(args, 1);
      const header = name !== null && value !== null ? requestHeader(name, value) : null;
      if (exchange && header) exchange.headers[exchange.headers.length] = header;
    },
  });
  accompany(prototype, 'send', {
    before: onSend,
    // A synchronous request is done here.
    after: atState,
  });
  accompany(prototype, 'abort', { before: atState });

  function onOpen(xhr: EventTarget, args: readonly unknown[]): void {
    const before = exchanges.get(xhr);
    if (before && before.seq >= 0 && !before.done) {
      recorder.add({ kind: 'abort', of: before.seq, reason: 'opened again' });
    }
    const method = textArgument(args, 0);
    if (method === null) return;
    exchanges.set(xhr, {
      method: normalMethod(method),
      url: absoluteUrl(args[1]),
      headers: privateList(),
      seq: -1,
      sent: null,
      body: undefined,
      answered: false,
      streaming: false,
      lastSeq: -1,
      taken: 0,
      done: false,
    });
  }

  function onSend(xhr: EventTarget, args: readonly unknown[]): void {
    const exchange = exchanges.get(xhr);
    const body = args.length > 0 ? args[0] : undefined;
    // No symbol becomes a text: the page may send something else after that.
    if (!exchange || stateOf(xhr) !== 1 || exchange.sent || typeof body === 'symbol') return;
    exchange.sent = now();
    exchange.body = exchange.method !== 'GET' && exchange.method !== 'HEAD' ? body : undefined;
    const named = chat.text(beginning(exchange.body));
    if (named) chat.learn(exchange.url);
    if (named || chat.url(exchange.url) || chat.origin(exchange.url)) addRequest(exchange);
  }

  function onEvent(event: Event): void {
    if (!event.isTrusted) return;
    try {
      const xhr = currentTarget(event);
      const exchange = xhr ? exchanges.get(xhr) : undefined;
      if (!xhr || !exchange) return;
      const type = eventType(event);
      if (type === 'readystatechange') atState(xhr);
      else if (exchange.seq >= 0 && !exchange.done) {
        exchange.done = true;
        const of = exchange.seq;
        if (type === 'abort') recorder.add({ kind: 'abort', of, reason: 'abort()' });
        else
          recorder.add({
            kind: 'error',
            of,
            message: type === 'timeout' ? 'timeout' : 'network error',
            retrying: false,
          });
      }
      if (exchange.lastSeq >= 0) recorder.delivering(event, exchange.lastSeq);
    } catch {
      // The page's own listeners come next, whatever happened here.
    }
  }

  /** Takes what the state of the request lets us know and what was not taken yet. */
  function atState(xhr: EventTarget): void {
    const exchange = exchanges.get(xhr);
    if (!exchange?.sent || exchange.done) return;
    const state = stateOf(xhr);
    const status = state > 1 ? statusOf(xhr) : 0;
    // Status 0: failed or aborted, which events of their own say.
    if (status === 0) return;
    const isText = typeOf(xhr) === '' || typeOf(xhr) === 'text';
    if (exchange.seq < 0 && (!isText || state < LOADING)) return;
    const headers = exchange.answered ? null : answerHeaders(allHeaders(xhr));
    if (headers) exchange.streaming = isText && isStreaming(mediaType(headers));
    if (exchange.seq < 0) {
      if (state === LOADING && !exchange.streaming) return;
      if (!chat.text(textOf(xhr))) {
        exchange.done = state === DONE;
        return;
      }
      chat.learn(exchange.url);
      addRequest(exchange);
    }
    if (headers) addResponse(xhr, exchange, status, headers);
    if (state >= LOADING && exchange.streaming) addChunk(exchange, textOf(xhr));
    if (state !== DONE) return;
    exchange.done = true;
    if (!exchange.streaming) addAnswer(xhr, exchange);
    recorder.add({ kind: 'end', of: exchange.seq });
  }

  function addRequest(exchange: Exchange): void {
    const { method, url, headers } = exchange;
    const body = requestBody(exchange.body);
    exchange.lastSeq = exchange.seq = recorder.add(
      { kind: 'request', transport: 'xhr', method, url, headers, body },
      url.length + (body?.data.length ?? 0),
      exchange.sent ?? now(),
    );
    addLateBody(recorder, exchange.seq, body, exchange.body);
    exchange.body = undefined;
  }

  function addResponse(xhr: object, exchange: Exchange, status: number, headers: Header[]): void {
    exchange.answered = true;
    const url = urlOf(xhr);
    recorder.add(
      { kind: 'response', of: exchange.seq, status, statusText: statusTextOf(xhr), headers, url },
      url.length,
    );
  }

  function addChunk(exchange: Exchange, text: string): void {
    if (text.length <= exchange.taken) return;
    const payload = textPayload(slice(text, exchange.taken));
    exchange.taken = text.length;
    exchange.lastSeq = recorder.add({ kind: 'chunk', of: exchange.seq, payload }, payload.data.length);
  }

  function addAnswer(xhr: object, exchange: Exchange): void {
    const payload = answerPayload(xhr);
    const of = exchange.seq;
    exchange.lastSeq = recorder.add({ kind: 'body', of, role: 'answer', payload }, payload.data.length);
    if (payload.encoding === 'later') addLateBytes(recorder, exchange.lastSeq, 'answer', responseOf(xhr));
  }

  function answerPayload(xhr: object): Payload {
    const type = typeOf(xhr);
    if (type === '' || type === 'text') return textPayload(textOf(xhr));
    const response: unknown = responseOf(xhr);
    if (type === 'json') return parsedJson(response);
    if (type === 'document') return noBytes('document');
    const bytes = bytesOf(response);
    return bytes ? bytesPayload(bytes) : laterBytes(sizeOfBlob(response));
  }
}

const EVENTS: readonly string[] = bare(['readystatechange', 'abort', 'error', 'timeout']);
const currentTarget = getter(Event.prototype, 'currentTarget');

/** An argument where it is a text; what becomes one only by running the page's code is not looked at. */
function textArgument(args: readonly unknown[], index: number): string | null {
  const argument = args.length > index ? args[index] : null;
  return typeof argument === 'string' ? argument : null;
}

/** The object that the browser parsed, written as JSON again; not if that would run code of the page's. */
function parsedJson(value: unknown): Payload {
  if (!asksNobody()) return noBytes('parsed-json');
  try {
    return notedText(stringify(value), 'parsed-json');
  } catch {
    // Nested too deeply to be written.
    return noBytes('parsed-json');
  }
}

/** Tap of `XMLHttpRequest`: listens first on every request, and wraps methods of the prototype. */
import type { Header, Payload, Seq } from '../observation/observation.ts';
import { PAGE_CAPS } from '../observation/page-caps.ts';
import { absoluteUrl, keptUrl, normalMethod } from './address.ts';
import { addLateBody, requestBody } from './body.ts';
import type { ChatTest } from './chat-test.ts';
import { type Exchange, openExchange } from './exchange.ts';
import { answerHeaders, isPageFile, isStreaming, mediaType, requestHeader } from './headers.ts';
import { asksNobody } from './json.ts';
import { readLater } from './late-bytes.ts';
import {
  accompany,
  accompanyStart,
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
import type { Recorder } from './recorder.ts';
import { type StreamParts, streamParts } from './stream-parts.ts';

interface Call {
  readonly method: string;
  readonly url: string;
  readonly headers: Header[];
  /** Null while it is not sent. */
  exchange: Exchange | null;
  answered: boolean;
  /** Where the answer is taken as it arrives. */
  parts: StreamParts | null;
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
  const calls = privateMap<object, Call>();
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
      const call = calls.get(xhr);
      const name = textArgument(args, 0);
      const value = textArgument(args, 1);
      const header = name !== null && value !== null ? requestHeader(name, value) : null;
      if (call && header) call.headers[call.headers.length] = header;
    },
  });
  accompanyStart(prototype, 'send', {
    before: onSend,
    // A synchronous request is done here.
    after: atState,
  });
  accompany(prototype, 'abort', { before: atState });

  function onOpen(xhr: EventTarget, args: readonly unknown[]): void {
    const before = calls.get(xhr);
    if (before?.exchange && before.exchange.seq >= 0 && !before.done)
      before.exchange.add({ kind: 'abort', reason: 'opened again' });
    const method = textArgument(args, 0);
    if (method === null) return;
    calls.set(xhr, {
      method: normalMethod(method),
      url: absoluteUrl(args[1]),
      headers: privateList(),
      exchange: null,
      answered: false,
      parts: null,
      lastSeq: -1,
      taken: 0,
      done: false,
    });
  }

  function onSend(xhr: EventTarget, args: readonly unknown[]): void {
    const call = calls.get(xhr);
    const body = args.length > 0 ? args[0] : undefined;
    // No symbol becomes a text: the page may send something else after that.
    if (!call || stateOf(xhr) !== 1 || call.exchange || typeof body === 'symbol') return;
    const { method, url, headers } = call;
    const content = method !== 'GET' && method !== 'HEAD' ? body : undefined;
    let payload: Payload | null = null;
    const exchange = openExchange(
      chat,
      recorder,
      url,
      () => {
        payload = requestBody(content);
        return { kind: 'request', transport: 'xhr', method, url, headers, body: payload };
      },
      chat.names(beginning(content), 'client'),
    );
    call.exchange = exchange;
    call.lastSeq = exchange.seq;
    addLateBody(exchange, payload, content);
  }

  function onEvent(event: Event): void {
    if (!event.isTrusted) return;
    try {
      const xhr = currentTarget(event);
      const call = xhr ? calls.get(xhr) : undefined;
      if (!xhr || !call) return;
      const type = eventType(event);
      if (type === 'readystatechange') atState(xhr);
      else if (call.exchange && call.exchange.seq >= 0 && !call.done) {
        call.done = true;
        call.parts?.end();
        if (type === 'abort') call.exchange.add({ kind: 'abort', reason: 'abort()' });
        else {
          const message = type === 'timeout' ? 'timeout' : 'network error';
          call.exchange.add({ kind: 'error', message, retrying: false });
        }
      }
      if (call.lastSeq >= 0) recorder.delivering(event, call.lastSeq);
    } catch {
      // The page's own listeners come next, whatever happened here.
    }
  }

  /** Takes what the state of the request lets us know and what was not taken yet. */
  function atState(xhr: EventTarget): void {
    const call = calls.get(xhr);
    if (!call?.exchange || call.done) return;
    const { exchange } = call;
    const state = stateOf(xhr);
    const status = state > 1 ? statusOf(xhr) : 0;
    // Status 0: failed or aborted, which events of their own say.
    if (status === 0) return;
    const isText = typeOf(xhr) === '' || typeOf(xhr) === 'text';
    if (!call.answered) {
      call.answered = true;
      const headers = answerHeaders(allHeaders(xhr));
      const media = mediaType(headers);
      // What is no text is dear to look at: only on an origin that has shown chat.
      if (exchange.seq < 0 && (isPageFile(media) || !(isText || chat.origin(call.url)))) {
        call.done = true;
        return;
      }
      const url = keptUrl(urlOf(xhr));
      const statusText = statusTextOf(xhr);
      exchange.add({ kind: 'response', status, statusText, headers, url }, url.length);
      if (isText && isStreaming(media)) call.parts = streamParts(exchange, media);
    }
    if (state >= LOADING && call.parts) addChunk(call, call.parts, textOf(xhr));
    call.done = state === DONE || (exchange.seq < 0 && call.taken > PAGE_CAPS.markWindow);
    if (state !== DONE) return;
    if (call.parts) call.parts.end();
    else addAnswer(xhr, call, exchange);
    exchange.add({ kind: 'end' });
  }

  function addChunk(call: Call, parts: StreamParts, text: string): void {
    if (text.length <= call.taken) return;
    const seq = parts.push(slice(text, call.taken), text.length - call.taken);
    call.taken = text.length;
    if (seq >= 0) call.lastSeq = seq;
  }

  function addAnswer(xhr: object, call: Call, exchange: Exchange): void {
    const payload = answerPayload(xhr);
    if (!exchange.isChat)
      exchange.names(payload.encoding === 'text' ? payload.data : beginning(responseOf(xhr)), 'server');
    const seq = exchange.add({ kind: 'body', role: 'answer', payload }, payload.data.length);
    call.lastSeq = seq;
    // What becomes known later names the body whose bytes it has.
    if (payload.encoding === 'later' && seq >= 0)
      readLater(responseOf(xhr), false, (late) => exchange.addLate(seq, 'answer', late));
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

/**
 * Tap of `fetch`. What does not match gets the browser's own promise with nothing attached; what matches gets the
 * promise derived from it, and its answer is read from a clone.
 */
import type { Header, Payload } from '../observation/observation.ts';
import { absoluteUrl, keptUrl, normalMethod } from './address.ts';
import { addLateBody, addRequestBody, requestBody } from './body.ts';
import type { ChatTest } from './chat-test.ts';
import { type Exchange, openExchange } from './exchange.ts';
import { addAbort, addFailure, isAborted, wordsOf } from './failure.ts';
import { answerHeadersOf, requestHeader } from './headers.ts';
import { limits } from './limits.ts';
import {
  getter,
  isArray,
  NativeBytes,
  ownKeys,
  privateList,
  readData,
  replaceStart,
  settle,
  subarray,
  uncurry,
} from './natives.ts';
import { beginning, bodyPayload, laterBytes, noBytes, viewLength } from './payload.ts';
import type { Recorder } from './recorder.ts';
import { readAnswer } from './stream.ts';

interface Call {
  readonly url: string;
  readonly method: string;
  readonly body: unknown;
  readonly request: Request | null;
  readonly init: unknown;
  /** Its signal was aborted before the call: the browser rejects at once and nothing goes on the wire. */
  readonly aborted: AbortSignal | null;
  /** Its body names an event. Otherwise its URL may be chat, or it is only looked at. */
  readonly isChat: boolean;
}

export function tapFetch(window: Window & typeof globalThis, chat: ChatTest, recorder: Recorder): void {
  replaceStart(window, 'fetch', {
    before: (native) => {
      const call = chatCall(native[2]);
      return call && { call, copy: copyOfBody(call) };
    },
    after: (known, promise) =>
      known && isPromise(promise) ? accompanied(promise, known.call, known.copy) : promise,
  });

  function accompanied(promise: Promise<unknown>, call: Call, copy: Request | null): Promise<unknown> {
    const { init, aborted } = call;
    let exchange: Exchange;
    try {
      exchange = addRequest(call, copy);
      if (aborted) {
        addAbort(exchange, wordsOf(reasonOf(aborted)));
        return promise;
      }
    } catch {
      return promise;
    }
    return settle(
      promise,
      (response) => {
        try {
          addResponse(exchange, response);
        } catch {
          // The page gets its answer.
        }
        return response;
      },
      (reason) => {
        try {
          addFailure(exchange, reason, init);
        } catch {
          // The page gets its error.
        }
        throw reason;
      },
    );
  }

  /** The call in our words if it is chat, or may be: by URL, by its body, or by its origin. */
  function chatCall(args: readonly unknown[]): Call | null {
    if (args.length === 0) return null;
    const input = args[0];
    const init = args.length > 1 ? args[1] : undefined;
    const request = isRequest(input) ? input : null;
    // Better not seen here, and taken from DevTools, than with a method that it did not have.
    const method = readData(init, 'method', true);
    const body = readData(init, 'body', true);
    const url = absoluteUrl(request ? requestUrl(request) : input);
    const isChat = chat.names(beginning(body), 'client');
    if (!isChat && !chat.url(url) && !chat.everything && !chat.origin(url)) return null;
    return {
      url,
      method: typeof method === 'string' ? normalMethod(method) : request ? requestMethod(request) : 'GET',
      body,
      request,
      init,
      aborted: abortedSignal(init, request),
      isChat,
    };
  }

  function addRequest(call: Call, copy: Request | null): Exchange {
    const { method, url, isChat } = call;
    const body: Payload | null = copy ? laterBytes(0) : requestBody(call.body);
    const headers = headersOf(call);
    const exchange = openExchange(
      chat,
      recorder,
      url,
      () => ({ kind: 'request', transport: 'fetch', method, url, headers, body }),
      isChat,
    );
    if (copy) addCopiedBody(exchange, copy);
    else addLateBody(exchange, body, call.body);
    return exchange;
  }

  function addResponse(exchange: Exchange, response: unknown): void {
    const headers = answerHeadersOf(responseHeaders(response));
    const url = keptUrl(responseUrl(response));
    exchange.add(
      { kind: 'response', status: statusOf(response), statusText: statusTextOf(response), headers, url },
      url.length,
    );
    readAnswer(exchange, response, headers);
  }
}

const requestUrl = getter(Request.prototype, 'url');
const requestMethod = getter(Request.prototype, 'method');
const requestHeadersOf = getter(Request.prototype, 'headers');
const requestUsed = getter(Request.prototype, 'bodyUsed');
const cloneRequest = uncurry(Request.prototype.clone);
const requestBytes = uncurry(Request.prototype.arrayBuffer);
const statusOf = getter(Response.prototype, 'status');
const statusTextOf = getter(Response.prototype, 'statusText');
const responseUrl = getter(Response.prototype, 'url');
const responseHeaders = getter(Response.prototype, 'headers');
const forEachHeader: (headers: unknown, visit: (value: string, name: string) => void) => void = uncurry(
  Headers.prototype.forEach,
);
const requestSignal = getter(Request.prototype, 'signal');
const reasonOf = getter(AbortSignal.prototype, 'reason');

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null;
}

function isRequest(input: unknown): input is Request {
  if (typeof input !== 'object' || input === null) return false;
  try {
    requestUrl(input);
    return true;
  } catch {
    return false;
  }
}

/** A Request's own body can be read once only: a second one is made before the browser takes the first. */
function copyOfBody({ request, body, method }: Call): Request | null {
  if (!request || (body !== undefined && body !== null) || method === 'GET' || method === 'HEAD') return null;
  try {
    return requestUsed(request) ? null : cloneRequest(request);
  } catch {
    return null;
  }
}

function addCopiedBody(exchange: Exchange, copy: Request): void {
  const add = (payload: Payload): void => addRequestBody(exchange, payload);
  settle(
    requestBytes(copy),
    (buffer) => {
      const bytes = new NativeBytes(buffer);
      const size = viewLength(bytes);
      const kept = size > limits.body ? subarray(bytes, 0, limits.body) : bytes;
      add(bodyPayload(kept, size, size > limits.body));
    },
    () => add(noBytes('unreadable')),
  );
}

/** Request headers from what the page gave, where that can be read without running its code. */
function headersOf({ init, request }: Call): Header[] {
  const headers: Header[] = privateList();
  const add = (name: unknown, value: unknown): void => {
    const header = typeof name === 'string' && typeof value === 'string' ? requestHeader(name, value) : null;
    if (header) headers[headers.length] = header;
  };
  const given = readData(init, 'headers') ?? (request ? requestHeadersOf(request) : undefined);
  if (typeof given !== 'object' || given === null) return headers;
  try {
    forEachHeader(given, (value, name) => add(name, value));
  } catch {
    if (isArray(given)) {
      for (let i = 0; i < given.length && i < 64; i++) {
        const pair = readData(given, `${i}`);
        add(readData(pair, '0'), readData(pair, '1'));
      }
    } else {
      const names = ownKeys(given);
      for (let i = 0; i < names.length && i < 64; i++) {
        const name = names[i];
        if (name !== undefined) add(name, readData(given, name));
      }
    }
  }
  return headers;
}

/** The signal of a call, if it is aborted: that of the options stands in the place of the Request's own. */
function abortedSignal(init: unknown, request: Request | null): AbortSignal | null {
  const given = readData(init, 'signal');
  const signal = given === undefined && request ? requestSignal(request) : given;
  return isAborted(signal) ? signal : null;
}

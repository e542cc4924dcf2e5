/**
 * Tap of `fetch`. What does not match gets the browser's own promise with nothing attached; what matches gets the
 * promise derived from it, and its answer is read from a clone.
 */
import type { Header, Payload, Seq } from '../observation/observation.ts';
import { absoluteUrl, normalMethod } from './address.ts';
import { addLateBody, requestBody } from './body.ts';
import type { ChatTest } from './chat-test.ts';
import { answerHeadersOf, requestHeader } from './headers.ts';
import { limits } from './limits.ts';
import {
  apply,
  getter,
  isArray,
  NativeBytes,
  ownKeys,
  privateList,
  readData,
  replace,
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
}

export function tapFetch(window: Window & typeof globalThis, chat: ChatTest, recorder: Recorder): void {
  replace(window, 'fetch', {
    apply: (target, self, args) => {
      let call: Call | null = null;
      let copy: Request | null = null;
      try {
        call = chatCall(args);
        if (call) copy = copyOfBody(call);
      } catch {
        call = null;
      }
      const promise = apply(target, self, args);
      return call && isPromise(promise) ? accompanied(promise, call, copy) : promise;
    },
  });

  function accompanied(promise: Promise<unknown>, call: Call, copy: Request | null): Promise<unknown> {
    const { init, aborted } = call;
    let of = -1;
    try {
      of = addRequest(call, copy);
      if (aborted) {
        addAbort(recorder, of, wordsOf(reasonOf(aborted)));
        return promise;
      }
    } catch {
      return promise;
    }
    return settle(
      promise,
      (response) => {
        try {
          addResponse(of, response);
        } catch {
          // The page gets its answer.
        }
        return response;
      },
      (reason) => {
        try {
          addFailure(recorder, of, reason, init);
        } catch {
          // The page gets its error.
        }
        throw reason;
      },
    );
  }

  /** The call in our words if it is chat, or may be: by URL, by its body, or by its origin. */
  function chatCall(args: unknown[]): Call | null {
    if (args.length === 0) return null;
    const input = args[0];
    const init = args.length > 1 ? args[1] : undefined;
    const request = isRequest(input) ? input : null;
    // Better not seen here, and taken from DevTools, than with a method that it did not have.
    const method = readData(init, 'method', true);
    const body = readData(init, 'body', true);
    const url = absoluteUrl(request ? requestUrl(request) : input);
    if (!chat.url(url) && !chat.origin(url)) {
      if (!chat.text(beginning(body))) return null;
      chat.learn(url);
    }
    return {
      url,
      method: typeof method === 'string' ? normalMethod(method) : request ? requestMethod(request) : 'GET',
      body,
      request,
      init,
      aborted: abortedSignal(init, request),
    };
  }

  function addRequest(call: Call, copy: Request | null): Seq {
    const body: Payload | null = copy ? laterBytes(0) : requestBody(call.body);
    const seq = recorder.add(
      {
        kind: 'request',
        transport: 'fetch',
        method: call.method,
        url: call.url,
        headers: headersOf(call),
        body,
      },
      call.url.length + (body?.data.length ?? 0),
    );
    if (copy) addCopiedBody(recorder, seq, copy);
    else addLateBody(recorder, seq, body, call.body);
    return seq;
  }

  function addResponse(of: Seq, response: unknown): void {
    const headers = answerHeadersOf(responseHeaders(response));
    const url = responseUrl(response);
    recorder.add(
      { kind: 'response', of, status: statusOf(response), statusText: statusTextOf(response), headers, url },
      url.length,
    );
    readAnswer(recorder, of, response, headers);
  }
}

/** A request that was given up or that failed, as its promise or its stream says it. */
export function addFailure(recorder: Recorder, of: Seq, reason: unknown, init: unknown): void {
  const signal = readData(init, 'signal');
  const words = wordsOf(reason);
  const { name, message } = words;
  if (name === 'AbortError' || isAborted(signal)) addAbort(recorder, of, words);
  else recorder.add({ kind: 'error', of, message: message || name || 'error', retrying: false });
}

function addAbort(recorder: Recorder, of: Seq, { name, message }: Words): void {
  recorder.add({ kind: 'abort', of, reason: message || name });
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
const isAbortedNow = getter(AbortSignal.prototype, 'aborted');
const reasonOf = getter(AbortSignal.prototype, 'reason');
const exceptionName = getter(DOMException.prototype, 'name');
const exceptionMessage = getter(DOMException.prototype, 'message');

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
function copyOfBody({ request, body, method, aborted }: Call): Request | null {
  if (!request || aborted || (body !== undefined && body !== null) || method === 'GET' || method === 'HEAD')
    return null;
  try {
    return requestUsed(request) ? null : cloneRequest(request);
  } catch {
    return null;
  }
}

function addCopiedBody(recorder: Recorder, of: Seq, copy: Request): void {
  const add = (payload: Payload): void => {
    recorder.add({ kind: 'body', of, role: 'request', payload }, payload.data.length);
  };
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

function isAborted(signal: unknown): signal is AbortSignal {
  try {
    return isAbortedNow(signal);
  } catch {
    return false;
  }
}

interface Words {
  readonly name: string;
  readonly message: string;
}

/** What an error says of itself, without running a getter of the page's. */
function wordsOf(reason: unknown): Words {
  try {
    return { name: exceptionName(reason), message: exceptionMessage(reason) };
  } catch {
    const name = readData(reason, 'name');
    const message = readData(reason, 'message');
    return {
      name: typeof name === 'string' ? name : '',
      message: typeof message === 'string' ? message : typeof reason === 'string' ? reason : '',
    };
  }
}

/**
 * Bodies of `fetch` answers: read from a clone, capped, given up when the page gives its own up, so that neither
 * memory nor the connection is held for us.
 */
import type { Header, Payload } from '../observation/observation.ts';
import { PAGE_CAPS } from '../observation/page-caps.ts';
import type { Exchange } from './exchange.ts';
import { addFailure } from './failure.ts';
import { headerValue, isPageFile, isStreaming, isText, mediaType } from './headers.ts';
import { limits } from './limits.ts';
import {
  accompany,
  bare,
  getter,
  NativeBytes,
  privateList,
  privateMap,
  readData,
  settle,
  subarray,
  taken,
  uncurry,
} from './natives.ts';
import { bodyPayload, bytesOf, decode, noBytes, textPayload, viewLength } from './payload.ts';
import { streamParts } from './stream-parts.ts';

const cloneResponse = uncurry(Response.prototype.clone);
const typeOf = getter(Response.prototype, 'type');
const bodyOf = getter(Response.prototype, 'body');
const getReader: (stream: unknown) => ReadableStreamDefaultReader<Uint8Array> = uncurry(
  taken(ReadableStream.prototype, 'getReader'),
);
const readerPrototype = ReadableStreamDefaultReader.prototype;
const readChunk: (reader: unknown) => Promise<unknown> = uncurry(readerPrototype.read);
const cancelReader: (reader: unknown) => Promise<void> = uncurry(readerPrototype.cancel);
const NativeDecoder = TextDecoder;
const setBytes: (target: unknown, source: Uint8Array, offset: number) => void = uncurry(
  NativeBytes.prototype.set,
);

/** An answer that is being read, and how to give our clone of it up when the page cancels its own. */
interface Reading {
  readonly response: unknown;
  readonly giveUp: () => void;
}

const readings: Reading[] = privateList();

/** The reading of the answer whose body this is. A body that nobody asks for is dear to make, so it is asked for here. */
function readingOf(stream: unknown): Reading | undefined {
  for (let i = 0; i < readings.length; i++) {
    const reading = readings[i];
    if (reading && bodyOf(reading.response) === stream) return reading;
  }
  return undefined;
}

export function readAnswer(exchange: Exchange, response: unknown, headers: readonly Header[]): void {
  const media = mediaType(headers);
  if (exchange.seq < 0 && (!isText(media) || isPageFile(media))) {
    exchange.forget();
    return;
  }
  const type = typeOf(response);
  if (type === 'opaque' || type === 'opaqueredirect' || type === 'error') {
    only(noBytes(type));
    return;
  }
  // A browser that has made a clone reads on for both, however slowly the page takes its own: what may be long and is
  // no text, such as a file that is saved as it comes, is left alone.
  const length = headerValue(headers, 'content-length');
  if (!isText(media) && !(length !== '' && +length <= limits.body) && bodyOf(response)) {
    only(noBytes('not copied', +length || 0));
    return;
  }
  let copy: ReadableStream<Uint8Array> | null;
  try {
    copy = bodyOf(cloneResponse(response));
  } catch {
    // Read or locked already, by somebody who patched `fetch` under us.
    only(noBytes('used'));
    return;
  }
  if (!copy) {
    only(textPayload(''));
    return;
  }
  const reader = getReader(copy);
  let ended = false;
  const reading: Reading = {
    response,
    giveUp: () => {
      if (ended) return;
      finish();
      exchange.add({ kind: 'abort', reason: 'cancelled by the page' });
      exchange.forget();
      cancel();
    },
  };
  readings[readings.length] = reading;

  const stream = isStreaming(media) ? streamParts(exchange, media) : null;
  const decoder = new NativeDecoder('utf-8', bare({ ignoreBOM: true }));
  let parts: Uint8Array[] = privateList();
  const cap = limits.body;
  let size = 0;
  next();

  function next(): void {
    settle(
      readChunk(reader),
      (result) => {
        if (ended) return;
        try {
          // A plain object of the browser's making: both are its own properties.
          const chunk = readData(result, 'value');
          if (readData(result, 'done') === true) {
            finish();
            exchange.add({ kind: 'end' });
            exchange.forget();
          } else {
            const bytes = bytesOf(chunk);
            if (bytes) take(bytes);
          }
        } catch {
          leave();
          cancel();
        }
      },
      (reason) => {
        if (ended) return;
        finish();
        // The page may have read its own to the end and given the rest up: Firefox tells our copy of the end later.
        if (size > 0 && `${size}` === headerValue(headers, 'content-length')) exchange.add({ kind: 'end' });
        else addFailure(exchange, reason, undefined);
        exchange.forget();
      },
    );
  }

  function take(chunk: Uint8Array): void {
    const length = viewLength(chunk);
    const room = cap - size;
    size += length;
    if (stream) stream.push(decode(decoder, chunk, bare({ stream: true })), length);
    else parts[parts.length] = length > room ? subarray(chunk, 0, room) : chunk;
    if (
      exchange.seq < 0 &&
      size > PAGE_CAPS.markWindow &&
      (stream || !exchange.names(body().data, 'server'))
    ) {
      exchange.forget();
      leave();
      cancel();
    } else if (stream || size <= cap) next();
    else {
      finish();
      exchange.add({ kind: 'end' });
      cancel();
    }
  }

  function leave(): void {
    ended = true;
    const last = readings[readings.length - 1];
    for (let i = 0; i < readings.length; i++) if (readings[i] === reading && last) readings[i] = last;
    readings.length--;
  }

  function finish(): void {
    leave();
    if (stream) stream.end();
    else {
      const answer = body();
      if (!exchange.isChat) exchange.names(answer.data, 'server');
      add(answer);
    }
    parts = privateList();
  }

  /** What has come so far. */
  function body(): Payload {
    const cut = size > cap;
    const bytes = new NativeBytes(cut ? cap : size);
    for (let i = 0, at = 0; i < parts.length; i++) {
      const part = parts[i];
      if (!part) continue;
      setBytes(bytes, part, at);
      at += viewLength(part);
    }
    return bodyPayload(bytes, size, cut);
  }

  function cancel(): void {
    settle(
      cancelReader(reader),
      () => {},
      () => {},
    );
  }

  function only(answer: Payload): void {
    add(answer);
    exchange.add({ kind: 'end' });
    exchange.forget();
  }

  function add(answer: Payload): void {
    exchange.add({ kind: 'body', role: 'answer', payload: answer }, answer.data.length);
  }
}

/**
 * A clone holds the connection until both sides are cancelled, and the page's `cancel()` waits for ours: so every
 * way of cancelling a stream is followed.
 */
export function tapCancelling(window: Window & typeof globalThis): void {
  const readers = privateMap<object, Reading>();
  const stream = window.ReadableStream.prototype;
  accompany(stream, 'getReader', {
    after: (self, _args, reader) => {
      const reading = readingOf(self);
      if (reading && typeof reader === 'object' && reader !== null) readers.set(reader, reading);
    },
  });
  accompany(stream, 'cancel', { after: (self) => readingOf(self)?.giveUp() });
  const ofReader = (self: object): void => readers.get(self)?.giveUp();
  accompany(window.ReadableStreamDefaultReader.prototype, 'cancel', { after: ofReader });
  accompany(window.ReadableStreamBYOBReader.prototype, 'cancel', { after: ofReader });
}

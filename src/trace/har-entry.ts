/**
 * One entry of a HAR file, with what the programs in use write beside the 1.2 specification. HAR files are written by
 * many hands: a member of a wrong type is read as if it were absent, so that one odd entry does not cost the file.
 */
import * as z from 'zod/mini';
import type { Header } from '../observation/observation.ts';
import { withoutCredentials } from '../observation/plain-url.ts';

// The panel's content security policy forbids `new Function`, which zod would compile its checks with.
z.config({ jitless: true });

const text = z.catch(z.optional(z.string()), undefined);
const number = z.catch(z.optional(z.number()), undefined);
const closeCode = z.catch(z.optional(z.int().check(z.gte(0), z.lte(65_535))), undefined);
/** As pairs, the way a trace has them. */
const headers = z.catch(
  z.array(
    z.pipe(
      z.object({ name: z.string(), value: z.string() }),
      z.transform(({ name, value }): Header => [name, value]),
    ),
  ),
  [],
);

const body = z.object({
  text,
  /** 'base64' where the bytes are binary. Of a request only some programs write it. */
  encoding: text,
  _encoding: text,
  mimeType: text,
  size: number,
  /** Playwright, with attached content: the bytes are in a file beside this one, and `text` is absent or empty. */
  _file: text,
  _sha1: text,
});

/** A WebSocket message: Chrome's extension of HAR, which the others took over. `time` is in seconds or milliseconds. */
const socketMessage = z.object({ type: text, time: number, opcode: number, data: text });

/** One event of an EventSource. */
const streamMessage = z.object({ time: number, eventName: text, eventId: text, data: text });

export const harEntrySchema = z.object({
  startedDateTime: text,
  /** Milliseconds in all; -1 where unknown. */
  time: number,
  /** Chrome, Firefox and Playwright: 'xhr', 'fetch', 'websocket', 'eventsource', 'ping' … */
  _resourceType: text,
  request: z.object({
    method: z.catch(z.string(), 'GET'),
    url: z.pipe(z.string(), z.transform(withoutCredentials)),
    headers,
    bodySize: number,
    postData: z.catch(z.optional(body), undefined),
    /** HTTP Toolkit: a body that is no text, in base64. */
    _content: z.catch(z.optional(body), undefined),
  }),
  response: z.catch(
    z.optional(
      z.object({
        /** 0 where there was no answer; Playwright writes -1. */
        status: z.catch(z.int().check(z.gte(0), z.lte(999)), 0),
        statusText: z.catch(z.string(), ''),
        headers,
        bodySize: number,
        content: z.catch(z.optional(body), undefined),
        /** Chrome and mitmproxy: why the exchange failed. */
        _error: text,
        /** Playwright: the same. */
        _failureText: text,
      }),
    ),
    undefined,
  ),
  _error: text,
  _webSocketMessages: z.catch(z.optional(z.array(z.catch(socketMessage, {}))), undefined),
  /** HTTP Toolkit: how the socket was closed. */
  _webSocketClose: z.catch(
    z.optional(
      z.union([z.literal('aborted'), z.object({ code: closeCode, reason: text, timestamp: number })]),
    ),
    undefined,
  ),
  /** Flutter Intercept: how many messages of the socket or stream it did not keep. */
  _framesDropped: number,
  _eventSourceMessages: z.catch(z.optional(z.array(z.catch(streamMessage, {}))), undefined),
});

export type HarEntry = z.infer<typeof harEntrySchema>;
export type HarBody = z.infer<typeof body>;

/** Below this a time is in seconds: as milliseconds it would lie in March 1973, as seconds it reaches the year 5138. */
const SECONDS_BELOW = 1e11;

/** A message's time as Unix milliseconds; undefined where the file has none (-1). */
export function messageTime(time: number | undefined): number | undefined {
  if (time === undefined || !Number.isFinite(time) || time < 0) return undefined;
  return time < SECONDS_BELOW ? time * 1000 : time;
}

/** A header's value, whatever the case of its name. */
export function headerValue(headers: readonly Header[], name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

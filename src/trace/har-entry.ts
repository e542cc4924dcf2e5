/**
 * One entry of a HAR file, with what the programs in use write beside the 1.2 specification. HAR files are written by
 * many hands: a member of a wrong type is read as if it were absent, so that one odd entry does not cost the file.
 */
import * as z from 'zod/mini';
import type { Header } from '../observation/observation.ts';
import { plainUrl } from '../observation/plain-url.ts';
import { formText } from './har-form.ts';

// The panel's content security policy forbids `new Function`, which zod would compile its checks with.
z.config({ jitless: true });

const text = z.catch(z.optional(z.string()), undefined);
/** A trace writes a negative zero as 0, so none is read. */
const withoutNegativeZero = z.transform((value: number) => value + 0);
const NUMBER = /^\s*-?\d+(?:\.\d+)?\s*$/;
/** Also one that is written as text: "200". */
const anyNumber = z.pipe(
  z.union([z.number(), z.pipe(z.string().check(z.regex(NUMBER)), z.transform(Number))]),
  withoutNegativeZero,
);
const number = z.catch(z.optional(anyNumber), undefined);
/** Number or text, as {@link fileTime} reads it. */
const time = z.catch(z.optional(z.union([z.number(), z.string()])), undefined);
const closeCode = z.catch(
  z.optional(z.pipe(z.int().check(z.gte(0), z.lte(65_535)), withoutNegativeZero)),
  undefined,
);
const header = z.pipe(
  z.object({ name: z.string(), value: z.string() }),
  z.transform(({ name, value }): Header => [name, value]),
);
/** As pairs, the way a trace has them. What is no header is left out, and the others stay. */
const headers = z.catch(
  z.pipe(
    z.array(z.catch(z.nullable(header), null)),
    z.transform((list) => list.filter((each) => each !== null)),
  ),
  [],
);

/** Chat Inspector: only the beginning was kept when it was captured, of so many bytes. */
const cut = { _truncated: z.catch(z.optional(z.boolean()), undefined), _size: number };

const body = z.object({
  ...cut,
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

const formMember = z.object({ name: z.string(), value: z.catch(z.string(), '') });

/** Of a form, Charles, Insomnia and the specification's own example give the members in place of the text. */
const postData = z.pipe(
  z.extend(body, { params: z.catch(z.array(z.catch(z.nullable(formMember), null)), []) }),
  z.transform(({ params, ...rest }): HarBody => {
    const members = params.filter((each) => each !== null);
    return rest.text || members.length === 0 ? rest : { ...rest, text: formText(members) };
  }),
);

/**
 * A WebSocket message: Chrome's extension of HAR, which the others took over. `type` and `opcode` in whichever words the
 * program has for them.
 */
const socketMessage = z.object({
  type: text,
  direction: text,
  time,
  opcode: z.catch(z.optional(z.union([anyNumber, z.string()])), undefined),
  data: text,
  ...cut,
  /** Chat Inspector: the socket was closing or closed, and the browser dropped what the page sent. */
  _dropped: z.catch(z.optional(z.boolean()), undefined),
});

/** One event of an EventSource. */
const streamMessage = z.object({ time, eventName: text, eventId: text, data: text, ...cut });

export const harEntrySchema = z.object({
  startedDateTime: time,
  /** Milliseconds in all; -1 where unknown. */
  time: number,
  /** Chrome, Firefox and Playwright: 'xhr', 'fetch', 'websocket', 'eventsource', 'ping' … */
  _resourceType: text,
  request: z.object({
    method: z.catch(z.string(), 'GET'),
    url: z.pipe(
      z.string(),
      z.transform((url: string) => plainUrl(url)),
    ),
    headers,
    bodySize: number,
    postData: z.catch(z.optional(postData), undefined),
    /** HTTP Toolkit: a body that is no text, in base64. */
    _content: z.catch(z.optional(body), undefined),
  }),
  response: z.catch(
    z.optional(
      z.object({
        /** 0 where there was no answer; Playwright writes -1. */
        status: z.catch(z.pipe(anyNumber, z.int().check(z.gte(0), z.lte(999))), 0),
        statusText: z.catch(z.string(), ''),
        headers,
        bodySize: number,
        content: z.catch(z.optional(body), undefined),
        /** Chrome and mitmproxy: why the exchange failed. */
        _error: text,
        /** Playwright: the same. */
        _failureText: text,
        /** Chrome: a service worker answered. */
        _fetchedViaServiceWorker: z.catch(z.optional(z.boolean()), undefined),
        /** Where a redirect leads; some write it beside the header and some in its place. */
        redirectURL: text,
      }),
    ),
    undefined,
  ),
  _error: text,
  /** Safari: 'Network Load', 'Memory Cache', 'Disk Cache' or 'Service Worker'. */
  _fetchType: text,
  _webSocketMessages: z.catch(z.optional(z.array(z.catch(socketMessage, {}))), undefined),
  /** HTTP Toolkit: how the socket was closed. */
  _webSocketClose: z.catch(
    z.optional(z.union([z.literal('aborted'), z.object({ code: closeCode, reason: text, timestamp: time })])),
    undefined,
  ),
  /** Flutter Intercept: how many messages of the socket or stream it did not keep. */
  _framesDropped: number,
  _eventSourceMessages: z.catch(z.optional(z.array(z.catch(streamMessage, {}))), undefined),
});

export type HarEntry = z.infer<typeof harEntrySchema>;
export type HarBody = z.infer<typeof body>;
export type HarCut = Pick<HarBody, '_truncated' | '_size'>;

/** True where the file says that a service worker answered in place of the network. */
export function isViaWorker({ response, _fetchType }: HarEntry): boolean {
  return response?._fetchedViaServiceWorker === true || _fetchType === 'Service Worker';
}

/** A header's value, whatever the case of its name. */
export function headerValue(headers: readonly Header[], name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

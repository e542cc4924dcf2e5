/** What DevTools reports of one request, in either browser's words, as the drafts of observations that it will be. */
import { CAPTURED_ANSWER_HEADERS, CAPTURED_REQUEST_HEADERS } from '../../src/observation/captured-headers.ts';
import type { Header, Payload } from '../../src/observation/observation.ts';
import type { Draft } from '../../src/trace/har-draft.ts';
import { type HarEntry, harEntrySchema, headerValue } from '../../src/trace/har-entry.ts';
import { exchangeDrafts } from '../../src/trace/har-exchange.ts';
import { isSocketEntry, socketDrafts } from '../../src/trace/har-socket.ts';
import { fileTime } from '../../src/trace/har-time.ts';

/** What `getContent` gives. Chrome's second argument is 'base64' or ''; Firefox's is the media type. */
export interface Content {
  readonly text: string | null;
  readonly encoding: string;
}

type Transport = 'fetch' | 'xhr' | 'beacon' | 'eventsource' | 'socket';

/** One request that a script made, wherever the script ran. */
export interface NetworkRequest {
  /** In upper case. */
  readonly method: string;
  /** Absolute, without a fragment. */
  readonly url: string;
  /** Unix milliseconds, by the browser's clock. */
  readonly start: number;
  readonly end: number;
  /** Whose request it is, by headers that no script can set; null where none says it. */
  readonly origin: string | null;
  /** Null where the browser does not say how it was made (Firefox). */
  readonly transport: Transport | null;
  readonly body: Payload | null;
  /** 0: no answer came. */
  readonly status: number;
  readonly answer: Payload | null;
  /** Answered by the page's service worker, which may have asked the server in turn (Chrome says it). */
  readonly byServiceWorker: boolean;
  /** Where a redirection leads: the page that asked sees only the end of such a chain. */
  readonly redirect: { readonly method: string; readonly url: string } | null;
  readonly drafts: readonly Draft[];
  /** Where the content was not asked for, since the hook seems to have it: asks, and reports the request once more. */
  readonly askContent?: () => void;
}

/**
 * An entry of DevTools as the browser gives it (hostile: the page chose most of it), with its content. Null for what no
 * script asked for and for what the browser asks by itself, such as leave to cross origins.
 */
export function networkRequest(given: unknown, content: Content): NetworkRequest | null {
  const parsed = harEntrySchema.safeParse(given);
  if (!parsed.success) return null;
  const marks = browserMarks(given);
  const entry = withContent(parsed.data, content, marks);
  const start = fileTime(entry.startedDateTime)?.at;
  if (start === undefined || !byScript(entry, marks)) return null;
  const method = entry.request.method.toUpperCase();
  const url = withoutFragment(entry.request.url);
  const origin = originOf(entry);
  if (isSocketEntry(entry)) {
    const drafts = socketDrafts(entry, start);
    const end = drafts.at(-1)?.at ?? start;
    return { method, url, start, end, origin, transport: 'socket', ...NO_EXCHANGE, drafts };
  }
  const drafts = exchangeDrafts(entry, start).map((draft) => captured(draft, marks));
  const first = drafts[0]?.content;
  const answer = drafts.map((draft) => draft.content).find(({ kind }) => kind === 'body' || kind === 'chunk');
  return {
    method,
    url,
    start,
    end: drafts.at(-1)?.at ?? start,
    origin,
    transport: transportOf(entry),
    body: first?.kind === 'request' ? withBytes(first.body) : null,
    status: entry.response?.status ?? 0,
    answer: answer && 'payload' in answer ? withBytes(answer.payload) : null,
    byServiceWorker: marks.byServiceWorker,
    redirect: redirectOf(method, url, entry, marks.redirect),
    drafts,
  };
}

/** `Origin`, and where there is none `Referer`: the browser writes both itself. */
function originOf({ request }: HarEntry): string | null {
  const origin = headerValue(request.headers, 'origin');
  if (origin !== undefined && origin !== '') return origin;
  try {
    return new URL(headerValue(request.headers, 'referer') ?? '').origin;
  } catch {
    return null;
  }
}

const NO_EXCHANGE = { body: null, status: 0, answer: null, redirect: null, byServiceWorker: false } as const;

interface BrowserMarks {
  readonly byServiceWorker: boolean;
  readonly redirect: string;
  /** Firefox says here that a content is base64; for an answer without one as well. */
  readonly base64: boolean;
  readonly preflight: boolean;
}

/** What the reader of HAR files has no use for. */
function browserMarks(given: unknown): BrowserMarks {
  const response = member(given, 'response');
  return {
    byServiceWorker: member(response, '_fetchedViaServiceWorker') === true,
    redirect: String(member(response, 'redirectURL') ?? ''),
    base64: member(member(response, 'content'), 'encoding') === 'base64',
    preflight: member(given, '_resourceType') === 'preflight',
  };
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function withContent(entry: HarEntry, { text, encoding }: Content, marks: BrowserMarks): HarEntry {
  if (!entry.response || text === null) return entry;
  const base64 = encoding === 'base64' || (marks.base64 && text !== '');
  const { content } = entry.response;
  return {
    ...entry,
    response: { ...entry.response, content: { ...content, text, encoding: base64 ? 'base64' : undefined } },
  };
}

/** How Chrome names what scripts ask for; other names are elements, navigations, style sheets … */
const SCRIPT_TYPES = new Set(['fetch', 'xhr', 'ping', 'beacon', 'eventsource', 'websocket']);

/** The beginnings of `Accept` that elements and navigations send. */
const ELEMENT_ACCEPTS = /^(text\/html|text\/css|image\/|audio\/|video\/)/i;

function byScript(entry: HarEntry, { preflight }: BrowserMarks): boolean {
  const { headers, method } = entry.request;
  const asksLeave = headerValue(headers, 'access-control-request-method') !== undefined;
  if (preflight || (method.toUpperCase() === 'OPTIONS' && asksLeave)) return false;
  if (isSocketEntry(entry)) return true;
  if (entry._resourceType !== undefined) return SCRIPT_TYPES.has(entry._resourceType.toLowerCase());
  const destination = headerValue(headers, 'sec-fetch-dest');
  if (destination !== undefined) return destination === 'empty';
  return !ELEMENT_ACCEPTS.test(headerValue(headers, 'accept') ?? '');
}

function transportOf(entry: HarEntry): Transport | null {
  switch (entry._resourceType?.toLowerCase()) {
    case 'fetch':
    case 'xhr':
    case 'eventsource':
      return entry._resourceType.toLowerCase() as 'fetch' | 'xhr' | 'eventsource';
    case 'ping':
    case 'beacon':
      return 'beacon';
  }
  const accept = headerValue(entry.request.headers, 'accept') ?? '';
  return accept.startsWith('text/event-stream') ? 'eventsource' : null;
}

/** Of a request by DevTools the headers that the hook leaves out are left out too. */
const REQUEST_HEADERS = new Set(CAPTURED_REQUEST_HEADERS);
const ANSWER_HEADERS = new Set(CAPTURED_ANSWER_HEADERS);

function captured({ at, content }: Draft, { byServiceWorker }: BrowserMarks): Draft {
  if (content.kind === 'request')
    return { at, content: { ...content, headers: only(REQUEST_HEADERS, content.headers) } };
  if (content.kind === 'response')
    return {
      at,
      content: {
        ...content,
        headers: only(ANSWER_HEADERS, content.headers),
        ...(byServiceWorker ? { via: 'service-worker' } : {}),
      },
    };
  if (content.kind === 'body' || content.kind === 'chunk')
    return { at, content: { ...content, payload: said(content.payload) } };
  // Firefox says of nothing that got no answer why.
  if (content.kind === 'abort' && content.reason === '')
    return { at, content: { ...content, reason: 'no answer: given up or failed' } };
  return { at, content };
}

function only(names: ReadonlySet<string>, headers: readonly Header[]): Header[] {
  return headers.filter(([name]) => names.has(name.toLowerCase()));
}

/** The reader of files speaks of files. */
function said(payload: Payload): Payload {
  return payload.encoding === 'none' ? { ...payload, note: 'not given by DevTools' } : payload;
}

/** An empty body is none: not every browser tells them apart. */
function withBytes(payload: Payload | null): Payload | null {
  return payload?.encoding === 'text' && payload.data === '' ? null : payload;
}

function redirectOf(
  method: string,
  url: string,
  entry: HarEntry,
  location: string,
): NetworkRequest['redirect'] {
  const status = entry.response?.status ?? 0;
  if (location === '' || status < 300 || status > 399) return null;
  const turnsToGet = status === 303 ? method !== 'HEAD' : status < 303 && method === 'POST';
  try {
    return { method: turnsToGet ? 'GET' : method, url: withoutFragment(new URL(location, url).href) };
  } catch {
    return null;
  }
}

export function withoutFragment(url: string): string {
  const hash = url.indexOf('#');
  return hash < 0 ? url : url.slice(0, hash);
}

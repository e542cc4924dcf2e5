import type { Header, Payload, RequestObservation } from '../observation/observation.ts';
import { withoutSecrets } from './authorization.ts';
import { type Draft, gapDrafts } from './har-draft.ts';
import { type HarEntry, headerValue, isViaWorker } from './har-entry.ts';
import { asCaptured, harPayload, missingPayload, textPayload } from './har-payload.ts';
import { messageTimes } from './har-time.ts';

/** What a request of a HAR file, its answer and its stream tell. `start` in Unix milliseconds. */
export function exchangeDrafts(entry: HarEntry, start: number): Draft[] {
  const end = start + duration(entry);
  const { request } = entry;
  return [
    {
      at: start,
      content: {
        kind: 'request',
        transport: transportOf(entry),
        method: request.method,
        url: request.url,
        headers: withoutSecrets(request.headers),
        body: requestBody(entry),
      },
    },
    ...answerDrafts(entry, start, end),
    ...(isPending(entry) ? [] : [{ at: end, content: outcome(entry) }]),
  ];
}

function duration({ time }: HarEntry): number {
  return time !== undefined && Number.isFinite(time) && time > 0 ? time : 0;
}

function transportOf(entry: HarEntry): RequestObservation['transport'] {
  if (streamMessages(entry) !== null) return 'eventsource';
  switch (entry._resourceType?.toLowerCase()) {
    case 'eventsource':
      return 'eventsource';
    case 'fetch':
      return 'fetch';
    case 'ping':
    case 'beacon':
      return 'beacon';
    default:
      // Proxies do not know who asked. The vendor's API is called by XMLHttpRequest.
      return 'xhr';
  }
}

function requestBody({ request }: HarEntry): Payload | null {
  const { postData, _content, bodySize } = request;
  const body = postData ?? _content;
  const sent = bodySize !== undefined && bodySize > 0;
  if (body === undefined || (!body.text && sent)) return sent ? missingPayload(bodySize) : null;
  return harPayload(body);
}

function answerDrafts(entry: HarEntry, start: number, end: number): Draft[] {
  const { response } = entry;
  if (response === undefined || response.status === 0) return [];
  const head = {
    kind: 'response',
    status: response.status,
    statusText: response.statusText,
    headers: answerHeaders(response),
    url: entry.request.url,
    ...(isViaWorker(entry) ? { via: 'service-worker' as const } : {}),
  } as const;
  const messages = streamMessages(entry);
  if (messages !== null) {
    const times = messageTimes(
      messages.map(({ time }) => time),
      start,
    );
    const first = times.find((time) => time !== null) ?? end;
    let at = Math.min(first, end);
    const events = messages.map((message, index): Draft => {
      at = Math.max(at, times[index] ?? at);
      return {
        at,
        content: {
          kind: 'stream-event',
          event: message.eventName ?? 'message',
          id: message.eventId ?? '',
          payload: asCaptured(textPayload(message.data ?? ''), message),
        },
      };
    });
    const begin = Math.min(first, end);
    return [{ at: begin, content: head }, ...gapDrafts(entry._framesDropped, begin), ...events];
  }
  const payload = answerBody(entry);
  const answer: Draft = { at: end, content: head };
  if (payload === null) return [answer];
  // A part of an answer may follow; what was broken off is no whole body.
  const partial =
    STREAM_TYPE.test(headerValue(head.headers, 'content-type') ?? '') || outcome(entry).kind !== 'end';
  const content = partial
    ? ({ kind: 'chunk', payload } as const)
    : ({ kind: 'body', role: 'answer', payload } as const);
  return [answer, { at: end, content }];
}

/**
 * The messages of a stream, one by one; null where the file has none, or where they lack their data: Chrome leaves it
 * out of a sanitised file, of which the raw body may still be there.
 */
function streamMessages({ _eventSourceMessages: messages }: HarEntry) {
  if (messages === undefined || messages.length === 0) return null;
  return messages.every(({ data }) => data !== undefined) ? messages : null;
}

const STREAM_TYPE = /^\s*text\/event-stream/i;

/** Headers of an answer, with the type that the file gives beside them where they are left out. */
function answerHeaders({ headers, content }: NonNullable<HarEntry['response']>): Header[] {
  const kept = withoutSecrets(headers);
  const type = content?.mimeType ?? '';
  if (type === '' || type === 'x-unknown' || headerValue(kept, 'content-type') !== undefined) return kept;
  return [...kept, ['content-type', type]];
}

const BODILESS = new Set([101, 204, 205, 304]);

/** Null where the answer has no body, which is not the same as a body that the file does not hold. */
function answerBody({ request, response }: HarEntry): Payload | null {
  const content = response?.content;
  const bodiless = BODILESS.has(response?.status ?? 0) || /^(HEAD|OPTIONS)$/i.test(request.method);
  if (bodiless && (content?.text ?? '') === '') return null;
  if (content?.text !== undefined) return harPayload(content);
  const said = [
    content?.size,
    response?.bodySize,
    Number(headerValue(response?.headers ?? [], 'content-length')),
  ];
  const sizes = said.filter((size) => size !== undefined && size >= 0);
  const empty = sizes.length > 0 && sizes.every((size) => size === 0);
  return empty ? textPayload('') : missingPayload(content?.size);
}

/** How programs say that the page gave a request up: Chrome and Playwright, Firefox, proxies. */
const GIVEN_UP = /abort|cancel|client disconnected|reset by client/i;

/** Still under way when the recording was stopped: without an answer, a failure and a duration. */
function isPending({ response, time, _error }: HarEntry): boolean {
  const answered = response !== undefined && response.status > 0;
  const failed = Boolean(response?._error || response?._failureText || _error);
  return !answered && !failed && time === -1;
}

function outcome(entry: HarEntry): Draft['content'] {
  const { response } = entry;
  const failure = response?._error || response?._failureText || entry._error || '';
  const answered = response !== undefined && response.status > 0;
  if (answered && failure === '') return { kind: 'end' };
  if (failure === '' || GIVEN_UP.test(failure)) return { kind: 'abort', reason: failure };
  return { kind: 'error', message: failure, retrying: false };
}

/**
 * HAR 1.2 with the messages of sockets and streams as Chrome writes and reads them. Chrome refuses a file for one bad
 * entry, so everything that it asks for is written, and nothing that is null.
 */
import type {
  Observation,
  Payload,
  RequestObservation,
  SocketOpenObservation,
} from '../../observation/observation.ts';
import { base64Text } from '../../text/base64-text.ts';
import { streamReader } from '../../text/event-stream.ts';

interface Exchange {
  readonly first: RequestObservation | SocketOpenObservation;
  readonly parts: Observation[];
  /** Bodies that came late, by the seq of what they belong to. */
  readonly late: Map<number, Payload>;
}

interface NameValue {
  readonly name: string;
  readonly value: string;
}

/** The file as pieces of text, an entry each. */
export function* writeHar(
  observations: Iterable<Observation>,
  producer: { readonly name: string; readonly version: string },
): Generator<string, void, undefined> {
  const exchanges = new Map<string, Exchange>();
  const pages: { readonly id: string; readonly at: number; readonly url: string }[] = [];
  const clock = new OrderedTimes();
  for (const observed of observations) {
    const wallTime = clock.timeOf(observed.wallTime);
    const observation = wallTime === observed.wallTime ? observed : { ...observed, wallTime };
    const { kind, documentId, seq } = observation;
    if (kind === 'document') {
      if (observation.phase === 'start')
        pages.push({ id: documentId, at: observation.wallTime, url: observation.url });
    } else if (
      kind === 'request' ||
      (kind === 'socket-open' && observation.of === seq && observation.phase === 'connecting')
    )
      exchanges.set(`${seq} ${documentId}`, { first: observation, parts: [], late: new Map() });
    else if ('of' in observation) take(exchanges, observation);
  }
  const log = {
    version: '1.2',
    creator: producer,
    pages: pages.map(({ id, at, url }) => ({
      startedDateTime: time(at),
      id,
      title: url,
      pageTimings: { onContentLoad: -1, onLoad: -1 },
    })),
  };
  const known = new Set(pages.map(({ id }) => id));
  // The list of entries is opened by hand, so that the file need not fit into one string.
  yield `{"log":${JSON.stringify(log).slice(0, -1)},"entries":[`;
  let comma = '\n';
  for (const exchange of exchanges.values()) {
    const entry =
      exchange.first.kind === 'request'
        ? httpEntry(exchange, exchange.first)
        : socketEntry(exchange, exchange.first);
    const page = known.has(exchange.first.documentId) ? { pageref: exchange.first.documentId } : {};
    yield `${comma}${JSON.stringify({ ...page, ...entry })}`;
    comma = ',\n';
  }
  yield '\n]}}\n';
}

/**
 * Times that are told apart: a HAR has no order but them, and what was observed within one tick of a clock stands in
 * order in a trace.
 */
class OrderedTimes {
  #last = Number.NEGATIVE_INFINITY;

  /** Unix milliseconds, later by microseconds where that takes it behind what was before. */
  timeOf(wallTime: number): number {
    const next = this.#last + STEP;
    // A clock that was set back, or another document's, is left as it is.
    const late = wallTime < next && next - wallTime < AT_MOST;
    this.#last = late ? next : wallTime;
    return this.#last;
  }
}

/** Milliseconds: more than the arithmetic of `startedDateTime` and `time` loses. */
const STEP = 0.002;
/** Milliseconds. */
const AT_MOST = 1;

function take(exchanges: Map<string, Exchange>, observation: Observation & { readonly of: number }): void {
  const { documentId, of } = observation;
  const exchange = exchanges.get(`${of} ${documentId}`);
  if (exchange !== undefined) {
    if (observation.kind === 'body' && observation.role === 'request')
      exchange.late.set(of, observation.payload);
    else exchange.parts.push(observation);
  } else if (observation.kind === 'body' && observation.role === 'frame') {
    // Of a message whose bytes came late, the message is known by its seq only.
    for (const each of exchanges.values()) {
      if (
        each.first.documentId === documentId &&
        each.parts.some(({ kind, seq }) => kind === 'frame' && seq === of)
      )
        each.late.set(of, observation.payload);
    }
  }
}

function httpEntry(exchange: Exchange, request: RequestObservation): object {
  const { first, parts, late } = exchange;
  const head = parts.find((part) => part.kind === 'response');
  const last = parts.at(-1);
  const failure = parts.find((part) => part.kind === 'error' || part.kind === 'abort');
  const end = endOf(exchange, failure) ?? first.wallTime;
  const wait = Math.max(0, (head?.wallTime ?? end) - first.wallTime);
  const receive = Math.max(0, end - (head?.wallTime ?? end));
  const type = headerOf(head?.headers ?? [], 'content-type');
  const messages = streamMessages(parts, type);
  const body = late.get(request.seq) ?? request.body;
  // Chrome tells a stream of events by exactly this type.
  const mimeType = messages === null ? type || 'x-unknown' : 'text/event-stream';
  return {
    startedDateTime: time(first.wallTime),
    time: last === undefined ? -1 : wait + receive,
    request: {
      method: request.method,
      url: request.url,
      httpVersion: 'HTTP/1.1',
      headers: headers(request.headers),
      queryString: queryOf(request.url),
      cookies: [],
      headersSize: -1,
      bodySize: body === null ? 0 : body.size,
      ...(body === null || body.encoding === 'none' || body.encoding === 'later'
        ? {}
        : { postData: postData(body, request) }),
    },
    response: {
      status: head?.status ?? 0,
      statusText: head?.statusText ?? '',
      httpVersion: 'HTTP/1.1',
      headers: headers(head?.headers ?? []),
      cookies: [],
      content: content(parts, mimeType, messages !== null),
      redirectURL: headerOf(head?.headers ?? [], 'location'),
      headersSize: -1,
      bodySize: -1,
      ...(failure?.kind === 'error' ? { _error: failure.message || 'failed' } : {}),
      ...(failure?.kind === 'abort' ? { _error: `net::ERR_ABORTED ${failure.reason}`.trim() } : {}),
      ...(head?.via === 'service-worker' ? { _fetchedViaServiceWorker: true } : {}),
    },
    cache: {},
    timings: { send: 0, wait, receive },
    _resourceType: request.transport === 'beacon' ? 'ping' : request.transport,
    ...(messages === null ? {} : { _eventSourceMessages: messages }),
  };
}

/**
 * When the exchange was over: with its body, by which a reader orders what the body brings. What is said of it later, such
 * as that the page has read to its end, has no time in a HAR.
 */
function endOf({ parts }: Exchange, failure: Observation | undefined): number | undefined {
  const heard = parts.findLast(({ kind }) => kind === 'body' || kind === 'chunk' || kind === 'stream-event');
  return (failure ?? heard ?? parts.at(-1))?.wallTime;
}

/** Null for an answer that is no stream of events. */
function streamMessages(parts: readonly Observation[], type: string): object[] | null {
  const events = parts.filter((part) => part.kind === 'stream-event');
  if (events.length > 0)
    return events
      .filter(({ payload }) => payload.encoding === 'text' || payload.encoding === 'base64')
      .map(({ wallTime, event, id, payload }) => ({
        time: wallTime / 1000,
        eventName: event,
        eventId: id,
        data: payloadText(payload),
        ...cutOf(payload),
      }));
  if (!/^\s*text\/event-stream/i.test(type)) return null;
  const reader = streamReader('text/event-stream');
  const messages: object[] = [];
  for (const part of parts) {
    const payload =
      part.kind === 'chunk' || (part.kind === 'body' && part.role === 'answer') ? part.payload : null;
    if (payload === null || reader === null) continue;
    for (const { data } of reader.push(payloadText(payload)))
      messages.push({ time: part.wallTime / 1000, eventName: 'message', eventId: '', data });
  }
  return messages;
}

function content(parts: readonly Observation[], mimeType: string, stream: boolean): object {
  const payloads = parts.flatMap((part) =>
    part.kind === 'chunk' || (part.kind === 'body' && part.role === 'answer') ? [part.payload] : [],
  );
  const size = payloads.reduce((sum, payload) => sum + payload.size, 0);
  const held = payloads.filter(({ encoding }) => encoding === 'text' || encoding === 'base64');
  if (held.length === 0 || stream) return { size, mimeType };
  const binary = held.find((payload) => payload.encoding === 'base64' && base64Text(payload.data) === null);
  const cut = cutOf({ truncated: held.some(({ truncated }) => truncated), size });
  if (binary !== undefined) return { size, mimeType, text: binary.data, encoding: 'base64', ...cut };
  return { size, mimeType, text: held.map(payloadText).join(''), ...cut };
}

function postData(body: Payload, request: RequestObservation): object {
  const mimeType = headerOf(request.headers, 'content-type') || 'application/json';
  const binary = body.encoding === 'base64' && base64Text(body.data) === null;
  const text = binary ? { text: body.data, encoding: 'base64' } : { text: payloadText(body) };
  return { mimeType, ...text, ...cutOf(body) };
}

function socketEntry({ first, parts, late }: Exchange, socket: SocketOpenObservation): object {
  const open = parts.find((part) => part.kind === 'socket-open');
  const close = parts.find((part) => part.kind === 'socket-close');
  const end = parts.at(-1)?.wallTime ?? first.wallTime;
  const messages = parts.flatMap((part) => {
    if (part.kind === 'error')
      return [{ type: 'error', time: part.wallTime / 1000, opcode: -1, data: part.message || 'error' }];
    if (part.kind !== 'frame') return [];
    const payload = part.payload.encoding === 'later' ? (late.get(part.seq) ?? part.payload) : part.payload;
    if (payload.encoding !== 'text' && payload.encoding !== 'base64') return [];
    const binary = payload.encoding === 'base64';
    return [
      {
        type: part.direction === 'out' ? 'send' : 'receive',
        time: part.wallTime / 1000,
        opcode: binary ? 2 : 1,
        data: payload.data,
        ...cutOf(payload),
        ...(part.dropped && { _dropped: true }),
      },
    ];
  });
  const asked = socket.protocols.filter((name) => name !== '').join(', ');
  const agreed = open?.protocols.filter((name) => name !== '').join(', ') ?? '';
  return {
    startedDateTime: time(first.wallTime),
    time: Math.max(0, end - first.wallTime),
    request: {
      method: 'GET',
      url: socket.url,
      httpVersion: 'HTTP/1.1',
      headers: asked === '' ? [] : [{ name: 'Sec-WebSocket-Protocol', value: asked }],
      queryString: queryOf(socket.url),
      cookies: [],
      headersSize: -1,
      bodySize: 0,
    },
    response: {
      status: open === undefined && messages.length === 0 ? 0 : 101,
      statusText: open === undefined && messages.length === 0 ? '' : 'Switching Protocols',
      httpVersion: 'HTTP/1.1',
      headers: agreed === '' ? [] : [{ name: 'Sec-WebSocket-Protocol', value: agreed }],
      cookies: [],
      content: { size: 0, mimeType: 'x-unknown' },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
    },
    cache: {},
    timings: { send: 0, wait: 0, receive: Math.max(0, end - first.wallTime) },
    _resourceType: 'websocket',
    _webSocketMessages: messages,
    ...(close === undefined
      ? {}
      : { _webSocketClose: { code: close.code, reason: close.reason, timestamp: close.wallTime / 1000 } }),
  };
}

/** With what a millisecond leaves over, so that what followed at once still follows. */
function time(wallTime: number): string {
  const safe = Number.isFinite(wallTime) && Math.abs(wallTime) < 8.64e15 ? wallTime : 0;
  const micros = Math.floor((safe - Math.floor(safe)) * 1000);
  return new Date(Math.floor(safe)).toISOString().replace('Z', `${String(micros).padStart(3, '0')}Z`);
}

const headers = (list: readonly (readonly [string, string])[]): NameValue[] =>
  list.map(([name, value]) => ({ name, value }));

function headerOf(list: readonly (readonly [string, string])[], name: string): string {
  return list.find(([each]) => each.toLowerCase() === name)?.[1] ?? '';
}

function queryOf(url: string): NameValue[] {
  const query = /\?([^#]*)/.exec(url)?.[1];
  return query === undefined ? [] : [...new URLSearchParams(query)].map(([name, value]) => ({ name, value }));
}

/** Says of what was cut off at the capture's limit that it was: nobody else does so, and programs pass it over. */
function cutOf({ truncated, size }: Pick<Payload, 'truncated' | 'size'>): object {
  return truncated ? { _truncated: true, _size: size } : {};
}

function payloadText(payload: Payload): string {
  if (payload.encoding === 'base64') return base64Text(payload.data) ?? '';
  return payload.encoding === 'text' ? payload.data : '';
}

/** Requests and their answers: from what the taps saw of an exchange to its rows, events and findings. */
import type {
  BodyObservation,
  Payload,
  RequestObservation,
  ResponseObservation,
} from '../observation/observation.ts';
import type { Endpoint } from '../protocol/chat-protocol.ts';
import type { ExchangeId, ObservationIndex } from './analysis.ts';
import { takeAnswerBody } from './answer.ts';
import { payloadText } from './carriage.ts';
import { takeChunk, takeStreamBody, takeStreamEnd } from './connection.ts';
import type { Carrier, EventTools } from './event.ts';
import type { Outcome } from './exchange-store.ts';
import { HeaderName } from './header-name.ts';
import { carriageOf, reportInvalidJson, rowOf, showsChat, takeElements } from './messages.ts';
import { relaySession } from './relay-session.ts';
import { NONE } from './row-store.ts';
import { judgeClose, judgePollEnd, judgePollStart } from './rules/transport.ts';
import type { TraceState } from './trace-state.ts';

const AUTHORIZATION = new HeaderName('authorization');
const CONTENT_TYPE = new HeaderName('content-type');

export function takeRequest(
  state: TraceState,
  request: RequestObservation,
  index: ObservationIndex,
  tools: EventTools,
): void {
  const { exchanges } = state;
  const preflight = isPreflight(request);
  const endpoint = state.ahead.endpoint(request);
  const exchange = exchanges.open({
    documentId: request.documentId,
    seq: request.seq,
    kind: request.transport === 'eventsource' ? 'stream' : 'http',
    operation: endpoint?.operation ?? 'relay',
    transport: request.transport,
    observation: index,
    startedAt: request.wallTime,
  });
  state.endpoints[exchange] = endpoint;
  if (preflight) return;
  if (endpoint !== null) {
    const { session, issues } = state.calls.of(endpoint, AUTHORIZATION.valueIn(request.headers));
    if (session !== undefined) exchanges.setSession(exchange, session.index);
    for (const issue of issues) state.report({ ...issue, row: null, exchange });
    if (session !== undefined && endpoint.operation === 'poll') judgePollStart(state, session, exchange);
  }
  if (request.body !== null && request.body.encoding !== 'later') {
    takeRequestBody(state, exchange, endpoint, request, index, request.body, tools);
  }
}

/** The body of a request: events that the client sends, or what it asks for. */
function takeRequestBody(
  state: TraceState,
  exchange: ExchangeId,
  endpoint: Endpoint | null,
  request: RequestObservation,
  index: ObservationIndex,
  payload: Payload,
  tools: EventTools,
): void {
  const text = payloadText(payload);
  const carrier: Carrier = {
    text: text ?? '',
    form: payload.encoding === 'base64' ? 'base64' : 'plain',
    observation: index,
    offset: 0,
    exchange,
    frame: NONE,
    direction: 'out',
    transport: request.transport,
    wallTime: request.wallTime,
    channel: null,
    replay: false,
    truncated: payload.truncated,
    place: null,
  };
  const session = state.sessionOf(exchange);
  if (endpoint === null) {
    const carriage = carriageOf(carrier);
    if (!showsChat(state, carriage)) return;
    const relay = relaySession(state, exchange, request);
    takeElements(state, carrier, carriage, relay, tools);
    return;
  }
  if (payload.encoding === 'none' || text === null || !endpoint.jsonRequest) {
    const row = state.addRow(rowOf(carrier, 'exchange', endpoint.title, session));
    if (endpoint.jsonRequest && payload.encoding === 'none') reportUnheld(state, exchange, row);
    return;
  }
  const carriage = carriageOf(carrier);
  const events = carriage.elements.some(({ event }) => event !== null) || carriage.shape === 'envelope';
  if (
    endpoint.operation === 'post-events' &&
    session !== undefined &&
    events &&
    carriage.elements.length > 0
  ) {
    const row = takeElements(state, carrier, carriage, session, tools);
    if (row !== null && carriage.shape === 'invalid') reportInvalidJson(state, row, carrier);
    return;
  }
  const row = state.addRow(rowOf(carrier, 'exchange', endpoint.title, session));
  if (carriage.shape === 'invalid') {
    reportInvalidJson(state, row, carrier);
    return;
  }
  for (const issue of state.protocol.validateBody(endpoint.operation, 'request', carriage.value)) {
    state.report({ ...issue, row, exchange });
  }
  if (carriage.tooDeep) {
    state.report({ rule: 'schema/too-deep', severity: 'warning', evidence: 'inferred', row, exchange });
  }
}

export function takeResponse(
  state: TraceState,
  response: ResponseObservation,
  exchange: ExchangeId,
  index: ObservationIndex,
): void {
  state.exchanges.setResponse(exchange, index);
  const type = CONTENT_TYPE.valueIn(response.headers) ?? '';
  state.streams.answerBegins(state, exchange, type, response);
}

/** A whole body: an answer, or the late bytes of a request. */
export function takeBody(
  state: TraceState,
  body: BodyObservation,
  exchange: ExchangeId,
  index: ObservationIndex,
  tools: EventTools,
): void {
  const request = requestOf(state, exchange);
  if (request === null) return;
  if (body.role === 'request') {
    state.exchanges.setLateRequest(exchange, index);
    if (isPreflight(request)) return;
    const endpoint = endpointOf(state, exchange, request);
    const late = { ...request, wallTime: body.wallTime };
    takeRequestBody(state, exchange, endpoint, late, index, body.payload, tools);
    return;
  }
  if (state.exchanges.answer(exchange) !== NONE || !state.exchanges.running(exchange)) return;
  state.exchanges.setAnswer(exchange, index);
  if (state.streams.reads(exchange))
    takeStreamBody(state, exchange, body.payload, index, body.wallTime, tools);
  else takeAnswerBody(state, exchange, request, body.payload, 'plain', index, body.wallTime, tools);
  close(state, exchange, 'done', index);
}

export function takeAnswerChunk(
  state: TraceState,
  exchange: ExchangeId,
  payload: Payload,
  index: ObservationIndex,
  tools: EventTools,
): void {
  state.exchanges.addChunk(exchange, index);
  if (state.streams.reads(exchange)) takeChunk(state, exchange, payload, index, state.now, tools);
}

/** The exchange ended, was given up, or failed. */
export function takeEnd(
  state: TraceState,
  exchange: ExchangeId,
  outcome: Outcome,
  index: ObservationIndex,
  reason: string,
  tools: EventTools,
): void {
  if (!state.exchanges.running(exchange)) return;
  const request = requestOf(state, exchange);
  if (request === null) return;
  const streaming = state.streams.reads(exchange) || state.exchanges.kind(exchange) === 'stream';
  if (streaming) {
    takeStreamEnd(state, exchange, outcome, index, reason, tools);
  } else if (!isPreflight(request)) {
    if (outcome === 'done') takeJoinedAnswer(state, exchange, request, index, tools);
    else addEndRow(state, exchange, request, outcome, index);
  }
  close(state, exchange, outcome, index);
  if (streaming && outcome === 'failed') judgeClose(state, exchange, lastRow(state), 'broke off');
}

/** An answer that came in parts and is no stream of messages is read when it is whole. */
function takeJoinedAnswer(
  state: TraceState,
  exchange: ExchangeId,
  request: RequestObservation,
  index: ObservationIndex,
  tools: EventTools,
): void {
  const chunks = state.exchanges.chunks(exchange);
  const first = chunks[0];
  const payloads = chunks
    .map((chunk) => state.observations[chunk])
    .flatMap((chunk) => (chunk?.kind === 'chunk' ? [chunk.payload] : []));
  const joined: Payload = {
    encoding: chunks.length === 0 ? 'none' : 'text',
    data: payloads.map((payload) => payloadText(payload) ?? '').join(''),
    size: payloads.reduce((sum, payload) => sum + payload.size, 0),
    truncated: payloads.some((payload) => payload.truncated),
  };
  const form = first === undefined ? 'plain' : 'joined';
  takeAnswerBody(state, exchange, request, joined, form, first ?? index, state.now, tools);
}

/** Given up or failed: a row only for what the protocol knows. */
function addEndRow(
  state: TraceState,
  exchange: ExchangeId,
  request: RequestObservation,
  outcome: Outcome,
  index: ObservationIndex,
): void {
  const endpoint = endpointOf(state, exchange, request);
  const session = state.sessionOf(exchange);
  if (endpoint === null && session === undefined) return;
  state.addRow({
    kind: 'exchange',
    observation: index,
    wallTime: state.now,
    name: endpoint === null ? 'relay' : endpoint.operation === 'poll' ? 'poll' : endpoint.title,
    direction: 'in',
    transport: request.transport,
    exchange,
    session: session?.index ?? NONE,
    frame: NONE,
    start: 0,
    end: 0,
    form: 'plain',
    truncated: outcome === 'failed',
  });
}

function close(state: TraceState, exchange: ExchangeId, outcome: Outcome, index: ObservationIndex): void {
  if (!state.exchanges.running(exchange)) return;
  state.exchanges.close(exchange, outcome, index, state.now);
  state.streams.forget(exchange);
  state.endpoints[exchange] = null;
  const session = state.sessionOf(exchange);
  if (session !== undefined && state.exchanges.operation(exchange) === 'poll') {
    judgePollEnd(state, session, exchange, outcome);
  }
}

export function requestOf(state: TraceState, exchange: ExchangeId): RequestObservation | null {
  const first = state.observations[state.exchanges.first(exchange)];
  return first?.kind === 'request' ? first : null;
}

/** What the exchange is for: read once, kept while it runs. */
export function endpointOf(
  state: TraceState,
  exchange: ExchangeId,
  request: RequestObservation,
): Endpoint | null {
  if (state.exchanges.operation(exchange) === 'relay') return null;
  return state.endpoints[exchange] ?? state.protocol.endpoint(request.method, request.url);
}

export function reportUnheld(state: TraceState, exchange: ExchangeId, row: number): void {
  state.report({
    rule: 'schema/invalid-json',
    severity: 'note',
    evidence: 'inferred',
    row,
    exchange,
    params: { unheld: 'body' },
  });
}

/** What a browser asks before it sends the request proper. */
export function isPreflight(request: RequestObservation): boolean {
  return request.method.length === 'OPTIONS'.length && request.method.toUpperCase() === 'OPTIONS';
}

function lastRow(state: TraceState): number {
  return state.rows.length - 1;
}

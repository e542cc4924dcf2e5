/** Requests and their answers: from what the taps saw of an exchange to its rows, events and findings. */
import type {
  BodyObservation,
  Payload,
  RequestObservation,
  ResponseObservation,
} from '../../observation/observation.ts';
import type { Operation } from '../../protocol/chat-protocol.ts';
import { isObject } from '../../text/json-object.ts';
import type { ExchangeId, ObservationIndex, RowIndex } from '../api/analysis.ts';
import { judge } from '../rules/judge.ts';
import { payloadText } from '../state/carrier-text.ts';
import { addSent, trackDeliveries } from '../state/delivery-tracker.ts';
import { trackPollEnd, trackPollStart } from '../state/poll-tracker.ts';
import { readerOfCall } from '../state/protocol-reader.ts';
import type { TraceState } from '../state/trace-state.ts';
import { type Outcome, RELAY } from '../tables/exchange-table.ts';
import { NONE } from '../tables/row-table.ts';
import type { Carrier } from '../tables/wire-message.ts';
import { HeaderName } from './header-lookup.ts';
import type { Carriage } from './message-content.ts';
import {
  carriageOf,
  plainCarriageOf,
  reportInvalidJson,
  reportUnread,
  sendsChat,
  showsChat,
  takeElements,
} from './message-events.ts';
import { rowOf } from './message-row.ts';
import {
  type Arrival,
  isPreflight,
  type RequestContext,
  reportUnheld,
  requestContext,
} from './request-context.ts';
import { rowName, statusOf, takeAnswerBody } from './response-body.ts';
import { relaySession } from './session-attribution.ts';
import { closeConnection, takeChunk, takeStreamBody, takeStreamEnd } from './stream-messages.ts';

const AUTHORIZATION = new HeaderName('authorization');
const CONTENT_TYPE = new HeaderName('content-type');

export function takeRequest(state: TraceState, request: RequestObservation, index: ObservationIndex): void {
  const { exchanges } = state;
  const preflight = isPreflight(request);
  const endpoint = state.ahead.endpoint(request);
  const reader = endpoint === null ? undefined : readerOfCall(state.readers, endpoint);
  const exchange = exchanges.open({
    documentId: request.documentId,
    seq: request.seq,
    kind: request.transport === 'eventsource' ? 'stream' : 'http',
    operation: endpoint?.operation ?? RELAY,
    protocol: reader?.index ?? NONE,
    transport: request.transport,
    observation: index,
    startedAt: request.wallTime,
  });
  state.endpoints[exchange] = endpoint;
  if (preflight) return;
  if (endpoint !== null && reader !== undefined) {
    const { session, issues } = reader.calls.of(
      endpoint,
      AUTHORIZATION.valueIn(request.headers),
      state.reachOf(exchange),
    );
    if (session !== undefined) exchanges.setSession(exchange, session.index);
    for (const issue of issues) state.report({ ...issue, row: null, exchange });
    if (session !== undefined && endpoint.operation.role === 'poll') {
      trackPollStart(state, session, exchange);
      judge(state);
    }
  }
  if (request.body !== null && request.body.encoding !== 'later') {
    const { body, wallTime } = request;
    takeRequestBody(state, { exchange, index, wallTime, request, endpoint }, body);
  }
}

/** The body of a request: events that the client sends, or what it asks for. */
function takeRequestBody(state: TraceState, context: RequestContext, payload: Payload): void {
  const { exchange, index, wallTime, request, endpoint } = context;
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
    wallTime,
    channel: null,
    replay: false,
    dropped: false,
    truncated: payload.truncated,
    place: null,
  };
  const session = state.sessionOf(exchange);
  if (endpoint === null) {
    const carriage = carriageOf(state, carrier);
    const isChat = state.isMarked(exchange) ? showsChat(carriage) : sendsChat(carriage);
    if (!isChat) {
      if (session !== undefined && !showsChat(carriage)) reportUnread(state, carriage, carrier, null);
      return;
    }
    state.setReader(exchange, carriage.reader);
    const relay = relaySession(state, exchange, request);
    takeElements(state, carrier, carriage, relay);
    return;
  }
  const { operation } = endpoint;
  if (payload.encoding === 'none' || text === null || !operation.jsonRequest) {
    const row = state.addRow(rowOf(carrier, 'exchange', operation.title, session));
    if (operation.jsonRequest && payload.encoding === 'none') reportUnheld(state, exchange, row);
    return;
  }
  const carriage = plainCarriageOf(state, carrier);
  const events = carriage.elements.some(({ event }) => event !== null) || carriage.shape === 'envelope';
  if (operation.role === 'send' && session !== undefined && events && carriage.elements.length > 0) {
    const row = takeElements(state, carrier, carriage, session);
    if (row !== null && carriage.shape === 'invalid') reportInvalidJson(state, row, carrier);
    return;
  }
  const row = state.addRow(rowOf(carrier, 'exchange', operation.title, session));
  if (carriage.shape === 'invalid') {
    reportInvalidJson(state, row, carrier);
    return;
  }
  for (const issue of carriage.reader.protocol.validateBody(operation, 'request', carriage.value)) {
    state.report({ ...issue, row, exchange });
  }
  sendFirstMessage(state, carriage, operation, row, exchange);
  if (carriage.tooDeep) {
    state.report({ rule: 'schema/too-deep', severity: 'warning', evidence: 'inferred', row, exchange });
  }
}

/** A request for a chat may bring the visitor's first words. */
function sendFirstMessage(
  state: TraceState,
  { reader, value }: Carriage,
  operation: Operation,
  row: RowIndex,
  exchange: ExchangeId,
): void {
  const first = isObject(value) ? reader.protocol.bodies.firstMessage(operation, value) : null;
  if (first === null) return;
  const { fields } = reader.protocol;
  const words = fields.text(first);
  addSent(state, { row, exchange, key: `message ${fields.messageId(first) ?? words}`, words }, undefined);
}

export function takeResponse(
  state: TraceState,
  response: ResponseObservation,
  exchange: ExchangeId,
  index: ObservationIndex,
): void {
  state.exchanges.setResponse(exchange, index);
  if (response.via === 'service-worker') state.exchanges.serve(exchange);
  const type = CONTENT_TYPE.valueIn(response.headers) ?? '';
  state.streams.answerBegins(state.exchanges, exchange, type, response);
}

/** A whole body: an answer, or the late bytes of a request. */
export function takeBody(state: TraceState, body: BodyObservation, arrival: Arrival): void {
  const { exchange, index } = arrival;
  const context = requestContext(state, arrival);
  if (context === null) return;
  if (body.role === 'request') {
    state.exchanges.setLateRequest(exchange, index);
    if (!isPreflight(context.request)) takeRequestBody(state, context, body.payload);
    return;
  }
  if (state.exchanges.answer(exchange) !== NONE || !state.exchanges.running(exchange)) return;
  state.exchanges.setAnswer(exchange, index);
  if (state.streams.reads(exchange)) takeStreamBody(state, arrival, body.payload);
  else takeAnswerBody(state, context, body.payload, 'plain');
  close(state, exchange, 'done', index);
}

export function takeAnswerChunk(state: TraceState, arrival: Arrival, payload: Payload): void {
  state.exchanges.addChunk(arrival.exchange, arrival.index);
  if (state.streams.reads(arrival.exchange)) takeChunk(state, arrival, payload);
}

/** The exchange ended, was given up, or failed. `reason` as it was told, or ''. */
export function takeEnd(state: TraceState, arrival: Arrival, outcome: Outcome, reason: string): void {
  const { exchange, index } = arrival;
  if (!state.exchanges.running(exchange)) return;
  const context = requestContext(state, arrival);
  if (context === null) return;
  const streaming = state.streams.reads(exchange) || state.exchanges.kind(exchange) === 'stream';
  if (streaming) {
    takeStreamEnd(state, arrival, outcome, reason);
  } else if (!isPreflight(context.request)) {
    if (outcome === 'done') takeJoinedAnswer(state, context);
    else addEndRow(state, context, outcome);
  }
  close(state, exchange, outcome, index);
  if (streaming && outcome === 'failed') closeConnection(state, exchange, lastRow(state), 'broke off');
}

/** Answers with these have no body (RFC 9110), which is not one that the trace does not hold. */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

/** An answer that came in parts and is no stream of messages is read when it is whole. */
function takeJoinedAnswer(state: TraceState, context: RequestContext): void {
  const { exchange, index } = context;
  const chunks = state.exchanges.chunks(exchange);
  const first = chunks[0];
  const payloads = chunks
    .map((chunk) => state.observations[chunk])
    .flatMap((chunk) => (chunk?.kind === 'chunk' ? [chunk.payload] : []));
  const joined: Payload = {
    encoding: chunks.length === 0 && !BODILESS.has(statusOf(state, exchange)) ? 'none' : 'text',
    data: payloads.map((payload) => payloadText(payload) ?? '').join(''),
    size: payloads.reduce((sum, payload) => sum + payload.size, 0),
    truncated: payloads.some((payload) => payload.truncated),
  };
  const form = first === undefined ? 'plain' : 'joined';
  takeAnswerBody(state, { ...context, index: first ?? index }, joined, form);
}

/** Given up or failed: a row only for what the protocol knows. */
function addEndRow(
  state: TraceState,
  { exchange, index, wallTime, request, endpoint }: RequestContext,
  outcome: Outcome,
): void {
  const session = state.sessionOf(exchange);
  if (endpoint === null && session === undefined) return;
  state.addRow({
    kind: 'exchange',
    observation: index,
    wallTime,
    name: endpoint === null ? 'relay' : rowName(endpoint.operation),
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
  trackDeliveries(state, exchange);
  touchSent(state, exchange);
  state.streams.forget(exchange);
  state.endpoints[exchange] = null;
  const session = state.sessionOf(exchange);
  if (session !== undefined && state.exchanges.operation(exchange).role === 'poll') {
    trackPollEnd(state, session, exchange, outcome);
  }
  judge(state);
}

/** What became of the rows that the page sent is known now: they are drawn again. */
function touchSent(state: TraceState, exchange: ExchangeId): void {
  const { rows } = state;
  const first = state.exchanges.firstRow(exchange);
  if (first === NONE || rows.direction(first) !== 'out') return;
  for (let row = first; row < first + MOST_DRAWN_AGAIN && rows.exchange(row) === exchange; row += 1) {
    state.touched.push(row);
  }
}

/** A request with more events than a screen has rows. */
const MOST_DRAWN_AGAIN = 100;

function lastRow(state: TraceState): number {
  return state.rows.length - 1;
}

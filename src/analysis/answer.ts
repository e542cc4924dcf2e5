/** The answer of an exchange, by what the exchange is for. */
import type { Payload, RequestObservation } from '../observation/observation.ts';
import type { Endpoint } from '../protocol/chat-protocol.ts';
import type { ExchangeId, ObservationIndex, RowIndex } from './analysis.ts';
import { type Carriage, isObject, payloadText } from './carriage.ts';
import type { Carrier, EventTools } from './event.ts';
import { textField } from './happening.ts';
import { endpointOf, isPreflight, reportUnheld } from './http.ts';
import { carriageOf, reportInvalidJson, rowOf, showsChat, takeElements } from './messages.ts';
import { knownRelaySession, relaySession } from './relay-session.ts';
import { NONE } from './row-store.ts';
import { closeSession } from './rules/open-ends.ts';
import { judgeErrorAnswer } from './rules/transport.ts';
import type { Session } from './session.ts';
import { step } from './stepping.ts';
import type { TraceState } from './trace-state.ts';

export function takeAnswerBody(
  state: TraceState,
  exchange: ExchangeId,
  request: RequestObservation,
  payload: Payload,
  form: 'plain' | 'joined',
  index: ObservationIndex,
  wallTime: number,
  tools: EventTools,
): void {
  if (isPreflight(request)) return;
  const endpoint = endpointOf(state, exchange, request);
  const operation = endpoint?.operation ?? 'relay';
  const ordered = endpoint === null ? request.method.toUpperCase() === 'GET' : operation === 'poll';
  const status = statusOf(state, exchange);
  const text = payloadText(payload);
  const answer: Answer = {
    exchange,
    status,
    held: payload.encoding !== 'none',
    carrier: {
      text: text ?? '',
      form: payload.encoding === 'base64' ? 'base64' : form,
      observation: index,
      offset: 0,
      exchange,
      frame: NONE,
      direction: 'in',
      transport: request.transport,
      wallTime,
      channel: ordered ? state.pollChannel(exchange) : null,
      replay: operation === 'history',
      truncated: payload.truncated,
      place: null,
    },
  };
  if (endpoint === null) takeRelayAnswer(state, answer, request, tools);
  else takeKnownAnswer(state, answer, endpoint, tools);
}

interface Answer {
  readonly exchange: ExchangeId;
  readonly status: number;
  /** False where the trace does not hold the body. */
  readonly held: boolean;
  readonly carrier: Carrier;
}

function takeKnownAnswer(state: TraceState, answer: Answer, endpoint: Endpoint, tools: EventTools): void {
  const { carrier, exchange, status } = answer;
  const session = state.sessionOf(exchange);
  const title = endpoint.operation === 'poll' ? 'poll' : endpoint.title;
  const empty = isBlank(carrier.text);
  const carriage = endpoint.jsonAnswer || status >= 400 ? carriageOf(carrier) : null;
  const body = carriage?.value;
  const error = isObject(body) && body.error_code !== undefined ? body : null;
  if (status >= 400 || error !== null) {
    const row = state.addRow(rowOf(carrier, 'exchange', title, session));
    const code = error === null ? null : textField(error, 'error_code');
    const message = error === null ? null : textField(error, 'error_message');
    judgeErrorAnswer(state, { exchange, operation: endpoint.operation, session, status, code, message, row });
    return;
  }
  if (endpoint.operation === 'post-events' && empty) return;
  if (carriage === null || status === 0) {
    state.addRow(rowOf(carrier, 'exchange', title, session));
    return;
  }
  if (session !== undefined && !carriesEvents(endpoint)) session.seenAlive = true;
  if (empty || carriage.shape === 'invalid') {
    takeUnreadable(state, answer, endpoint, title, carriage, session, tools);
    return;
  }
  if (session !== undefined && carriesEvents(endpoint)) {
    const first = takeElements(state, carrier, carriage, session, tools);
    const row = first ?? state.addRow(rowOf(carrier, 'exchange', title, session));
    session.seenAlive = true;
    if (endpoint.operation !== 'post-events') reportBodyIssues(state, answer, endpoint, carriage, row);
    return;
  }
  const named = isObject(carriage.value) ? textField(carriage.value, 'chat_id') : null;
  const told = named === null ? undefined : state.sessions.ofChat(named);
  if (told !== undefined) state.exchanges.setSession(exchange, told.index);
  const row = state.addRow(rowOf(carrier, 'exchange', title, told ?? session));
  reportBodyIssues(state, answer, endpoint, carriage, row);
  if (told !== undefined && isObject(carriage.value)) takeTold(state, told, carriage.value.state, row, tools);
}

/** Request Chat and Active Chat say in which state the session is. */
function takeTold(
  state: TraceState,
  session: Session,
  value: unknown,
  row: RowIndex,
  tools: EventTools,
): void {
  if (typeof value !== 'string' || !tools.told.has(value)) {
    session.seenAlive = true;
    return;
  }
  const taken = step(state, session, value, { row, seq: null, wallTime: state.now });
  if (taken !== null && !taken.allowed && taken.from !== null) {
    state.report({
      rule: 'lifecycle/unexpected-status',
      severity: 'warning',
      evidence: 'inferred',
      row,
      exchange: null,
      path: ['state'],
      params: { from: taken.from, to: value, expected: state.protocol.model.next(taken.from).join(', ') },
    });
  }
  if (state.protocol.model.isEnd(value)) closeSession(state, session, row);
}

function takeUnreadable(
  state: TraceState,
  answer: Answer,
  endpoint: Endpoint,
  title: string,
  carriage: Carriage,
  session: Session | undefined,
  tools: EventTools,
): void {
  const { exchange, status } = answer;
  // What is left of a broken answer stands in no order.
  const carrier = { ...answer.carrier, channel: null };
  const salvaged = session === undefined ? null : takeElements(state, carrier, carriage, session, tools);
  const row = salvaged ?? state.addRow(rowOf(carrier, 'exchange', title, session));
  if (session !== undefined) session.seenAlive = true;
  if (!answer.held) {
    session?.passUnheld();
    reportUnheld(state, exchange, row);
  } else if (!isBlank(carrier.text)) reportInvalidJson(state, row, carrier);
  else if (endpoint.operation === 'poll') {
    if (status === 200) {
      state.report({ rule: 'schema/empty-answer', severity: 'note', evidence: 'observed', row, exchange });
    }
  } else if (status === 200) reportInvalidJson(state, row, carrier);
}

/** An answer on an unknown path: chat if its bytes say so, or if it names a chat. */
function takeRelayAnswer(
  state: TraceState,
  answer: Answer,
  request: RequestObservation,
  tools: EventTools,
): void {
  const { carrier, exchange, status } = answer;
  const carriage = carriageOf(carrier);
  const known = knownRelaySession(state, exchange, request);
  if (!answer.held && carrier.channel !== null) known?.passUnheld();
  if (showsChat(state, carriage)) {
    const session = relaySession(state, exchange, request);
    takeElements(state, carrier, carriage, session, tools);
    return;
  }
  const chatId = isObject(carriage.value) && status < 400 ? textField(carriage.value, 'chat_id') : null;
  const session = chatId === null ? known : toldSession(state, exchange, request, chatId);
  if (session === undefined) {
    if (beginsLikeEvent(state, carrier.text)) {
      reportInvalidJson(state, state.addRow(rowOf(carrier, 'exchange', 'relay', undefined)), carrier);
    }
    return;
  }
  state.exchanges.setSession(exchange, session.index);
  const row = state.addRow(rowOf(carrier, 'exchange', 'relay', session));
  if (chatId !== null && isObject(carriage.value)) takeTold(state, session, carriage.value.state, row, tools);
  if (status >= 400) {
    const error = isObject(carriage.value) ? carriage.value : null;
    const code = error === null ? null : textField(error, 'error_code');
    const message = error === null ? null : textField(error, 'error_message');
    judgeErrorAnswer(state, { exchange, operation: 'relay', session, status, code, message, row });
  } else if (carriage.shape === 'invalid' && beginsLikeEvent(state, carrier.text)) {
    reportInvalidJson(state, row, carrier);
  }
}

/** The session of the chat that a relay's answer names: another one than before when the page began a new chat. */
function toldSession(
  state: TraceState,
  exchange: ExchangeId,
  request: RequestObservation,
  chatId: string,
): Session {
  const before = relaySession(state, exchange, request);
  const session = state.sessions.name(before, chatId);
  if (session.chatId?.toLowerCase() === chatId.toLowerCase()) return session;
  const next = state.sessions.ofChat(chatId);
  state.sessions.moveRelays(request.documentId, before, next);
  return next;
}

/** True for a text that starts as a chat event does, whole or not. */
export function beginsLikeEvent(state: TraceState, text: string): boolean {
  const found = EVENT_NAME.exec(text.slice(0, HEAD));
  const name = found?.[1] ?? '';
  return name !== '' && (state.protocol.looksLikeEvent(name) || state.protocol.knowsEvent(name));
}

const HEAD = 64 * 1024;
const EVENT_NAME = /^\s*[{[][\s\S]*?"event"\s*:\s*"([A-Za-z_]+)/;

function reportBodyIssues(
  state: TraceState,
  answer: Answer,
  endpoint: Endpoint,
  carriage: Carriage,
  row: RowIndex,
): void {
  for (const issue of state.protocol.validateBody(endpoint.operation, 'answer', carriage.value)) {
    state.report({ ...issue, row, exchange: answer.exchange });
  }
}

/** True for nothing but white space. One look at the first character tells of almost every answer. */
function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  return !(first > 0x20 && first < 0x7f) && text.trim() === '';
}

function carriesEvents(endpoint: Endpoint): boolean {
  return (
    endpoint.operation === 'poll' || endpoint.operation === 'history' || endpoint.operation === 'post-events'
  );
}

function statusOf(state: TraceState, exchange: ExchangeId): number {
  const response = state.observations[state.exchanges.response(exchange)];
  return response?.kind === 'response' ? response.status : 200;
}

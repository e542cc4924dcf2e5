/** The answer of an exchange, by what the exchange is for. */
import type { Payload, RequestObservation } from '../../observation/observation.ts';
import type { ChatProtocol, Operation } from '../../protocol/chat-protocol.ts';
import { isObject, type JsonObject } from '../../text/json-object.ts';
import type { ExchangeId, RowIndex } from '../api/analysis.ts';
import { judge } from '../rules/judge.ts';
import type { Session } from '../sessions/session.ts';
import { payloadText } from '../state/carrier-text.ts';
import { trackErrorAnswer, trackReportedState } from '../state/session-tracker.ts';
import type { TraceState } from '../state/trace-state.ts';
import { RELAY } from '../tables/exchange-table.ts';
import { NONE } from '../tables/row-table.ts';
import type { Carrier } from '../tables/wire-message.ts';
import type { Carriage } from './message-content.ts';
import { carriageOf, reportInvalidJson, reportUnread, showsChat, takeElements } from './message-events.ts';
import { rowOf } from './message-row.ts';
import { isPreflight, type RequestContext, reportUnheld } from './request-context.ts';
import { knownRelaySession, relaySession } from './session-attribution.ts';

export function takeAnswerBody(
  state: TraceState,
  context: RequestContext,
  payload: Payload,
  form: 'plain' | 'joined',
): void {
  const { exchange, index, wallTime, request, endpoint } = context;
  if (isPreflight(request)) return;
  const role = endpoint?.operation.role ?? 'other';
  const ordered = endpoint === null ? request.method.toUpperCase() === 'GET' : role === 'poll';
  const status = statusOf(state, exchange);
  const text = payloadText(payload);
  const answer: Answer = {
    exchange,
    request,
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
      replay: role === 'history',
      dropped: false,
      truncated: payload.truncated,
      place: null,
    },
  };
  if (endpoint === null) takeRelayAnswer(state, answer);
  else takeKnownAnswer(state, answer, endpoint.operation);
}

interface Answer {
  readonly exchange: ExchangeId;
  readonly request: RequestObservation;
  readonly status: number;
  /** False where the trace does not hold the body. */
  readonly held: boolean;
  readonly carrier: Carrier;
}

function takeKnownAnswer(state: TraceState, answer: Answer, operation: Operation): void {
  const { carrier, exchange, status } = answer;
  const { protocol } = state.readerOf(exchange) ?? state.firstReader;
  const { bodies } = protocol;
  const session = state.sessionOf(exchange);
  const title = rowName(operation);
  const empty = isBlank(carrier.text);
  const carriage = operation.jsonAnswer || status >= 400 ? carriageOf(state, carrier) : null;
  const body = carriage?.value;
  const error = isObject(body) && bodies.isError(body) ? body : null;
  if (status >= 400 || error !== null) {
    const row = state.addRow(rowOf(carrier, 'exchange', title, session));
    trackErrorAnswer(state, session, {
      exchange,
      protocol,
      operation,
      status,
      ...errorOf(protocol, error),
      row,
    });
    judge(state);
    return;
  }
  if (operation.role === 'send' && empty) return;
  if (carriage === null || status === 0) {
    state.addRow(rowOf(carrier, 'exchange', title, session));
    return;
  }
  if (session !== undefined && !carriesEvents(operation)) session.seenAlive = true;
  if (empty || carriage.shape === 'invalid') {
    takeUnreadable(state, answer, operation, carriage);
    return;
  }
  if (session !== undefined && carriesEvents(operation)) {
    const first = takeElements(state, carrier, carriage, session);
    const row = first ?? state.addRow(rowOf(carrier, 'exchange', title, session));
    session.seenAlive = true;
    if (operation.role !== 'send') reportBodyIssues(state, operation, carriage, row);
    return;
  }
  const named = isObject(carriage.value) ? bodies.chatId(carriage.value) : null;
  const told = named === null ? undefined : state.sessions.ofChat(named, state.reachOf(exchange));
  if (told !== undefined) {
    state.exchanges.setSession(exchange, told.index);
    told.sawBeginning ||= operation.role === 'begin';
  }
  const row = state.addRow(rowOf(carrier, 'exchange', title, told ?? session));
  reportBodyIssues(state, operation, carriage, row);
  if (told !== undefined && isObject(carriage.value)) takeReport(state, told, carriage.value, row);
}

/** An answer that names its chat may report in which state the session is. */
function takeReport(state: TraceState, session: Session, body: JsonObject, row: RowIndex): void {
  const to = session.protocol.bodies.reportedState(body);
  if (to === null) {
    session.seenAlive = true;
    return;
  }
  trackReportedState(state, session, to, row);
  judge(state);
}

function takeUnreadable(state: TraceState, answer: Answer, operation: Operation, carriage: Carriage): void {
  const { exchange, status } = answer;
  const session = state.sessionOf(exchange);
  // What is left of a broken answer stands in no order.
  const carrier = { ...answer.carrier, channel: null };
  const salvaged = session === undefined ? null : takeElements(state, carrier, carriage, session);
  const row = salvaged ?? state.addRow(rowOf(carrier, 'exchange', rowName(operation), session));
  if (session !== undefined) session.seenAlive = true;
  if (!answer.held) {
    session?.passUnheld();
    reportUnheld(state, exchange, row);
  } else if (!isBlank(carrier.text)) reportInvalidJson(state, row, carrier);
  else if (operation.role === 'poll') {
    if (status === 200) {
      state.report({ rule: 'schema/empty-answer', severity: 'note', evidence: 'observed', row, exchange });
    }
  } else if (status === 200) reportInvalidJson(state, row, carrier);
}

/** An answer on an unknown path: chat if its bytes say so, or if it names a chat. */
function takeRelayAnswer(state: TraceState, answer: Answer): void {
  const { carrier, exchange, request, status } = answer;
  const carriage = carriageOf(state, carrier);
  const known = knownRelaySession(state, exchange, request);
  if (!answer.held && carrier.channel !== null) known?.passUnheld();
  if (showsChat(carriage)) {
    state.setReader(exchange, carriage.reader);
    const session = relaySession(state, exchange, request);
    takeElements(state, carrier, carriage, session);
    return;
  }
  const { protocol } = carriage.reader;
  const chatId = isObject(carriage.value) && status < 400 ? protocol.bodies.chatId(carriage.value) : null;
  if (chatId !== null) state.setReader(exchange, carriage.reader);
  const session = chatId === null ? known : toldSession(state, exchange, request, chatId);
  if (session === undefined) {
    if (carriage.shape === 'invalid' && protocol.beginsLikeEvent(carrier.text)) {
      reportInvalidJson(state, state.addRow(rowOf(carrier, 'exchange', 'relay', undefined)), carrier);
    } else if (mayBeMessage(carriage, carrier.text)) reportUnread(state, carriage, carrier, null);
    return;
  }
  state.exchanges.setSession(exchange, session.index);
  const row = state.addRow(rowOf(carrier, 'exchange', 'relay', session));
  if (chatId !== null && isObject(carriage.value)) takeReport(state, session, carriage.value, row);
  if (status >= 400) {
    const error = isObject(carriage.value) ? carriage.value : null;
    trackErrorAnswer(state, session, {
      exchange,
      protocol: session.protocol,
      operation: RELAY,
      status,
      ...errorOf(session.protocol, error),
      row,
    });
    judge(state);
  } else if (carriage.shape === 'invalid' && protocol.beginsLikeEvent(carrier.text)) {
    reportInvalidJson(state, row, carrier);
  } else if (mayBeMessage(carriage, carrier.text)) reportUnread(state, carriage, carrier, row);
}

/** False for pages and scripts, which name events without being any: of these keys are seldom in quotes. */
function mayBeMessage({ reader, shape }: Carriage, text: string): boolean {
  if (shape !== 'invalid' || /^\s*(?:[[{"]|\d+[[{:]|[acm][["])/.test(text)) return true;
  const { envelope, nameBeginnings } = reader.protocol;
  for (const beginning of nameBeginnings) {
    let at = text.indexOf(beginning);
    for (let looked = 0; at >= 0 && looked < MOST_LOOKED_AT; looked += 1) {
      const before = text.slice(Math.max(0, at - KEY_WINDOW), at);
      if (endsWithKey(before, envelope.type, at <= KEY_WINDOW)) return true;
      at = text.indexOf(beginning, at + beginning.length);
    }
  }
  return false;
}

/** @param fromStart the text begins with it: then the key may have lost its beginning, and its quote with it. */
function endsWithKey(before: string, type: string, fromStart: boolean): boolean {
  const key = QUOTED_KEY.exec(fromStart ? `"${before}` : before)?.[1];
  if (key === undefined) return false;
  return key === type || (fromStart && before.startsWith(key) && type.endsWith(key));
}

/** In quotes as they are, escaped for JSON, percent-encoded, or as HTML has them. */
const QUOTED_KEY =
  /(?:["'\\]|%22|&quot;|u0022)([A-Za-z_-]+?)(?:["'\\]|%22|%5C|&quot;|u0022)+(?:\s*:\s*|\+*%3A\+*)(?:["'\\]|%22|%5C|&quot;|u0022)+$/;
const MOST_LOOKED_AT = 1_000;
/** How much before a name has its key. */
const KEY_WINDOW = 64;

/** The session of the chat that a relay's answer names: another one than before when the page began a new chat. */
function toldSession(
  state: TraceState,
  exchange: ExchangeId,
  request: RequestObservation,
  chatId: string,
): Session {
  const before = relaySession(state, exchange, request);
  const reach = state.reachOf(exchange);
  const session = state.nameSession(before, chatId, reach);
  if (session.chatId?.toLowerCase() === chatId.toLowerCase()) return session;
  const next = state.sessions.ofChat(chatId, reach);
  state.sessions.moveRelays(request.documentId, before, next);
  return next;
}

function errorOf({ bodies }: ChatProtocol, body: JsonObject | null) {
  return {
    code: body === null ? null : bodies.errorCode(body),
    message: body === null ? null : bodies.errorMessage(body),
  };
}

function reportBodyIssues(
  state: TraceState,
  operation: Operation,
  { reader, value }: Carriage,
  row: RowIndex,
): void {
  const exchange = state.rows.exchange(row);
  for (const issue of reader.protocol.validateBody(operation, 'answer', value)) {
    state.report({ ...issue, row, exchange });
  }
}

/** True for nothing but white space. One look at the first character tells of almost every answer. */
function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  return !(first > 0x20 && first < 0x7f) && text.trim() === '';
}

/** The name of the row of an answer without events. */
export const rowName = ({ role, title }: Operation): string => (role === 'poll' ? 'poll' : title);

const carriesEvents = ({ role }: Operation): boolean => role !== 'other';

export function statusOf(state: TraceState, exchange: ExchangeId): number {
  const response = state.observations[state.exchanges.response(exchange)];
  return response?.kind === 'response' ? response.status : 200;
}

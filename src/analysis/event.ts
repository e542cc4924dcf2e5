/** One chat event: its row, its faults, its session, and what the rules say of it. */
import type { EventFault } from '../protocol/chat-protocol.ts';
import type { Direction, ExchangeId, ObservationIndex, RowIndex, Transport } from './analysis.ts';
import type { ChatEvent, Element } from './carriage.ts';
import type { EventKind } from './event-kind.ts';
import { type EventObject, type Happening, partyOf, textOf } from './happening.ts';
import { putRow, rowOf } from './messages.ts';
import { OPEN_LIMIT } from './open-things.ts';
import type { TextForm } from './row-marks.ts';
import { NONE } from './row-store.ts';
import { judgeLifecycle, learnFromReplay } from './rules/lifecycle.ts';
import { judgeRepetition, judgeTime, type Recall } from './rules/order.ts';
import type { Session } from './session.ts';
import type { TraceState } from './trace-state.ts';

/** Where events come from: one body, frame or stream event. */
export interface Carrier {
  readonly text: string;
  readonly form: TextForm;
  readonly observation: ObservationIndex;
  /** Where `text` begins in the observation's own, for a part of a stream. */
  readonly offset: number;
  readonly exchange: ExchangeId;
  readonly frame: number;
  readonly direction: Direction;
  readonly transport: Transport;
  readonly wallTime: number;
  readonly channel: number | null;
  readonly replay: boolean;
  readonly truncated: boolean;
  /** A row that kept the place of bytes that came late; used up by the first event. */
  readonly place: RowIndex | null;
}

export interface EventTools {
  readonly recall: Recall;
  readonly told: ReadonlySet<string>;
}

/** Takes an element of a carrier that is an event. Gives its row. */
export function takeEvent(
  state: TraceState,
  carrier: Carrier,
  element: Element,
  event: ChatEvent,
  given: Session,
  place: RowIndex | null,
  tools: EventTools,
): RowIndex {
  const { rows } = state;
  const kind = element.kind ?? state.kinds.of(event.event);
  const { canonical: name, role } = kind;
  const said = partyOf(event, role);
  const party = said === null ? NONE : given.partyNumber(said, rows.parties);
  const partyId = said === null ? null : given.idOfLast;
  const { direction } = carrier;
  const session = carrier.replay
    ? given
    : named(state, given, event, role, direction, partyId, party, carrier.exchange);
  const index =
    place === null && !carrier.replay
      ? state.addEvent(carrier, session, element.start, element.end, kind.nameId, party)
      : putEvent(state, carrier, element, kind, session, partyId, party, place);
  state.sessionOfLast = session;
  // What the server gives back has the server's fields, also where the client said it first.
  judgeSchema(state, index, (direction === 'in' ? kind.judge.in : kind.judge.out)(event), element.tooDeep);
  if (carrier.replay) {
    session.seenAlive = true;
    learnFromReplay({ event, role, session, partyId });
    return index;
  }
  session.eventCount += 1;
  const happening: Happening = {
    event,
    name,
    role,
    direction,
    session,
    row: index,
    wallTime: carrier.wallTime,
    channel: carrier.channel,
    partyId,
    party,
    text: carrier.text,
    start: element.start,
    end: element.end,
  };
  if (judgeRepetition(state, happening, tools.recall)) return index;
  judgeTime(state, happening);
  judgeLifecycle(state, happening, tools.told);
  return index;
}

/** The row of an event that is replayed, or that gets the place that was kept for it. */
function putEvent(
  state: TraceState,
  carrier: Carrier,
  element: Element,
  kind: EventKind,
  session: Session,
  partyId: string | null,
  party: number,
  place: RowIndex | null,
): RowIndex {
  const { replay, direction } = carrier;
  const index = putRow(state, place, {
    ...rowOf(carrier, replay ? 'replay' : 'event', kind.name, session),
    direction: replay ? replayDirection(state, session, kind.canonical, partyId) : direction,
    start: carrier.offset + element.start,
    end: carrier.offset + element.end,
  });
  if (party !== NONE) state.rows.setParty(index, party);
  if (!replay) state.rows.number(index);
  return index;
}

/** Every fault of the event by itself is kept by its number; `issuesOfEvent` gives the same list again. */
function judgeSchema(
  state: TraceState,
  row: RowIndex,
  faults: readonly EventFault[],
  tooDeep: boolean,
): void {
  for (let at = 0; at < faults.length; at += 1) {
    const fault = faults[at];
    if (fault !== undefined) state.findings.addIssue(row, at, fault.rule, fault.severity);
  }
  if (tooDeep) {
    state.report({ rule: 'schema/too-deep', severity: 'warning', evidence: 'inferred', row, exchange: null });
  }
}

/** In a history the client's own events stand beside the server's. */
function replayDirection(
  state: TraceState,
  session: Session,
  name: string,
  partyId: string | null,
): Direction {
  if (partyId !== null && session.isCustomer(partyId)) return 'out';
  return state.protocol.declaration(name, 'in')?.direction === 'client' ? 'out' : 'in';
}

/** The session the event is of: a relay's connection learns its chat from what it carries. */
function named(
  state: TraceState,
  session: Session,
  event: EventObject,
  role: Happening['role'],
  direction: Direction,
  partyId: string | null,
  party: number,
  exchange: ExchangeId,
): Session {
  if (session.chatId !== null) return multiplexed(state, session, event, exchange);
  const chatId = chatIdIn(state, session, event, role, direction, partyId, party);
  if (chatId === null) return session;
  state.sessionsChanged = true;
  return state.sessions.name(session, chatId);
}

/** A relay may carry several chats on one connection: each event then says which one it is of. */
function multiplexed(state: TraceState, session: Session, event: EventObject, exchange: ExchangeId): Session {
  const said = saidChat(event);
  if (said === null || session.isCustomer(said) || state.exchanges.operation(exchange) !== 'relay')
    return session;
  return state.sessions.ofChat(said);
}

const saidChat = (event: EventObject): string | null => textOf(event.chat_id) ?? textOf(event.chatId);

function chatIdIn(
  state: TraceState,
  session: Session,
  event: EventObject,
  role: Happening['role'],
  direction: Direction,
  partyId: string | null,
  party: number,
): string | null {
  const said = saidChat(event);
  if (said !== null) return said;
  if (role === 'file') {
    const url = textOf(event.file_url);
    const chatId = url === null ? null : state.protocol.endpoint('GET', url)?.chatId;
    if (chatId) return chatId;
  }
  if (role === 'message' && (direction === 'out' || session.sent !== null)) {
    const messageId = textOf(event.msg_id);
    const msg = textOf(event.msg);
    if (messageId !== null && msg !== null) {
      const { sent } = session;
      if (direction === 'out' && (sent === null || sent.size < OPEN_LIMIT)) {
        session.sent = (sent ?? new Map<string, string>()).set(messageId, msg);
      } else if (partyId !== null && sent?.get(messageId) === msg) return partyId;
    }
  }
  if (partyId === null) return null;
  if (direction === 'out') return partyId;
  // Who has the id that the URL names is the customer: its party_id is the chat id.
  if (state.isStranger(party, partyId)) return null;
  if (state.sessions.token(partyId.toLowerCase()) === session) return partyId;
  return state.sessions.known(partyId)?.chatId ?? null;
}

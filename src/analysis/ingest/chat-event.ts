/** One chat event: its session, its row, its faults, and what the trackers and rules make of it. */
import type { EventFault } from '../../protocol/schema-issue.ts';
import { textOf } from '../../text/json-object.ts';
import type { Direction, RowIndex } from '../api/analysis.ts';
import { judge } from '../rules/judge.ts';
import { OPEN_LIMIT } from '../sessions/pending-items.ts';
import type { Session } from '../sessions/session.ts';
import { trackReceipt, trackSent } from '../state/delivery-tracker.ts';
import type { EventContext, EventElement } from '../state/event-context.ts';
import { trackRepetition, trackTime } from '../state/repetition-tracker.ts';
import { trackEvent, trackReplay } from '../state/session-tracker.ts';
import type { TraceState } from '../state/trace-state.ts';
import { RELAY } from '../tables/exchange-table.ts';
import { NONE } from '../tables/row-table.ts';
import type { Carrier } from '../tables/wire-message.ts';
import { putRow, rowOf } from './message-row.ts';

/**
 * Takes an event of a message: `given` is the message's session, `place` the row that was kept for it. Gives all that is
 * known of it then, its session and row among it.
 */
export function takeEvent(
  state: TraceState,
  carrier: Carrier,
  element: EventElement,
  given: Session,
  place: RowIndex | null,
): EventContext {
  const { event, kind, tooDeep } = element;
  const { direction, replay } = carrier;
  const said = kind.fields.party(event);
  const party = said === null ? null : given.named(said, state.rows.parties);
  const context: EventContext = {
    carrier,
    element,
    event,
    kind,
    direction,
    partyId: party === null ? null : party.id,
    party: party === null ? NONE : party.number,
    session: given,
    row: NONE,
  };
  if (!replay) context.session = sessionOf(state, context);
  const { session } = context;
  context.row = place === null && !replay ? state.addEvent(context) : putEvent(state, context, place);
  // What the server gives back has the server's fields, also where the client said it first.
  reportFaults(state, context.row, (direction === 'in' ? kind.judge.in : kind.judge.out)(event), tooDeep);
  if (replay) {
    session.seenAlive = true;
    trackReplay(context);
    return context;
  }
  session.eventCount += 1;
  if (direction === 'in') trackReceipt(state, context);
  else trackSent(state, context);
  // What never left the browser changes nothing.
  if (!carrier.dropped && !trackRepetition(state, context)) {
    trackTime(state, context);
    trackEvent(state, context);
  }
  judge(state);
  return context;
}

/** The row of an event that is replayed, or that gets the place that was kept for it. */
function putEvent(state: TraceState, context: EventContext, place: RowIndex | null): RowIndex {
  const { carrier, element, kind, session, party } = context;
  const { replay, offset } = carrier;
  const index = putRow(state, place, {
    ...rowOf(carrier, replay ? 'replay' : 'event', kind.name, session),
    direction: replay ? replayDirection(context) : carrier.direction,
    start: offset + element.start,
    end: offset + element.end,
  });
  if (party !== NONE) state.rows.setParty(index, party);
  if (!replay) state.rows.number(index);
  return index;
}

/** Every fault of the event by itself is kept by its number; `issuesOf` in `create-analysis.ts` gives the same list again. */
function reportFaults(
  state: TraceState,
  row: RowIndex,
  faults: readonly EventFault[],
  tooDeep: boolean,
): void {
  for (let at = 0; at < faults.length; at += 1) {
    const fault = faults[at];
    if (fault !== undefined) state.reportFault(row, at, fault.rule, fault.severity);
  }
  if (tooDeep) {
    state.report({ rule: 'schema/too-deep', severity: 'warning', evidence: 'inferred', row, exchange: null });
  }
}

/** In a history the client's own events stand beside the server's. */
function replayDirection({ session, kind, partyId }: EventContext): Direction {
  if (partyId !== null && session.isCustomer(partyId)) return 'out';
  return session.protocol.declaration(kind.canonical, 'in')?.direction === 'client' ? 'out' : 'in';
}

/** The session the event is of: a relay's connection learns its chat from what it carries. */
function sessionOf(state: TraceState, context: EventContext): Session {
  const { session, kind, carrier } = context;
  if (kind.role === 'opening' && session.eventCount > 0) return openedSession(state, context);
  if (session.chatId !== null) return multiplexed(state, context);
  const chatId = chatIdOf(state, context);
  if (chatId !== null) return state.nameSession(session, chatId, state.reachOf(carrier.exchange));
  keepSent(context);
  return session;
}

/** A connection may carry several sessions: each that the client asks for is its own from the beginning. */
function openedSession(state: TraceState, { carrier: { exchange } }: EventContext): Session {
  const first = state.observations[state.exchanges.first(exchange)];
  const url = first?.kind === 'socket-open' || first?.kind === 'request' ? first.url : '';
  const session = state.sessions.ofConnection(exchange, url, state.reachOf(exchange));
  session.asked = true;
  return session;
}

/** A relay may carry several chats on one connection: each event then says which one it is of. */
function multiplexed(state: TraceState, { session, event, kind, carrier }: EventContext): Session {
  const { exchange } = carrier;
  const said = kind.fields.chatId(event);
  if (said === null || session.isCustomer(said) || state.exchanges.operation(exchange) !== RELAY)
    return session;
  return state.sessions.ofChat(said, state.reachOf(exchange));
}

/** The chat that the event tells: by its own word, by a file's URL, or by who the customer is. */
function chatIdOf(state: TraceState, context: EventContext): string | null {
  const { session, event, kind, direction, partyId, party, carrier } = context;
  const { role, fields, protocol } = kind;
  const said = fields.chatId(event);
  if (said !== null) return said;
  if (role === 'file') {
    const url = fields.fileUrl(event);
    const chatId = url === null ? null : protocol.endpoint('GET', url)?.chatId;
    if (chatId) return chatId;
  }
  if (partyId === null || !protocol.parties.customerHasChatId) return null;
  if (direction === 'out' || isEcho(context)) return partyId;
  // Who has the id that the URL names is the customer: its party id is the chat id.
  if (state.isStranger(party, partyId)) return null;
  const reach = state.reachOf(carrier.exchange);
  if (state.sessions.token(partyId.toLowerCase(), reach) === session) return partyId;
  return state.sessions.known(partyId, reach)?.chatId ?? null;
}

/** The server gives back what the client wrote: the party of that is the customer. */
function isEcho({ session, event, kind }: EventContext): boolean {
  if (session.sent === null || kind.role !== 'message') return false;
  const messageId = kind.fields.messageId(event);
  const content = textOf(kind.fields.content(event));
  return messageId !== null && content !== null && session.sent.get(messageId) === content;
}

/** Keeps what the client wrote while the chat id is not known: its echo will name the customer. */
function keepSent({ session, event, kind, direction }: EventContext): void {
  if (direction === 'in' || kind.role !== 'message' || !kind.protocol.parties.customerHasChatId) return;
  const messageId = kind.fields.messageId(event);
  const content = textOf(kind.fields.content(event));
  if (messageId === null || content === null) return;
  session.sent ??= new Map();
  if (session.sent.size < OPEN_LIMIT) session.sent.set(messageId, content);
}

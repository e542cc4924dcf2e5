/** Ids and times of events: what came twice, what reuses an id, what steps back in time. */
import { ExactNumber } from '../../text/exact-number.ts';
import { asDouble, idOf, isObject, type JsonObject, textOf } from '../../text/json-object.ts';
import type { Session } from '../sessions/session.ts';
import type { EventContext } from './event-context.ts';
import { eventOfRow, ownText } from './row-bytes.ts';
import type { TraceState } from './trace-state.ts';

/** Keeps what identifies the event. True when it was there before: then nothing else is made of it. */
export function trackRepetition(state: TraceState, context: EventContext): boolean {
  const { event, direction, kind: type, session, row, carrier, element } = context;
  const { role, fields } = type;
  const messageId = fields.messageId(event);
  if (messageId === null && textOf(fields.timestamp(event)) === null) return false;
  if (role === 'status' || role === 'ended') return false;
  const echo = direction === 'in' && context.partyId !== null && session.isCustomer(context.partyId);
  const kind = type.nameId * 4 + (direction === 'in' ? 0 : 2) + (echo ? 1 : 0);
  const earlier =
    messageId === null
      ? state.seen.exchange(carrier.text, element.start, element.end, session.index, kind, row)
      : exchangeMessage(state, session, kind, messageId, row);
  if (earlier === -1 || (messageId === null && (direction === 'out' || sameMessage(state, earlier, row)))) {
    return false;
  }
  const before = eventOfRow(state, earlier);
  if (before === null || state.rows.nameId(earlier) !== type.nameId) return false;
  if (messageId === null) {
    if (ownText(state, earlier) !== carrier.text.slice(element.start, element.end)) return false;
  } else if (fields.messageId(before) !== messageId) return false;
  else if (!sameContent(before, event, type.protocol.envelope.time)) {
    state.moments.push({ what: 'message id again', session, on: context, messageId, earlier, before, echo });
    return false;
  }
  // A page that sends its own event again is not the server delivering it twice.
  if (direction === 'out' || sameMessage(state, earlier, row)) return false;
  state.moments.push({ what: 'redelivered', session, on: context, earlier, messageId });
  return true;
}

/** Keeps the latest timestamp of the event's channel. */
export function trackTime(state: TraceState, context: EventContext): void {
  const { event, kind, session, row, direction } = context;
  const { channel } = context.carrier;
  if (channel === null || direction === 'out') return;
  const at = kind.protocol.timestamp(kind.fields.timestamp(event));
  if (at === null) return;
  const latest = session.latestAt(channel);
  if (!(at < latest)) session.setLatest(channel, at, row);
  else {
    const latestRow = session.latestRow(channel);
    state.moments.push({ what: 'earlier time', session, on: context, at, latest, latestRow });
  }
}

/** The row of the same kind and message before, or -1. */
function exchangeMessage(
  state: TraceState,
  session: Session,
  kind: number,
  messageId: string,
  row: number,
): number {
  const numbered = session.numbered(kind);
  if (numbered !== null) return numbered.exchange(messageId, row, state.rows, state.seen);
  return state.seen.exchange(messageId, 0, messageId.length, session.index, ~kind, row);
}

/** In one answer or message; a stream's part may hold several messages. */
function sameMessage(state: TraceState, one: number, other: number): boolean {
  const { rows } = state;
  return rows.observation(one) === rows.observation(other) && rows.frame(one) === rows.frame(other);
}

/** Equal but for the time stamp, which a server may set anew, and for the order of the keys. */
function sameContent(one: JsonObject, other: JsonObject, time: string): boolean {
  const keys = contentKeys(one, time);
  if (keys.length !== contentKeys(other, time).length) return false;
  return keys.every((key) => Object.hasOwn(other, key) && sameValue(one[key], other[key]));
}

const contentKeys = (event: JsonObject, time: string): string[] =>
  Object.keys(event).filter((key) => key !== time);

/** The depth of values is capped where they are read. */
function sameValue(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (one instanceof ExactNumber || other instanceof ExactNumber) {
    return (
      typeof asDouble(one) === 'number' && typeof asDouble(other) === 'number' && idOf(one) === idOf(other)
    );
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((each, index) => sameValue(each, other[index]));
  }
  if (!isObject(one) || !isObject(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && sameValue(one[key], other[key]))
  );
}

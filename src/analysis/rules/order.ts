/** Ids and times: what came twice, what reuses an id, what steps back in time. */
import { isObject } from '../carriage.ts';
import type { EventObject, Happening } from '../happening.ts';
import { textField, textOf } from '../happening.ts';
import type { Session } from '../session.ts';
import type { TraceState } from '../trace-state.ts';

/** Reads an earlier row's event again. */
export type Recall = (row: number) => { readonly event: EventObject; readonly text: string } | null;

/** True when the event was there before: then nothing else is said of it. */
export function judgeRepetition(state: TraceState, happening: Happening, recall: Recall): boolean {
  const { event, direction, role, session, row, name } = happening;
  const messageId = textOf(event.msg_id);
  if (messageId === null && textOf(event.timestamp) === null) return false;
  if (role === 'status' || role === 'ended') return false;
  const echo = direction === 'in' && happening.partyId !== null && session.isCustomer(happening.partyId);
  const kind = state.rows.nameId(row) * 4 + (direction === 'in' ? 0 : 2) + (echo ? 1 : 0);
  const earlier =
    messageId === null
      ? state.seen.exchange(happening.text, happening.start, happening.end, session.index, kind, row)
      : exchangeMessage(state, session, kind, messageId, row);
  if (earlier === -1 || (messageId === null && (direction === 'out' || sameCarrier(state, earlier, row)))) {
    return false;
  }
  const before = recall(earlier);
  if (before === null || before.event.event !== event.event) return false;
  if (messageId === null) {
    if (before.text !== happening.text.slice(happening.start, happening.end)) return false;
  } else if (textField(before.event, 'msg_id') !== messageId) return false;
  else if (!sameContent(before.event, event)) {
    judgeReuse(state, happening, before.event, earlier, messageId, echo);
    return false;
  }
  // A page that sends its own event again is not the server delivering it twice.
  if (direction === 'out' || sameCarrier(state, earlier, row)) return false;
  state.report({
    rule: 'order/redelivered',
    severity: 'warning',
    evidence: 'observed',
    row,
    exchange: null,
    params: { event: name, ...(messageId === null ? {} : { id: messageId }) },
    related: [earlier],
  });
  return true;
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

/** In one answer or frame; a stream's part may hold several messages. */
function sameCarrier(state: TraceState, one: number, other: number): boolean {
  const { rows } = state;
  return rows.observation(one) === rows.observation(other) && rows.frame(one) === rows.frame(other);
}

function judgeReuse(
  state: TraceState,
  happening: Happening,
  before: EventObject,
  earlier: number,
  messageId: string,
  echo: boolean,
): void {
  if (happening.name !== 'chat_session_message' || echo) return;
  const { msg } = happening.event;
  if (typeof msg !== 'string' || typeof before.msg !== 'string' || msg === before.msg) return;
  state.report({
    rule: 'order/id-reused',
    severity: 'error',
    evidence: 'documented',
    row: happening.row,
    exchange: null,
    path: ['msg_id'],
    params: { id: messageId },
    related: [earlier],
  });
}

export function judgeTime(state: TraceState, happening: Happening): void {
  const { event, session, channel, row, direction } = happening;
  if (channel === null || direction === 'out') return;
  const at = state.protocol.timestamp(event.timestamp);
  if (at === null) return;
  const latest = session.latestAt(channel);
  if (!(at < latest)) session.setLatest(channel, at, row);
  else if (isEarlier(at, latest)) {
    state.report({
      rule: 'order/time-backwards',
      severity: 'warning',
      evidence: 'documented',
      row,
      exchange: null,
      path: ['timestamp'],
      params: { seconds: Math.round((latest - at) / 100) / 10 },
      related: [session.latestRow(channel)],
    });
  }
}

/** Where one of the two is in whole seconds, what is below a second says nothing. */
function isEarlier(at: number, latest: number): boolean {
  if (at % 1000 === 0 || latest % 1000 === 0) return Math.floor(at / 1000) < Math.floor(latest / 1000);
  return at < latest;
}

/** Equal but for the time stamp, which a server may set anew, and for the order of the keys. */
function sameContent(one: EventObject, other: EventObject): boolean {
  const keys = contentKeys(one);
  if (keys.length !== contentKeys(other).length) return false;
  return keys.every((key) => Object.hasOwn(other, key) && sameValue(one[key], other[key]));
}

const contentKeys = (event: EventObject): string[] => Object.keys(event).filter((key) => key !== 'timestamp');

/** The depth of values is capped where they are read. */
function sameValue(one: unknown, other: unknown): boolean {
  if (one === other) return true;
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

/** Takes what a carrier holds: its events one by one, and what is wrong with the carrier itself. */

import { ExactNumber } from '../../text/exact-number.ts';
import { jsonFault } from '../../text/json-fault.ts';
import { type ParsedJson, parseJson } from '../../text/json-text.ts';
import type { JsonPath, RowIndex } from '../api/analysis.ts';
import type { Session } from '../sessions/session.ts';
import type { ProtocolReader } from '../state/protocol-reader.ts';
import type { TraceState } from '../state/trace-state.ts';
import { NONE } from '../tables/row-table.ts';
import type { Carrier } from '../tables/wire-message.ts';
import { takeEvent } from './chat-event.ts';
import { type Carriage, readCarriage, readCutCarriage } from './message-content.ts';
import { putRow, rowOf } from './message-row.ts';
import { takePairing } from './paired-messages.ts';
import { namedEvent, unwrap } from './wrapped-events.ts';

/**
 * What is in a carrier: as the protocol reads it whose traffic the exchange is, else as the first that finds its events.
 * Of a carrier that was cut at the cap, what is whole in it. Where it shows no chat as it stands, the layers around
 * events are peeled.
 */
export function carriageOf(state: TraceState, carrier: Carrier): Carriage {
  const parsed = parseJson(carrier.text);
  const own = state.readerOf(carrier.exchange) ?? state.firstReader;
  const carriage = carriageBy(own, carrier, parsed);
  const tuple = isTuple(carriage) ? unwrap(state, carrier, carriage) : null;
  if (tuple !== null) return tuple;
  if (showsChat(carriage)) return carriage;
  if (state.readers.length === 1) return unwrap(state, carrier, carriage) ?? carriage;
  const all = [carriage];
  for (const reader of state.readers) if (reader !== own) all.push(carriageBy(reader, carrier, parsed));
  for (const each of all) if (showsChat(each)) return each;
  for (const each of all) {
    const wrapped = unwrap(state, carrier, each);
    if (wrapped !== null) return wrapped;
  }
  return carriage;
}

/** A list that begins with words or numbers, as a framing's `[topic, name, payload]` does, is no list of events. */
function isTuple({ shape, elements }: Carriage): boolean {
  if (shape !== 'list') return false;
  for (const { value } of elements) {
    if (typeof value === 'string' || typeof value === 'number' || value instanceof ExactNumber) return true;
    if (value !== null) return false;
  }
  return false;
}

/** The same of what is to hold events as they are, such as what a client posts to the API itself. */
export function plainCarriageOf(state: TraceState, carrier: Carrier): Carriage {
  return carriageBy(state.readerOf(carrier.exchange) ?? state.firstReader, carrier, parseJson(carrier.text));
}

function carriageBy(
  reader: ProtocolReader,
  { text, truncated, exchange }: Carrier,
  parsed: ParsedJson | null,
): Carriage {
  return parsed === null && truncated
    ? readCutCarriage(text, reader, exchange)
    : readCarriage(text, parsed, reader, exchange);
}

/** True where the bytes show chat: a relay's paths say nothing. */
export function showsChat({ elements }: Carriage): boolean {
  for (let at = 0; at < elements.length; at += 1) {
    if (elements[at]?.kind?.showsChat === true) return true;
  }
  return false;
}

/**
 * True where what a page sends on an unknown path is chat: it names an event that clients send and, if it has other
 * members, one of that event's. Analytics and error reports quote names too.
 */
export function sendsChat(carriage: Carriage): boolean {
  return (
    showsChat(carriage) &&
    carriage.elements.some(({ event, kind }) => {
      const sent = kind?.sent ?? null;
      if (event === null || sent === null) return false;
      const members = Object.keys(event).filter(
        (member) => member !== carriage.reader.protocol.envelope.type,
      );
      return members.length === 0 || members.some((member) => sent.has(member));
    })
  );
}

/** Takes every element; gives the first row made, or null when there was none. */
export function takeElements(
  state: TraceState,
  carrier: Carrier,
  carriage: Carriage,
  session: Session,
): RowIndex | null {
  let first: RowIndex | null = null;
  let place = carrier.place;
  let current = session;
  const { elements, places, reader, shape } = carriage;
  const { envelope } = reader.protocol;
  for (let position = 0; position < elements.length; position += 1) {
    const element = elements[position];
    if (element === undefined) continue;
    let row: RowIndex;
    if (element.event !== null) {
      const at = places?.[position];
      const from = at === undefined ? carrier : { ...carrier, text: at.text, offset: at.slice[0] };
      const request = reader.requests?.answered(carrier.exchange, element.event);
      const given = request === undefined ? current : (state.sessions.at(request.session) ?? current);
      const taken = takeEvent(state, from, element, given, place);
      row = taken.row;
      if (at !== undefined) state.wrapped.set(row, at);
      // What comes next on the connection is not of a session that is only asked for.
      current = taken.session.asked ? given : taken.session;
      if (reader.requests !== null) takePairing(state, reader.requests, request, taken);
    } else {
      row = putRow(state, place, {
        ...rowOf(carrier, 'frame', 'not an event', current),
        start: carrier.offset + element.start,
        end: carrier.offset + element.end,
      });
      const path: JsonPath =
        shape === 'envelope' ? [envelope.list, position] : shape === 'list' ? [position] : [];
      state.report({
        rule: 'schema/not-an-event',
        severity: 'error',
        evidence: 'documented',
        row,
        exchange: null,
        path,
        params: { actual: typeName(element.value, envelope.type) },
      });
    }
    place = null;
    first ??= row;
  }
  return first;
}

/** A body or frame that should be JSON and does not parse. Bytes that we cut ourselves are no fault of the server's. */
export function reportInvalidJson(state: TraceState, row: RowIndex, carrier: Carrier): void {
  const fault = jsonFault(carrier.text);
  const ours = carrier.truncated;
  state.report({
    rule: 'schema/invalid-json',
    severity: ours ? 'note' : 'error',
    evidence: 'documented',
    row,
    exchange: carrier.exchange === NONE ? null : carrier.exchange,
    params: {
      why: ours ? 'only its beginning was kept' : describeFault(carrier.text, fault?.cutOff ?? false),
      ...(fault === null ? {} : { line: fault.line, column: fault.column, offset: fault.offset }),
    },
  });
}

/**
 * A body or message that names an event of the protocol in which none was read: never silent. `row` is the one that
 * stands for it; without one a row is made where there is something to say.
 */
export function reportUnread(
  state: TraceState,
  { reader }: Carriage,
  carrier: Carrier,
  row: RowIndex | null,
): void {
  const named = namedEvent(reader, carrier);
  if (named === null) return;
  state.report({
    rule: 'schema/unread-event',
    severity: 'warning',
    evidence: 'inferred',
    row: row ?? state.addRow(rowOf(carrier, 'exchange', 'relay', state.sessionOf(carrier.exchange))),
    exchange: carrier.exchange === NONE ? null : carrier.exchange,
    params: { event: named.name, offset: named.offset },
  });
}

function describeFault(text: string, cutOff: boolean): string {
  if (/^\s*</.test(text)) return 'it is markup, such as an error page';
  return cutOff ? 'it is cut off' : 'a character cannot stand where it stands';
}

function typeName(value: unknown, type: string): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? `an object without a string "${type}"` : `a ${typeof value}`;
}

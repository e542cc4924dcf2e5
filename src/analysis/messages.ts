/** Takes what a carrier holds: its events one by one, and what is wrong with the carrier itself. */
import type { JsonPath, RowIndex } from './analysis.ts';
import { type Carriage, readCarriage, readCutCarriage } from './carriage.ts';
import { type Carrier, type EventTools, takeEvent } from './event.ts';
import { jsonFault } from './json-fault.ts';
import { type NewRow, NONE } from './row-store.ts';
import type { Session } from './session.ts';
import type { TraceState } from './trace-state.ts';

/** The carriage of a carrier; of one that was cut at the cap, what is whole in it. */
export function carriageOf(carrier: Pick<Carrier, 'text' | 'truncated'>): Carriage {
  const carriage = readCarriage(carrier.text);
  return carriage.shape === 'invalid' && carrier.truncated ? readCutCarriage(carrier.text) : carriage;
}

/** True where the bytes show chat: a relay's paths say nothing. */
export function showsChat(state: TraceState, carriage: Carriage): boolean {
  const { elements } = carriage;
  for (let at = 0; at < elements.length; at += 1) {
    const element = elements[at];
    if (element === undefined || element.event === null) continue;
    element.kind = state.kinds.of(element.event.event);
    if (element.kind.showsChat) return true;
  }
  return false;
}

/** Takes every element; gives the first row made, or null when there was none. */
export function takeElements(
  state: TraceState,
  carrier: Carrier,
  carriage: Carriage,
  session: Session,
  tools: EventTools,
): RowIndex | null {
  let first: RowIndex | null = null;
  let place = carrier.place;
  let current = session;
  const { elements, shape } = carriage;
  for (let position = 0; position < elements.length; position += 1) {
    const element = elements[position];
    if (element === undefined) continue;
    const { event } = element;
    let row: RowIndex;
    if (event !== null) {
      row = takeEvent(state, carrier, element, event, current, place, tools);
      current = state.sessionOfLast ?? current;
    } else {
      row = putRow(state, place, {
        ...rowOf(carrier, 'frame', 'not an event', current),
        start: carrier.offset + element.start,
        end: carrier.offset + element.end,
      });
      const path: JsonPath = shape === 'envelope' ? ['events', position] : shape === 'list' ? [position] : [];
      state.report({
        rule: 'schema/not-an-event',
        severity: 'error',
        evidence: 'documented',
        row,
        exchange: null,
        path,
        params: { actual: typeName(element.value) },
      });
    }
    place = null;
    first ??= row;
  }
  return first;
}

/** A row for the carrier as a whole. */
export function rowOf(
  carrier: Carrier,
  kind: NewRow['kind'],
  name: string,
  session: Session | undefined,
): NewRow {
  return {
    kind,
    observation: carrier.observation,
    wallTime: carrier.wallTime,
    name,
    direction: carrier.direction,
    transport: carrier.transport,
    exchange: carrier.exchange,
    session: session?.index ?? NONE,
    frame: carrier.frame,
    start: carrier.offset,
    end: carrier.offset + carrier.text.length,
    form: carrier.form,
    truncated: carrier.truncated,
  };
}

export function putRow(state: TraceState, place: RowIndex | null, row: NewRow): RowIndex {
  if (place === null) return state.addRow(row);
  state.fillRow(place, row);
  return place;
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

function describeFault(text: string, cutOff: boolean): string {
  if (/^\s*</.test(text)) return 'it is markup, such as an error page';
  return cutOff ? 'it is cut off' : 'a character cannot stand where it stands';
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object without a string "event"' : `a ${typeof value}`;
}

/** From a carrier's text to its chat events: what a body, a frame or a stream event holds, whatever its envelope. */
import { parseExactJson, withExactNumbers } from '../../text/exact-json.ts';
import { isObject } from '../../text/json-object.ts';
import { elementSlices, type ParsedJson, parseJson, trimmedSlice } from '../../text/json-text.ts';
import type { ExchangeId } from '../api/analysis.ts';
import type { WrappedPlace } from '../state/carrier-text.ts';
import type { EventElement } from '../state/event-context.ts';
import type { EventKind } from '../state/event-types.ts';
import type { ProtocolReader } from '../state/protocol-reader.ts';
import { compactBounds } from './compact-list.ts';

/**
 * `lone`: one event. `list`: a bare array. `envelope`: a list in an object. `wrapped`: under layers of any kind. `other`:
 * JSON without a list of events.
 */
export type Shape = 'lone' | 'list' | 'envelope' | 'wrapped' | 'other' | 'invalid';

/** An event, or something else where an event was to be. */
export type Element = (EventElement | NoEvent) & { readonly value: unknown };

type NoEvent = { readonly event: null; readonly kind: null } & Omit<EventElement, 'event' | 'kind'>;

export interface Carriage {
  /** Whose events were looked for. */
  readonly reader: ProtocolReader;
  readonly shape: Shape;
  /** The whole body's value; undefined when it is no JSON. */
  readonly value: unknown;
  readonly elements: readonly Element[];
  readonly tooDeep: boolean;
  /** Of wrapped elements where each stands: their own bounds are those of their own text. */
  readonly places?: readonly WrappedPlace[];
}

function nothing(reader: ProtocolReader): Carriage {
  return { reader, shape: 'invalid', value: undefined, elements: [], tooDeep: false };
}

/** What a protocol finds in a text that was parsed. `exchange`: where the text came. */
export function readCarriage(
  text: string,
  parsed: ParsedJson | null,
  reader: ProtocolReader,
  exchange: ExchangeId,
): Carriage {
  if (parsed === null) return nothing(reader);
  const { tooDeep } = parsed;
  const name = reader.protocol.envelope.list;
  const list = Array.isArray(parsed.value) ? parsed.value : listIn(parsed.value, name);
  const value = list === null ? withExactNumbers(text, parsed.value) : parsed.value;
  const kind = kindOf(value, reader, exchange);
  if (isObject(value) && kind !== null) {
    const slice = trimmedSlice(text);
    const element = { value, event: value, kind, start: slice[0], end: slice[1], tooDeep };
    return { reader, shape: 'lone', value, elements: [element], tooDeep };
  }
  if (list === null) return { reader, shape: 'other', value, elements: [], tooDeep };
  const bounds = compactBounds(text, value, list, name) ?? elementSlices(text, name)?.slices.flat() ?? [];
  const elements = list.map((each, index) => {
    const start = bounds[2 * index] ?? 0;
    const end = bounds[2 * index + 1] ?? 0;
    const deep = tooDeep && (parseJson(text.slice(start, end))?.tooDeep ?? false);
    const value = withExactNumbers(text, each, start, end);
    return elementOf(value, kindOf(value, reader, exchange), start, end, deep);
  });
  return { reader, shape: Array.isArray(value) ? 'list' : 'envelope', value, elements, tooDeep };
}

/** The elements that are whole in a text that was cut. */
export function readCutCarriage(text: string, reader: ProtocolReader, exchange: ExchangeId): Carriage {
  const found = elementSlices(text, reader.protocol.envelope.list);
  if (found === null) return nothing(reader);
  const elements: Element[] = [];
  for (const [start, end] of found.slices) {
    const parsed = parseExactJson(text.slice(start, end));
    if (parsed === null) continue;
    const { value, tooDeep } = parsed;
    elements.push(elementOf(value, kindOf(value, reader, exchange), start, end, tooDeep));
  }
  return { ...nothing(reader), elements };
}

function elementOf(
  value: unknown,
  kind: EventKind | null,
  start: number,
  end: number,
  tooDeep: boolean,
): Element {
  return kind !== null && isObject(value)
    ? { value, event: value, kind, start, end, tooDeep }
    : { value, event: null, kind: null, start, end, tooDeep };
}

/** What the name of an event says, or the request that it answers; null for an object that is no event. */
function kindOf(value: unknown, reader: ProtocolReader, exchange: ExchangeId): EventKind | null {
  if (!isObject(value)) return null;
  const name = value[reader.protocol.envelope.type];
  if (typeof name === 'string') return reader.kinds.of(name);
  const { pairing } = reader.protocol;
  const request = pairing === null ? undefined : reader.requests?.answered(exchange, value);
  return pairing === null || request === undefined ? null : reader.kinds.of(pairing.answerName(request.name));
}

function listIn(value: unknown, name: string): unknown[] | null {
  if (!isObject(value)) return null;
  const list = value[name];
  return Array.isArray(list) ? list : null;
}

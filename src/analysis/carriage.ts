/** From a carrier's text to its chat events: what a body, a frame or a stream event holds, whatever its envelope. */
import type { Payload } from '../observation/observation.ts';
import { base64Text } from './base64-text.ts';
import { compactBounds } from './compact-list.ts';
import type { EventKind } from './event-kind.ts';
import type { EventObject } from './happening.ts';
import { elementSlices, parseJson, trimmedSlice } from './json-text.ts';

/** `lone`: one event. `list`: a bare array. `envelope`: under `events`. `other`: JSON without a list of events. */
export type Shape = 'lone' | 'list' | 'envelope' | 'other' | 'invalid';

export type ChatEvent = EventObject & { readonly event: string };

export interface Element {
  readonly value: unknown;
  /** The value where it is an event. */
  readonly event: ChatEvent | null;
  readonly start: number;
  readonly end: number;
  readonly tooDeep: boolean;
  /** What an event's name says, once it was asked for. */
  kind: EventKind | null;
}

export interface Carriage {
  readonly shape: Shape;
  /** The whole body's value; undefined when it is no JSON. */
  readonly value: unknown;
  readonly elements: readonly Element[];
  readonly tooDeep: boolean;
}

const NOTHING: Carriage = { shape: 'invalid', value: undefined, elements: [], tooDeep: false };

/** The text of a payload: of a binary one when it is UTF-8 text, else null. */
export function payloadText(payload: Payload): string | null {
  if (payload.encoding === 'text') return payload.data;
  return payload.encoding === 'base64' ? base64Text(payload.data) : null;
}

export function readCarriage(text: string): Carriage {
  const parsed = parseJson(text);
  if (parsed === null) return NOTHING;
  const { value, tooDeep } = parsed;
  if (isEvent(value)) {
    const slice = trimmedSlice(text);
    const element = { value, event: value, start: slice[0], end: slice[1], tooDeep, kind: null };
    return { shape: 'lone', value, elements: [element], tooDeep };
  }
  const list = Array.isArray(value) ? value : eventsOf(value);
  if (list === null) return { shape: 'other', value, elements: [], tooDeep };
  const bounds = compactBounds(text, value, list) ?? elementSlices(text)?.slices.flat() ?? [];
  const elements = list.map((each, index) => {
    const start = bounds[2 * index] ?? 0;
    const end = bounds[2 * index + 1] ?? 0;
    const deep = tooDeep && (parseJson(text.slice(start, end))?.tooDeep ?? false);
    return elementOf(each, start, end, deep);
  });
  return { shape: Array.isArray(value) ? 'list' : 'envelope', value, elements, tooDeep };
}

/** The elements that are whole in a text that was cut. */
export function readCutCarriage(text: string): Carriage {
  const found = elementSlices(text);
  if (found === null) return NOTHING;
  const elements: Element[] = [];
  for (const [start, end] of found.slices) {
    const parsed = parseJson(text.slice(start, end));
    if (parsed !== null) elements.push(elementOf(parsed.value, start, end, parsed.tooDeep));
  }
  return { shape: 'invalid', value: undefined, elements, tooDeep: false };
}

function elementOf(value: unknown, start: number, end: number, tooDeep: boolean): Element {
  return { value, event: isEvent(value) ? value : null, start, end, tooDeep, kind: null };
}

export function isObject(value: unknown): value is EventObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object with a string of its own under `event`. */
export function isEvent(value: unknown): value is ChatEvent {
  return isObject(value) && typeof value.event === 'string';
}

function eventsOf(value: unknown): unknown[] | null {
  if (!isObject(value)) return null;
  const { events } = value;
  return Array.isArray(events) ? events : null;
}

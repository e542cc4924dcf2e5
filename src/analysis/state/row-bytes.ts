/** The bytes of a row, found again in its observation. */

import type { Observation, Payload } from '../../observation/observation.ts';
import { parseExactJson } from '../../text/exact-json.ts';
import { isObject, type JsonObject } from '../../text/json-object.ts';

import type { Carrier, RowIndex } from '../api/analysis.ts';
import { NONE } from '../tables/row-table.ts';
import type { LineSlice } from './carrier-text.ts';
import type { TraceState } from './trace-state.ts';

/** The payload that an observation brings; null for one that brings none. */
export function payloadOf(observation: Observation | undefined): Payload | null {
  switch (observation?.kind) {
    case 'request':
      return observation.body;
    case 'body':
    case 'chunk':
    case 'frame':
    case 'stream-event':
      return observation.payload;
    default:
      return null;
  }
}

/** The row's own text: of an event its JSON, of another row the whole body. Empty where there is none. */
export function ownText(state: TraceState, row: RowIndex): string {
  const { rows, wrapped } = state;
  const place = wrapped.size === 0 ? undefined : wrapped.get(row);
  if (place !== undefined) return place.text;
  const start = rows.start(row);
  const end = rows.end(row);
  if (end <= start) return '';
  const text = carrierText(state, row);
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/** The row's body or event as JSON; null where it is no object. */
export function eventOfRow(state: TraceState, row: RowIndex): JsonObject | null {
  const text = ownText(state, row);
  if (text === '') return null;
  const value = parseExactJson(text)?.value;
  return isObject(value) ? value : null;
}

/** The carrier with its bytes as they came, and where in them the row's own are. */
export function carrierOfRow(state: TraceState, row: RowIndex): Carrier | null {
  const { rows } = state;
  if (!rows.has(row)) return null;
  const index = rows.observation(row);
  const payload = payloadOf(state.observations[index]);
  if (payload === null) return null;
  const place = state.wrapped.get(row);
  if (payload.encoding === 'none' || payload.encoding === 'later') {
    return { observation: index, text: '', encoding: 'none', slice: null, path: null };
  }
  if (rows.form(row) === 'base64' || payload.encoding === 'base64') {
    return {
      observation: index,
      text: payload.data,
      encoding: 'base64',
      slice: null,
      path: place?.path ?? null,
    };
  }
  if (rows.form(row) === 'lines') {
    const slice = state.lineSlices.get(row) ?? null;
    return {
      observation: index,
      text: joinedText(state, row, slice?.[1] ?? 0),
      encoding: 'text',
      slice,
      path: place?.path ?? null,
    };
  }
  return {
    observation: index,
    text: carrierText(state, row),
    encoding: 'text',
    slice: place?.slice ?? [rows.start(row), rows.end(row)],
    path: place?.path ?? null,
  };
}

/** The text that the row's slice points into. */
function carrierText(state: TraceState, row: RowIndex): string {
  const { rows } = state;
  const payload = payloadOf(state.observations[rows.observation(row)]);
  if (payload === null) return '';
  switch (rows.form(row)) {
    case 'plain':
      return payload.data;
    case 'base64':
      return state.texts.of(rows.observation(row), payload);
    case 'joined':
      return joinedText(state, row, rows.end(row));
    case 'lines': {
      const slice = state.lineSlices.get(row) ?? NO_LINES;
      return state.texts.ofLines(slice, () => joinedText(state, row, slice[1]));
    }
  }
}

const NO_LINES: LineSlice = [0, 0];

/** The part of a stream that the row begins in, with as many of the next parts as its bytes reach into. */
function joinedText(state: TraceState, row: RowIndex, until: number): string {
  const { rows, exchanges } = state;
  const exchange = rows.exchange(row);
  const parts = exchange === NONE ? [] : exchanges.chunks(exchange);
  return state.texts.joined(rows.observation(row), parts, until);
}

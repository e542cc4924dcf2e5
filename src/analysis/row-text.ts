/** The bytes of a row, found again in its observation. */

import type { Observation, Payload } from '../observation/observation.ts';
import type { Carrier, RowIndex } from './analysis.ts';
import { isObject, payloadText } from './carriage.ts';
import type { EventObject } from './happening.ts';
import { parseJson } from './json-text.ts';
import { NONE } from './row-store.ts';
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
  const { rows } = state;
  const start = rows.start(row);
  const end = rows.end(row);
  if (end <= start) return '';
  const text = carrierText(state, row);
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/** The row's body or event as JSON; null where it is no object. */
export function eventOfRow(state: TraceState, row: RowIndex): EventObject | null {
  const text = ownText(state, row);
  if (text === '') return null;
  const value = parseJson(text)?.value;
  return isObject(value) ? value : null;
}

/** The carrier with its bytes as they came, and where in them the row's own are. */
export function carrierOfRow(state: TraceState, row: RowIndex): Carrier | null {
  const { rows } = state;
  if (!rows.has(row)) return null;
  const index = rows.observation(row);
  const payload = payloadOf(state.observations[index]);
  if (payload === null) return null;
  if (payload.encoding === 'none' || payload.encoding === 'later') {
    return { observation: index, text: '', encoding: 'none', slice: null };
  }
  if (rows.form(row) === 'base64' || payload.encoding === 'base64') {
    return { observation: index, text: payload.data, encoding: 'base64', slice: null };
  }
  if (rows.form(row) === 'lines') {
    const slice = state.lineSlices.get(row) ?? null;
    return { observation: index, text: joinedText(state, row, slice?.[1] ?? 0), encoding: 'text', slice };
  }
  return {
    observation: index,
    text: carrierText(state, row),
    encoding: 'text',
    slice: [rows.start(row), rows.end(row)],
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
      return payloadText(payload) ?? '';
    case 'joined':
      return joinedText(state, row, rows.end(row));
    case 'lines': {
      const [from, to] = state.lineSlices.get(row) ?? [0, 0];
      const lines = joinedText(state, row, to)
        .slice(from, to)
        .split(/\r\n|\n|\r/);
      const data = lines.map((line, at) =>
        at === 0 ? line : line.startsWith('data') ? line.replace(/^data:? ?/, '') : null,
      );
      return data.filter((line) => line !== null).join('\n');
    }
  }
}

/** The part of a stream that the row begins in, with as many of the next parts as its bytes reach into. */
function joinedText(state: TraceState, row: RowIndex, until: number): string {
  const { rows, exchanges } = state;
  const first = rows.observation(row);
  const payload = payloadOf(state.observations[first]);
  let text = payload === null ? '' : (payloadText(payload) ?? '');
  if (text.length >= until || rows.exchange(row) === NONE) return text;
  const parts = exchanges.chunks(rows.exchange(row));
  const texts = [text];
  let length = text.length;
  for (let at = indexOfPart(parts, first) + 1; at < parts.length && length < until; at += 1) {
    const next = payloadOf(state.observations[parts[at] ?? NONE]);
    text = next === null ? '' : (payloadText(next) ?? '');
    texts.push(text);
    length += text.length;
  }
  return texts.join('');
}

function indexOfPart(parts: readonly number[], observation: number): number {
  let low = 0;
  let high = parts.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((parts[middle] ?? 0) < observation) low = middle + 1;
    else high = middle;
  }
  return low;
}

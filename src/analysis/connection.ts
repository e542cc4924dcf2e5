/** What comes over sockets and streams, message by message, whatever a relay wraps its events in. */
import type { Payload, StreamEventObservation } from '../observation/observation.ts';
import type { Direction, ExchangeId, ObservationIndex, RowIndex } from './analysis.ts';
import { beginsLikeEvent } from './answer.ts';
import { payloadText } from './carriage.ts';
import type { Carrier, EventTools } from './event.ts';
import type { StreamMessage } from './event-stream.ts';
import type { Outcome } from './exchange-store.ts';
import { carriageOf, putRow, reportInvalidJson, rowOf, showsChat, takeElements } from './messages.ts';
import { connectionSession } from './relay-session.ts';
import type { TextForm } from './row-marks.ts';
import { NONE } from './row-store.ts';
import { judgeClose } from './rules/transport.ts';
import type { OpenStream } from './streams.ts';
import type { TraceState } from './trace-state.ts';

export function takeStreamEvent(
  state: TraceState,
  event: StreamEventObservation,
  exchange: ExchangeId,
  index: ObservationIndex,
  tools: EventTools,
): void {
  const number = state.exchanges.nextFrame(exchange);
  const carrier = carrierOf(state, exchange, event.payload, index, 'in', number, event.wallTime, null);
  takeMessage(state, carrier, event.payload, tools);
}

/** A part of a streamed answer. */
export function takeChunk(
  state: TraceState,
  exchange: ExchangeId,
  payload: Payload,
  index: ObservationIndex,
  wallTime: number,
  tools: EventTools,
): void {
  const stream = state.streams.get(exchange);
  const text = payloadText(payload);
  if (stream === undefined || text === null) return;
  stream.starts.push(stream.length);
  stream.parts.push(index);
  stream.length += text.length;
  takeStreamMessages(state, exchange, stream, stream.reader.push(text), wallTime, payload.truncated, tools);
}

/** A stream whose bytes came as one body, as in a HAR. */
export function takeStreamBody(
  state: TraceState,
  exchange: ExchangeId,
  payload: Payload,
  index: ObservationIndex,
  wallTime: number,
  tools: EventTools,
): void {
  takeChunk(state, exchange, payload, index, wallTime, tools);
  const stream = state.streams.get(exchange);
  if (stream === undefined) return;
  takeStreamMessages(state, exchange, stream, stream.reader.finish(), wallTime, payload.truncated, tools);
}

export function takeStreamEnd(
  state: TraceState,
  exchange: ExchangeId,
  outcome: Outcome,
  index: ObservationIndex,
  reason: string,
  tools: EventTools,
): void {
  const stream = state.streams.get(exchange);
  if (stream !== undefined) {
    takeStreamMessages(state, exchange, stream, stream.reader.finish(), state.now, false, tools);
  }
  const name = outcome === 'failed' ? 'stream broke off' : 'stream close';
  if (state.sessionOf(exchange) !== undefined || reason !== '') {
    state.addRow(connectionRow(state, exchange, index, name, null));
  }
}

/** An EventSource that lost its stream and connects again by itself. */
export function takeStreamBreak(state: TraceState, exchange: ExchangeId, index: ObservationIndex): void {
  const row = state.addRow(connectionRow(state, exchange, index, 'stream broke off', null));
  judgeClose(state, exchange, row, 'broke off');
}

function takeStreamMessages(
  state: TraceState,
  exchange: ExchangeId,
  stream: OpenStream,
  messages: readonly StreamMessage[],
  wallTime: number,
  truncated: boolean,
  tools: EventTools,
): void {
  const transport = state.exchanges.transport(exchange);
  for (const message of messages) {
    const part = partAt(stream.starts, message.start);
    const observation = stream.parts[part] ?? NONE;
    const offset = message.start - (stream.starts[part] ?? 0);
    const carrier: Carrier = {
      text: message.data,
      form: message.severalLines ? 'lines' : 'joined',
      observation,
      offset,
      exchange,
      frame: state.exchanges.nextFrame(exchange),
      direction: 'in',
      transport,
      wallTime,
      channel: exchange,
      replay: false,
      truncated: false,
      place: null,
    };
    if (message.severalLines) {
      // Slices point into the joined lines; where those are in the stream is kept beside.
      const lines = { ...carrier, offset: 0 };
      const from = state.rows.length;
      takeMessage(state, lines, { encoding: 'text', data: message.data, size: 0, truncated }, tools);
      for (let row = from; row < state.rows.length; row += 1) {
        state.lineSlices.set(row, [offset, offset + message.end - message.start]);
      }
    } else takeMessage(state, carrier, { encoding: 'text', data: message.data, size: 0, truncated }, tools);
  }
}

function partAt(starts: readonly number[], position: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** One message of a connection: a lone event, a list, an envelope, or something else. */
export function takeMessage(state: TraceState, carrier: Carrier, payload: Payload, tools: EventTools): void {
  const { exchange } = carrier;
  const carriage = carriageOf(carrier);
  if (showsChat(state, carriage)) {
    const session = connectionSession(state, exchange);
    const row = takeElements(state, carrier, carriage, session, tools);
    const now = row === null ? undefined : state.sessions.at(state.rows.session(row));
    if (now !== undefined) state.exchanges.setSession(exchange, now.index);
    if (row !== null && carriage.shape === 'invalid') reportInvalidJson(state, row, carrier);
    return;
  }
  const binary = payload.encoding === 'base64' && carrier.text === '';
  const name = binary ? 'binary frame' : carriage.shape === 'invalid' ? 'text frame' : 'JSON frame';
  const row = putRow(state, carrier.place, rowOf(carrier, 'frame', name, state.sessionOf(exchange)));
  if (carriage.shape === 'invalid' && beginsLikeEvent(state, carrier.text))
    reportInvalidJson(state, row, carrier);
}

export function carrierOf(
  state: TraceState,
  exchange: ExchangeId,
  payload: Payload,
  observation: ObservationIndex,
  direction: Direction,
  frame: number,
  wallTime: number,
  place: RowIndex | null,
): Carrier {
  const form: TextForm = payload.encoding === 'base64' ? 'base64' : 'plain';
  return {
    text: payloadText(payload) ?? '',
    form,
    observation,
    offset: 0,
    exchange,
    frame,
    direction,
    transport: state.exchanges.transport(exchange),
    wallTime,
    channel: exchange,
    replay: false,
    truncated: payload.truncated,
    place,
  };
}

export function connectionRow(
  state: TraceState,
  exchange: ExchangeId,
  observation: ObservationIndex,
  name: string,
  direction: Direction | null,
) {
  return {
    kind: 'socket' as const,
    observation,
    wallTime: state.now,
    name,
    direction,
    transport: state.exchanges.transport(exchange),
    exchange,
    session: state.exchanges.session(exchange),
    frame: NONE,
    start: 0,
    end: 0,
    form: 'plain' as const,
    truncated: false,
  };
}

/** What comes over sockets and streams, message by message, whatever a relay wraps its events in. */
import { FRAMING_FACTS } from '../../framing/layer.ts';
import type { Payload, StreamEventObservation } from '../../observation/observation.ts';
import type { StreamMessage } from '../../text/event-stream.ts';
import { parseJson } from '../../text/json-text.ts';
import type { ExchangeId, ObservationIndex, RowIndex } from '../api/analysis.ts';
import { judge } from '../rules/judge.ts';
import { isCompressed, type LineSlice, payloadText } from '../state/carrier-text.ts';
import type { Closing } from '../state/moments.ts';
import type { OpenStream } from '../state/open-streams.ts';
import type { TraceState } from '../state/trace-state.ts';
import type { Outcome } from '../tables/exchange-table.ts';
import type { TextForm } from '../tables/row-flags.ts';
import { NONE } from '../tables/row-table.ts';
import type { Carrier } from '../tables/wire-message.ts';
import type { Carriage } from './message-content.ts';
import {
  carriageOf,
  reportInvalidJson,
  reportUnread,
  sendsChat,
  showsChat,
  takeElements,
} from './message-events.ts';
import { putRow, rowOf } from './message-row.ts';
import type { Arrival } from './request-context.ts';
import { connectionSession } from './session-attribution.ts';
import { readLayers } from './wrapped-events.ts';

export function takeStreamEvent(
  state: TraceState,
  event: StreamEventObservation,
  exchange: ExchangeId,
  index: ObservationIndex,
): void {
  const { payload, wallTime } = event;
  const frame = state.exchanges.nextFrame(exchange);
  const carrier = carrierOf(state, { exchange, index, wallTime }, payload, {
    direction: 'in',
    frame,
    place: null,
    dropped: false,
  });
  takeMessage(state, carrier, payload);
}

/** A part of a streamed answer. */
export function takeChunk(state: TraceState, arrival: Arrival, payload: Payload): void {
  const stream = state.streams.get(arrival.exchange);
  const text = payloadText(payload);
  if (stream === undefined || text === null) return;
  stream.starts.push(stream.length);
  stream.parts.push(arrival.index);
  stream.length += text.length;
  takeStreamMessages(state, arrival, stream, stream.reader.push(text), payload.truncated);
}

/** A stream whose bytes came as one body, as in a HAR. */
export function takeStreamBody(state: TraceState, arrival: Arrival, payload: Payload): void {
  takeChunk(state, arrival, payload);
  const stream = state.streams.get(arrival.exchange);
  if (stream === undefined) return;
  takeStreamMessages(state, arrival, stream, stream.reader.finish(), payload.truncated);
}

export function takeStreamEnd(state: TraceState, arrival: Arrival, outcome: Outcome, reason: string): void {
  const { exchange, index } = arrival;
  const stream = state.streams.get(exchange);
  if (stream !== undefined) takeStreamMessages(state, arrival, stream, stream.reader.finish(), false);
  const name = outcome === 'failed' ? 'stream broke off' : 'stream close';
  if (state.sessionOf(exchange) !== undefined || reason !== '') {
    state.addRow(connectionRow(state, exchange, index, name));
  }
}

/** An EventSource that lost its stream and connects again by itself. */
export function takeStreamBreak(state: TraceState, exchange: ExchangeId, index: ObservationIndex): void {
  const row = state.addRow(connectionRow(state, exchange, index, 'stream broke off'));
  closeConnection(state, exchange, row, 'broke off');
}

/** A socket or stream is over: what that says where its session is not. */
export function closeConnection(state: TraceState, exchange: ExchangeId, row: RowIndex, how: Closing): void {
  const session = state.sessionOf(exchange);
  if (session === undefined || session.end !== null || session.eventCount === 0) return;
  state.moments.push({ what: 'connection closed', session, exchange, row, how });
  judge(state);
}

function takeStreamMessages(
  state: TraceState,
  { exchange, wallTime }: Arrival,
  stream: OpenStream,
  messages: readonly StreamMessage[],
  truncated: boolean,
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
      dropped: false,
      // What was on its way when the stream ended may be half of it.
      truncated: message.unfinished && parseJson(message.data) === null,
      place: null,
    };
    const from = state.rows.length;
    if (message.severalLines) {
      // Slices point into the joined lines; where those are in the stream is kept beside.
      const lines = { ...carrier, offset: 0 };
      takeMessage(state, lines, { encoding: 'text', data: message.data, size: 0, truncated });
      const slice: LineSlice = [offset, offset + message.end - message.start];
      for (let row = from; row < state.rows.length; row += 1) state.lineSlices.set(row, slice);
    } else takeMessage(state, carrier, { encoding: 'text', data: message.data, size: 0, truncated });
    if (message.unfinished && !truncated) noticeUnfinished(state, exchange, from);
  }
}

/** The rows from `row` on are of a message that no blank line closed; a stream that is no chat is no concern. */
function noticeUnfinished(state: TraceState, exchange: ExchangeId, row: RowIndex): void {
  const session = state.sessionOf(exchange);
  if (state.rows.length === row || session === undefined) return;
  state.moments.push({ what: 'event unfinished', session, row });
  judge(state);
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
export function takeMessage(state: TraceState, carrier: Carrier, payload: Payload): void {
  const { exchange } = carrier;
  const carriage = carriageOf(state, carrier);
  // What a page sends on a connection that has shown no chat may be its analytics.
  const quotes =
    carrier.direction === 'out' && state.sessionOf(exchange) === undefined && !state.isMarked(exchange);
  if (quotes ? sendsChat(carriage) : showsChat(carriage)) {
    state.setReader(exchange, carriage.reader);
    const session = connectionSession(state, exchange);
    const row = takeElements(state, carrier, carriage, session);
    const now = row === null ? undefined : state.sessions.at(state.rows.session(row));
    if (now !== undefined && !now.asked) state.exchanges.setSession(exchange, now.index);
    if (row !== null && carriage.shape === 'invalid') reportInvalidJson(state, row, carrier);
    return;
  }
  const name = nameOfMessage(state, carrier, carriage, payload);
  const row = putRow(state, carrier.place, rowOf(carrier, 'frame', name, state.sessionOf(exchange)));
  if (carriage.shape === 'invalid' && carriage.reader.protocol.beginsLikeEvent(carrier.text))
    reportInvalidJson(state, row, carrier);
  else if (!quotes) reportUnread(state, carriage, carrier, row);
}

/** A message that holds no event: a fact of its framing, or what it is made of. */
function nameOfMessage(state: TraceState, carrier: Carrier, carriage: Carriage, payload: Payload): string {
  const { note } = payload;
  if (payload.encoding === 'none' && note !== undefined && isFact(note)) return note;
  if (carrier.text.length > 0 && carrier.text.length <= LONGEST_FACT) {
    const [fact] = readLayers(state, carriage.reader, carrier).facts;
    if (fact !== undefined) return fact;
  }
  if (payload.encoding === 'base64' && carrier.text === '')
    return isCompressed(payload) ? 'compressed frame' : 'binary frame';
  return carriage.shape === 'invalid' ? 'text frame' : 'JSON frame';
}

/** Longer messages are no heartbeats, handshakes or acknowledgements. */
const LONGEST_FACT = 4_096;
const FACTS: readonly string[] = FRAMING_FACTS;

const isFact = (note: string): boolean => FACTS.includes(note);

/** A message of a connection; `place`: the row that was kept for it. */
export function carrierOf(
  state: TraceState,
  { exchange, index, wallTime }: Arrival,
  payload: Payload,
  { direction, frame, place, dropped }: Pick<Carrier, 'direction' | 'frame' | 'place' | 'dropped'>,
): Carrier {
  const form: TextForm = payload.encoding === 'base64' ? 'base64' : 'plain';
  return {
    text: payloadText(payload) ?? '',
    form,
    observation: index,
    offset: 0,
    exchange,
    frame,
    direction,
    transport: state.exchanges.transport(exchange),
    wallTime,
    channel: exchange,
    replay: false,
    dropped,
    truncated: payload.truncated,
    place,
  };
}

export function connectionRow(
  state: TraceState,
  exchange: ExchangeId,
  observation: ObservationIndex,
  name: string,
) {
  return {
    kind: 'socket' as const,
    observation,
    wallTime: state.now,
    name,
    direction: null,
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

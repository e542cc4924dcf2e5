/** Sockets: opened, closed, and their frames in order, whenever the bytes of each are read. */
import type {
  BodyObservation,
  FrameObservation,
  SocketCloseObservation,
  SocketOpenObservation,
} from '../observation/observation.ts';
import type { ExchangeId, ObservationIndex, RowIndex } from './analysis.ts';
import { carrierOf, connectionRow, takeMessage } from './connection.ts';
import type { Carrier, EventTools } from './event.ts';
import { rowOf } from './messages.ts';
import { joinByUrl } from './relay-session.ts';
import { judgeClose } from './rules/transport.ts';
import type { TraceState } from './trace-state.ts';

export function takeSocketOpen(
  state: TraceState,
  socket: SocketOpenObservation,
  index: ObservationIndex,
): void {
  const { exchanges } = state;
  let exchange = exchanges.find(socket.documentId, socket.of);
  if (exchange === undefined) {
    exchange = exchanges.open({
      documentId: socket.documentId,
      seq: socket.of,
      kind: 'socket',
      operation: 'relay',
      transport: 'websocket',
      observation: index,
      startedAt: socket.wallTime,
    });
    joinByUrl(state, exchange, socket.url);
  }
  if (socket.phase !== 'open') return;
  exchanges.setOpen(exchange);
  exchanges.setResponse(exchange, index);
  state.addRow(connectionRow(state, exchange, index, 'socket open', null));
}

export function takeSocketClose(
  state: TraceState,
  close: SocketCloseObservation,
  exchange: ExchangeId,
  index: ObservationIndex,
): void {
  if (!state.exchanges.running(exchange)) return;
  state.exchanges.close(exchange, 'closed', index, close.wallTime);
  const row = state.addRow(connectionRow(state, exchange, index, 'socket close', null));
  const judge = () => judgeClose(state, exchange, row, close);
  // The end of the session may be in a frame that is still to be read.
  if (state.heldFrames.holds(exchange))
    state.heldFrames.hold(exchange, { since: close.wallTime, take: judge });
  else judge();
}

/** A frame. One whose bytes come later keeps its place with a row, and so do those behind it. */
export function takeFrame(
  state: TraceState,
  frame: FrameObservation,
  exchange: ExchangeId,
  index: ObservationIndex,
  tools: EventTools,
): void {
  const number = state.exchanges.nextFrame(exchange);
  const { payload, direction, wallTime } = frame;
  const carrier = carrierOf(state, exchange, payload, index, direction, number, wallTime, null);
  const late = payload.encoding === 'later';
  if (!late && !state.heldFrames.holds(exchange)) {
    takeMessage(state, carrier, payload, tools);
    return;
  }
  const name = late ? 'binary frame' : 'text frame';
  const place = state.addRow(rowOf(carrier, 'frame', name, state.sessionOf(exchange)));
  if (late) {
    state.lateFrames.set(lateKey(frame.documentId, frame.seq), { carrier, place });
    state.heldFrames.await(lateKey(frame.documentId, frame.seq), exchange, wallTime);
  } else {
    const take = () => takeMessage(state, { ...carrier, place }, payload, tools);
    state.heldFrames.hold(exchange, { since: wallTime, take });
  }
}

/** The bytes of a frame whose place was kept. */
export function takeLateFrame(
  state: TraceState,
  body: BodyObservation,
  index: ObservationIndex,
  tools: EventTools,
): void {
  const key = lateKey(body.documentId, body.of);
  const late = state.lateFrames.get(key);
  if (late === undefined) return;
  state.lateFrames.delete(key);
  const { exchange, direction, frame, wallTime } = late.carrier;
  const carrier = carrierOf(state, exchange, body.payload, index, direction, frame, wallTime, late.place);
  state.heldFrames.arrived(key, () => takeMessage(state, carrier, body.payload, tools));
}

/** A frame whose bytes are not there yet, and the row that keeps its place. */
export interface LateFrame {
  readonly carrier: Carrier;
  readonly place: RowIndex;
}

const lateKey = (documentId: string, seq: number): string => `${documentId} ${seq}`;

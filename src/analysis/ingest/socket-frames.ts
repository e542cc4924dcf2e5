/** Sockets: opened, closed, and their frames in order, whenever the bytes of each are read. */
import type {
  BodyObservation,
  FrameObservation,
  SocketCloseObservation,
  SocketOpenObservation,
} from '../../observation/observation.ts';
import type { ExchangeId, ObservationIndex } from '../api/analysis.ts';
import type { TraceState } from '../state/trace-state.ts';
import { RELAY } from '../tables/exchange-table.ts';
import { NONE } from '../tables/row-table.ts';
import { rowOf } from './message-row.ts';
import { joinByUrl } from './session-attribution.ts';
import { carrierOf, closeConnection, connectionRow, takeMessage } from './stream-messages.ts';

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
      operation: RELAY,
      protocol: NONE,
      transport: 'websocket',
      observation: index,
      startedAt: socket.wallTime,
    });
    joinByUrl(state, exchange, socket.url);
  }
  if (socket.phase !== 'open') return;
  exchanges.setOpen(exchange);
  exchanges.setResponse(exchange, index);
  state.addRow(connectionRow(state, exchange, index, 'socket open'));
}

export function takeSocketClose(
  state: TraceState,
  close: SocketCloseObservation,
  exchange: ExchangeId,
  index: ObservationIndex,
): void {
  if (!state.exchanges.running(exchange)) return;
  state.exchanges.close(exchange, 'closed', index, close.wallTime);
  state.readerOf(exchange)?.requests?.close(exchange, null);
  const row = state.addRow(connectionRow(state, exchange, index, 'socket close'));
  const take = () => closeConnection(state, exchange, row, close);
  // The end of the session may be in a frame that is still to be read.
  if (state.heldFrames.holds(exchange)) state.heldFrames.hold(exchange, { since: close.wallTime, take });
  else take();
}

/** A frame. One whose bytes come later keeps its place with a row, and so do those behind it. */
export function takeFrame(
  state: TraceState,
  frame: FrameObservation,
  exchange: ExchangeId,
  index: ObservationIndex,
): void {
  const number = state.exchanges.nextFrame(exchange);
  const { payload, direction, wallTime } = frame;
  const arrival = { exchange, index, wallTime };
  const dropped = frame.dropped === true || isTooLate(state, frame, exchange);
  const carrier = carrierOf(state, arrival, payload, { direction, frame: number, place: null, dropped });
  const late = payload.encoding === 'later';
  if (!late && !state.heldFrames.holds(exchange)) {
    takeMessage(state, carrier, payload);
    return;
  }
  const name = late ? 'binary frame' : 'text frame';
  const place = state.addRow(rowOf(carrier, 'frame', name, state.sessionOf(exchange)));
  if (late) {
    state.lateFrames.set(lateKey(frame.documentId, frame.seq), { carrier, place });
    state.heldFrames.await(lateKey(frame.documentId, frame.seq), exchange, wallTime);
  } else {
    const take = () => takeMessage(state, { ...carrier, place }, payload);
    state.heldFrames.hold(exchange, { since: wallTime, take });
  }
}

/** A file may not say it, but a socket that has closed drops what it is given. */
const isTooLate = (
  { exchanges }: TraceState,
  { direction }: FrameObservation,
  exchange: ExchangeId,
): boolean => direction === 'out' && !exchanges.running(exchange);

/** The bytes of a frame whose place was kept. */
export function takeLateFrame(state: TraceState, body: BodyObservation, index: ObservationIndex): void {
  const key = lateKey(body.documentId, body.of);
  const late = state.lateFrames.get(key);
  if (late === undefined) return;
  state.lateFrames.delete(key);
  const { exchange, wallTime } = late.carrier;
  const { place } = late;
  const carrier = carrierOf(state, { exchange, index, wallTime }, body.payload, { ...late.carrier, place });
  state.heldFrames.arrived(key, () => takeMessage(state, carrier, body.payload));
}

const lateKey = (documentId: string, seq: number): string => `${documentId} ${seq}`;

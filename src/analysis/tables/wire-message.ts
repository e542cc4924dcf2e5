/** One body, socket message or stream event as it came, and where it stands in the trace: what events are read from. */
import type { Direction, ExchangeId, ObservationIndex, RowIndex, Transport } from '../api/analysis.ts';
import type { TextForm } from './row-flags.ts';

export interface Carrier {
  readonly text: string;
  readonly form: TextForm;
  readonly observation: ObservationIndex;
  /** Where `text` begins in the observation's own, for a part of a stream. */
  readonly offset: number;
  readonly exchange: ExchangeId;
  readonly frame: number;
  readonly direction: Direction;
  readonly transport: Transport;
  readonly wallTime: number;
  readonly channel: number | null;
  readonly replay: boolean;
  readonly truncated: boolean;
  /** A socket's message that the browser dropped, since the socket was closing or closed. */
  readonly dropped: boolean;
  /** A row that kept the place of bytes that came late; used up by the first event. */
  readonly place: RowIndex | null;
}

/**
 * The timeline's rows as columns. A row says where its bytes are and what they turned out to be; everything a person
 * reads is made from that on demand.
 */
import type {
  Direction,
  EventSeq,
  ObservationIndex,
  RowIndex,
  RowKind,
  Severity,
  Transport,
} from './analysis.ts';
import { Column } from './columns.ts';
import { Names } from './names.ts';

export const ROW_KINDS = [
  'event',
  'replay',
  'exchange',
  'frame',
  'socket',
  'document',
  'gap',
  'page-error',
  'annotation',
] as const satisfies readonly RowKind[];

export const TRANSPORTS = [
  'xhr',
  'fetch',
  'websocket',
  'eventsource',
  'beacon',
  'http',
] as const satisfies readonly Transport[];

const DIRECTIONS = ['in', 'out'] as const satisfies readonly Direction[];
const SEVERITIES = ['note', 'warning', 'error'] as const satisfies readonly Severity[];

/** How a row's text is got from its observation. */
export type TextForm = 'plain' | 'base64' | 'joined' | 'lines';
const TEXT_FORMS = ['plain', 'base64', 'joined', 'lines'] as const satisfies readonly TextForm[];

export const NONE = -1;

export interface NewRow {
  readonly kind: RowKind;
  readonly observation: ObservationIndex;
  readonly wallTime: number;
  /** The event's name, or what the row is. */
  readonly name: string;
  readonly direction: Direction | null;
  readonly transport: Transport | null;
  /** Exchange, session and position on the socket or stream; NONE where there is none. */
  readonly exchange: number;
  readonly session: number;
  readonly frame: number;
  /** Of the row's own bytes in the carrier's text. */
  readonly start: number;
  readonly end: number;
  readonly form: TextForm;
  readonly truncated: boolean;
}

export class RowStore {
  readonly names = new Names();
  readonly parties = new Names();
  readonly #kind = Column.uint8();
  readonly #flags = Column.uint8();
  readonly #transport = Column.uint8();
  readonly #severity = Column.uint8();
  readonly #observation = Column.int32();
  readonly #exchange = Column.int32();
  readonly #session = Column.int32();
  readonly #frame = Column.int32();
  readonly #start = Column.int32();
  readonly #end = Column.int32();
  readonly #name = Column.int32();
  readonly #party = Column.int32();
  readonly #seq = Column.int32();
  readonly #firstFinding = Column.int32();
  readonly #wallTime = Column.float64();
  readonly #rowOfSeq = Column.int32();

  get length(): number {
    return this.#kind.length;
  }

  get eventCount(): number {
    return this.#rowOfSeq.length;
  }

  push(row: NewRow): RowIndex {
    const index = this.#kind.length;
    this.#kind.push(0);
    this.#flags.push(0);
    this.#transport.push(0);
    this.#severity.push(0);
    this.#observation.push(0);
    this.#exchange.push(NONE);
    this.#session.push(NONE);
    this.#frame.push(NONE);
    this.#start.push(0);
    this.#end.push(0);
    this.#name.push(0);
    this.#party.push(NONE);
    this.#seq.push(NONE);
    this.#firstFinding.push(NONE);
    this.#wallTime.push(0);
    this.replace(index, row);
    return index;
  }

  /** Gives a row that held a frame's place the content that came later. Its party, seq and marks stay. */
  replace(index: RowIndex, row: NewRow): void {
    this.#kind.set(index, ROW_KINDS.indexOf(row.kind));
    this.#flags.set(
      index,
      (row.direction === null ? 0 : row.direction === 'in' ? 1 : 2) |
        (row.truncated ? 4 : 0) |
        (TEXT_FORMS.indexOf(row.form) << 3),
    );
    this.#transport.set(index, row.transport === null ? 0 : TRANSPORTS.indexOf(row.transport) + 1);
    this.#observation.set(index, row.observation);
    this.#exchange.set(index, row.exchange);
    this.#session.set(index, row.session);
    this.#frame.set(index, row.frame);
    this.#start.set(index, row.start);
    this.#end.set(index, row.end);
    this.#name.set(index, this.names.id(row.name));
    this.#wallTime.set(index, row.wallTime);
  }

  /** Makes the row the next chat event of the trace. */
  number(index: RowIndex): EventSeq {
    const seq = this.#rowOfSeq.length;
    this.#rowOfSeq.push(index);
    this.#seq.set(index, seq);
    return seq;
  }

  rowOfSeq(seq: EventSeq): RowIndex | undefined {
    return seq >= 0 && seq < this.#rowOfSeq.length ? this.#rowOfSeq.at(seq) : undefined;
  }

  has(index: RowIndex): boolean {
    return Number.isInteger(index) && index >= 0 && index < this.length;
  }

  kind(index: RowIndex): RowKind {
    return ROW_KINDS[this.#kind.at(index)] ?? 'frame';
  }

  direction(index: RowIndex): Direction | null {
    return DIRECTIONS[(this.#flags.at(index) & 3) - 1] ?? null;
  }

  truncated(index: RowIndex): boolean {
    return (this.#flags.at(index) & 4) !== 0;
  }

  form(index: RowIndex): TextForm {
    return TEXT_FORMS[this.#flags.at(index) >> 3] ?? 'plain';
  }

  transport(index: RowIndex): Transport | null {
    return TRANSPORTS[this.#transport.at(index) - 1] ?? null;
  }

  severity(index: RowIndex): Severity | null {
    return SEVERITIES[this.#severity.at(index) - 1] ?? null;
  }

  setSeverity(index: RowIndex, severity: Severity | null): void {
    this.#severity.set(index, severity === null ? 0 : SEVERITIES.indexOf(severity) + 1);
  }

  observation(index: RowIndex): ObservationIndex {
    return this.#observation.at(index);
  }

  exchange(index: RowIndex): number {
    return this.#exchange.at(index);
  }

  session(index: RowIndex): number {
    return this.#session.at(index);
  }

  setSession(index: RowIndex, session: number): void {
    this.#session.set(index, session);
  }

  frame(index: RowIndex): number {
    return this.#frame.at(index);
  }

  start(index: RowIndex): number {
    return this.#start.at(index);
  }

  end(index: RowIndex): number {
    return this.#end.at(index);
  }

  nameId(index: RowIndex): number {
    return this.#name.at(index);
  }

  name(index: RowIndex): string {
    return this.names.name(this.#name.at(index));
  }

  /** Id of the row's party in `parties`, or NONE. */
  party(index: RowIndex): number {
    return this.#party.at(index);
  }

  setParty(index: RowIndex, party: number): void {
    this.#party.set(index, party);
  }

  seq(index: RowIndex): EventSeq | null {
    const seq = this.#seq.at(index);
    return seq === NONE ? null : seq;
  }

  wallTime(index: RowIndex): number {
    return this.#wallTime.at(index);
  }

  /** Head of the row's list of findings (see FindingStore), or NONE. */
  firstFinding(index: RowIndex): number {
    return this.#firstFinding.at(index);
  }

  setFirstFinding(index: RowIndex, finding: number): void {
    this.#firstFinding.set(index, finding);
  }
}

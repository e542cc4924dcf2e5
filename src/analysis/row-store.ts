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

const KIND_NUMBERS = numbered(ROW_KINDS, 0);
const TRANSPORT_NUMBERS = numbered(TRANSPORTS, 1);
const FORM_NUMBERS = numbered(TEXT_FORMS, 0);

function numbered<Name extends string>(names: readonly Name[], from: number): Readonly<Record<Name, number>> {
  const numbers: Partial<Record<Name, number>> = {};
  names.forEach((name, at) => {
    numbers[name] = at + from;
  });
  return numbers as Record<Name, number>;
}

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

const FIRST_ROWS = 256;

/** Cells of one row in the table of 32-bit integers. */
const OBSERVATION = 0;
const EXCHANGE = 1;
const SESSION = 2;
const FRAME = 3;
const START = 4;
const END = 5;
const NAME = 6;
const PARTY = 7;
const SEQ = 8;
const FINDING = 9;
const WIDTH = 10;

export class RowStore {
  readonly names = new Names();
  readonly parties = new Names();
  length = 0;
  /** One table and not ten columns: a row is written and read in one place of memory. */
  #cells = new Int32Array(FIRST_ROWS * WIDTH);
  /** Kind, flags, transport and severity, one byte each. */
  #marks = new Uint8Array(FIRST_ROWS * 4);
  #wallTime = new Float64Array(FIRST_ROWS);
  readonly #rowOfSeq = Column.int32();

  get eventCount(): number {
    return this.#rowOfSeq.length;
  }

  push(row: NewRow): RowIndex {
    const index = this.length;
    if (index === this.#wallTime.length) this.#grow();
    this.length = index + 1;
    const at = index * WIDTH;
    this.#cells[at + PARTY] = NONE;
    this.#cells[at + SEQ] = NONE;
    this.#cells[at + FINDING] = NONE;
    this.replace(index, row);
    return index;
  }

  /** Gives a row that held a frame's place the content that came later. Its party, seq and marks stay. */
  replace(index: RowIndex, row: NewRow): void {
    const marks = this.#marks;
    marks[index * 4] = KIND_NUMBERS[row.kind];
    marks[index * 4 + 1] =
      (row.direction === null ? 0 : row.direction === 'in' ? 1 : 2) |
      (row.truncated ? 4 : 0) |
      (FORM_NUMBERS[row.form] << 3);
    marks[index * 4 + 2] = row.transport === null ? 0 : TRANSPORT_NUMBERS[row.transport];
    const cells = this.#cells;
    const at = index * WIDTH;
    cells[at + OBSERVATION] = row.observation;
    cells[at + EXCHANGE] = row.exchange;
    cells[at + SESSION] = row.session;
    cells[at + FRAME] = row.frame;
    cells[at + START] = row.start;
    cells[at + END] = row.end;
    cells[at + NAME] = this.names.id(row.name);
    this.#wallTime[index] = row.wallTime;
  }

  /** Makes the row the next chat event of the trace. */
  number(index: RowIndex): EventSeq {
    const seq = this.#rowOfSeq.length;
    this.#rowOfSeq.push(index);
    this.#set(index, SEQ, seq);
    return seq;
  }

  rowOfSeq(seq: EventSeq): RowIndex | undefined {
    return seq >= 0 && seq < this.#rowOfSeq.length ? this.#rowOfSeq.at(seq) : undefined;
  }

  has(index: RowIndex): boolean {
    return Number.isInteger(index) && index >= 0 && index < this.length;
  }

  kind(index: RowIndex): RowKind {
    return ROW_KINDS[this.#marks[index * 4] ?? 0] ?? 'frame';
  }

  direction(index: RowIndex): Direction | null {
    return DIRECTIONS[((this.#marks[index * 4 + 1] ?? 0) & 3) - 1] ?? null;
  }

  truncated(index: RowIndex): boolean {
    return ((this.#marks[index * 4 + 1] ?? 0) & 4) !== 0;
  }

  form(index: RowIndex): TextForm {
    return TEXT_FORMS[(this.#marks[index * 4 + 1] ?? 0) >> 3] ?? 'plain';
  }

  transport(index: RowIndex): Transport | null {
    return TRANSPORTS[(this.#marks[index * 4 + 2] ?? 0) - 1] ?? null;
  }

  severity(index: RowIndex): Severity | null {
    return SEVERITIES[(this.#marks[index * 4 + 3] ?? 0) - 1] ?? null;
  }

  setSeverity(index: RowIndex, severity: Severity | null): void {
    this.#marks[index * 4 + 3] = severity === null ? 0 : SEVERITIES.indexOf(severity) + 1;
  }

  observation(index: RowIndex): ObservationIndex {
    return this.#get(index, OBSERVATION);
  }

  exchange(index: RowIndex): number {
    return this.#get(index, EXCHANGE);
  }

  session(index: RowIndex): number {
    return this.#get(index, SESSION);
  }

  setSession(index: RowIndex, session: number): void {
    this.#set(index, SESSION, session);
  }

  frame(index: RowIndex): number {
    return this.#get(index, FRAME);
  }

  start(index: RowIndex): number {
    return this.#get(index, START);
  }

  end(index: RowIndex): number {
    return this.#get(index, END);
  }

  nameId(index: RowIndex): number {
    return this.#get(index, NAME);
  }

  name(index: RowIndex): string {
    return this.names.name(this.#get(index, NAME));
  }

  /** Id of the row's party in `parties`, or NONE. */
  party(index: RowIndex): number {
    return this.#get(index, PARTY);
  }

  setParty(index: RowIndex, party: number): void {
    this.#set(index, PARTY, party);
  }

  seq(index: RowIndex): EventSeq | null {
    const seq = this.#get(index, SEQ);
    return seq === NONE ? null : seq;
  }

  wallTime(index: RowIndex): number {
    return this.#wallTime[index] ?? 0;
  }

  /** Head of the row's list of findings (see FindingStore), or NONE. */
  firstFinding(index: RowIndex): number {
    return this.#get(index, FINDING);
  }

  setFirstFinding(index: RowIndex, finding: number): void {
    this.#set(index, FINDING, finding);
  }

  #get(index: RowIndex, cell: number): number {
    return this.#cells[index * WIDTH + cell] ?? NONE;
  }

  #set(index: RowIndex, cell: number, value: number): void {
    this.#cells[index * WIDTH + cell] = value;
  }

  #grow(): void {
    const rows = this.#wallTime.length * 2;
    const cells = new Int32Array(rows * WIDTH);
    cells.set(this.#cells);
    this.#cells = cells;
    const marks = new Uint8Array(rows * 4);
    marks.set(this.#marks);
    this.#marks = marks;
    const wallTime = new Float64Array(rows);
    wallTime.set(this.#wallTime);
    this.#wallTime = wallTime;
  }
}

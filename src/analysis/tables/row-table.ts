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
} from '../api/analysis.ts';
import {
  DIRECTIONS,
  flagsOf,
  KIND_NUMBERS,
  ROW_KINDS,
  SEVERITIES,
  TEXT_FORMS,
  type TextForm,
  TRANSPORTS,
  transportNumber,
} from './row-flags.ts';
import { Names } from './string-pool.ts';
import { Float64Column, Int32Table } from './typed-columns.ts';
import type { Carrier } from './wire-message.ts';

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

/** Cells of one row. */
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
/** One byte each: kind, flags, transport, severity. */
const MARKS = 10;
/** Of a message among those that are numbered upwards: its number and the row before it. */
const NUMBER = 11;
const PREVIOUS = 12;
const WIDTH = 13;

const FLAGS = 8;
const TRANSPORT = 16;
const SEVERITY = 24;

export class RowStore {
  readonly names = new Names();
  readonly parties = new Names();
  readonly #cells = new Int32Table(WIDTH);
  readonly #wallTime = new Float64Column();
  readonly #rowOfSeq = new Int32Table(1);

  get length(): number {
    return this.#cells.length;
  }

  get eventCount(): number {
    return this.#rowOfSeq.length;
  }

  push(row: NewRow, nameId = this.names.id(row.name)): RowIndex {
    const index = this.#cells.grow();
    this.#wallTime.push(row.wallTime);
    const cells = this.#cells.cells(index);
    const at = this.#cells.start(index);
    cells[at + PARTY] = NONE;
    cells[at + SEQ] = NONE;
    cells[at + FINDING] = NONE;
    this.#fill(cells, at, row, nameId);
    return index;
  }

  /** Appends the row of the next chat event. Nothing is made for it: almost every row comes by here. */
  pushEvent(
    carrier: Carrier,
    session: number,
    start: number,
    end: number,
    nameId: number,
    party: number,
  ): RowIndex {
    const index = this.#cells.grow();
    this.#wallTime.push(carrier.wallTime);
    const cells = this.#cells.cells(index);
    const at = this.#cells.start(index);
    const seq = this.#rowOfSeq.grow();
    this.#rowOfSeq.cells(seq)[this.#rowOfSeq.start(seq)] = index;
    cells[at + OBSERVATION] = carrier.observation;
    cells[at + EXCHANGE] = carrier.exchange;
    cells[at + SESSION] = session;
    cells[at + FRAME] = carrier.frame;
    cells[at + START] = carrier.offset + start;
    cells[at + END] = carrier.offset + end;
    cells[at + NAME] = nameId;
    cells[at + PARTY] = party;
    cells[at + SEQ] = seq;
    cells[at + FINDING] = NONE;
    const flags = flagsOf(carrier.direction, carrier.truncated, carrier.form);
    cells[at + MARKS] = (flags << FLAGS) | (transportNumber(carrier.transport) << TRANSPORT);
    return index;
  }

  /** Gives a row that held a frame's place the content that came later. Its party, seq and severity stay. */
  replace(index: RowIndex, row: NewRow): void {
    this.#fill(this.#cells.cells(index), this.#cells.start(index), row, this.names.id(row.name));
    this.#wallTime.set(index, row.wallTime);
  }

  #fill(cells: Int32Array, at: number, row: NewRow, nameId: number): void {
    const flags = flagsOf(row.direction, row.truncated, row.form);
    cells[at + MARKS] =
      ((cells[at + MARKS] ?? 0) & (0xff << SEVERITY)) |
      (row.kind === 'event' ? 0 : KIND_NUMBERS[row.kind]) |
      (flags << FLAGS) |
      (transportNumber(row.transport) << TRANSPORT);
    cells[at + OBSERVATION] = row.observation;
    cells[at + EXCHANGE] = row.exchange;
    cells[at + SESSION] = row.session;
    cells[at + FRAME] = row.frame;
    cells[at + START] = row.start;
    cells[at + END] = row.end;
    cells[at + NAME] = nameId;
  }

  /** Makes the row the next chat event of the trace. */
  number(index: RowIndex): EventSeq {
    const seq = this.#rowOfSeq.length;
    this.#rowOfSeq.set(this.#rowOfSeq.grow(), 0, index);
    this.#cells.set(index, SEQ, seq);
    return seq;
  }

  rowOfSeq(seq: EventSeq): RowIndex | undefined {
    return seq >= 0 && seq < this.#rowOfSeq.length ? this.#rowOfSeq.at(seq, 0) : undefined;
  }

  has(index: RowIndex): boolean {
    return Number.isInteger(index) && index >= 0 && index < this.length;
  }

  kind(index: RowIndex): RowKind {
    return ROW_KINDS[this.#mark(index, 0)] ?? 'frame';
  }

  direction(index: RowIndex): Direction | null {
    return DIRECTIONS[(this.#mark(index, FLAGS) & 3) - 1] ?? null;
  }

  truncated(index: RowIndex): boolean {
    return (this.#mark(index, FLAGS) & 4) !== 0;
  }

  form(index: RowIndex): TextForm {
    return TEXT_FORMS[this.#mark(index, FLAGS) >> 3] ?? 'plain';
  }

  transport(index: RowIndex): Transport | null {
    return TRANSPORTS[this.#mark(index, TRANSPORT) - 1] ?? null;
  }

  severity(index: RowIndex): Severity | null {
    return SEVERITIES[this.#mark(index, SEVERITY) - 1] ?? null;
  }

  /**
   * Puts a finding at the head of the row's list, and marks the row with its severity, given by its level, unless it is
   * marked as badly already.
   */
  addFinding(index: RowIndex, finding: number, level: number): void {
    const cells = this.#cells.cells(index);
    const at = this.#cells.start(index);
    cells[at + FINDING] = finding;
    const marks = cells[at + MARKS] ?? 0;
    if (marks >>> SEVERITY > level) return;
    cells[at + MARKS] = (marks & ~(0xff << SEVERITY)) | ((level + 1) << SEVERITY);
  }

  setSeverity(index: RowIndex, severity: Severity | null): void {
    const worst = severity === null ? 0 : SEVERITIES.indexOf(severity) + 1;
    const others = this.#cells.at(index, MARKS) & ~(0xff << SEVERITY);
    this.#cells.set(index, MARKS, others | (worst << SEVERITY));
  }

  observation(index: RowIndex): ObservationIndex {
    return this.#get(index, OBSERVATION);
  }

  /** Which of the rows of its observation a row is, from 0. */
  place(index: RowIndex): number {
    const observation = this.observation(index);
    let first = index;
    while (first > 0 && this.observation(first - 1) === observation) first -= 1;
    return index - first;
  }

  exchange(index: RowIndex): number {
    return this.#get(index, EXCHANGE);
  }

  session(index: RowIndex): number {
    return this.#get(index, SESSION);
  }

  setSession(index: RowIndex, session: number): void {
    this.#cells.set(index, SESSION, session);
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
    this.#cells.set(index, PARTY, party);
  }

  seq(index: RowIndex): EventSeq | null {
    const seq = this.#get(index, SEQ);
    return seq === NONE ? null : seq;
  }

  wallTime(index: RowIndex): number {
    return this.#wallTime.at(index);
  }

  setNumbered(index: RowIndex, number: number, previous: RowIndex): void {
    this.#cells.set(index, NUMBER, number);
    this.#cells.set(index, PREVIOUS, previous);
  }

  messageNumber(index: RowIndex): number {
    return this.#get(index, NUMBER);
  }

  previousNumbered(index: RowIndex): RowIndex {
    return this.#get(index, PREVIOUS);
  }

  /** Head of the row's list of findings (see FindingStore), or NONE. */
  firstFinding(index: RowIndex): number {
    return this.#get(index, FINDING);
  }

  #mark(index: RowIndex, shift: number): number {
    return (this.#cells.at(index, MARKS) >>> shift) & 0xff;
  }

  #get(index: RowIndex, cell: number): number {
    return index >= 0 && index < this.length ? this.#cells.at(index, cell) : NONE;
  }
}

/**
 * Exchanges (requests with their answers, sockets, streams) as columns that name their observations, and the join of
 * what the taps saw later with the exchange it belongs to, by document and `seq`.
 */
import type { DocumentId, Seq } from '../../observation/observation.ts';
import type { Operation } from '../../protocol/chat-protocol.ts';
import type { ExchangeId, ExchangeView, ObservationIndex, RowIndex, Transport } from '../api/analysis.ts';
import { Documents } from './documents.ts';
import { TRANSPORTS } from './row-flags.ts';
import { NONE } from './row-table.ts';
import { Float64Column, Int32Table } from './typed-columns.ts';

export type Outcome = ExchangeView['outcome'];
export type ExchangeKind = ExchangeView['kind'];

const KINDS = ['http', 'socket', 'stream'] as const satisfies readonly ExchangeKind[];
const OUTCOMES = [
  'pending',
  'done',
  'aborted',
  'failed',
  'open',
  'closed',
] as const satisfies readonly Outcome[];

/** What is asked on a path that no protocol knows: its bytes turned out to be chat. */
export const RELAY: Operation = {
  protocol: '',
  id: 'relay',
  role: 'other',
  title: 'relay',
  jsonRequest: false,
  jsonAnswer: false,
};

/** Cells of one exchange. */
const KIND = 0;
const OUTCOME = 1;
const OPERATION = 2;
const TRANSPORT = 3;
const FIRST = 4;
const RESPONSE = 5;
const ANSWER = 6;
const LATE_REQUEST = 7;
const LAST = 8;
const SESSION = 9;
const FIRST_ROW = 10;
const FRAMES = 11;
const DOCUMENT = 12;
const PROTOCOL = 13;
const WIDTH = 14;

const PENDING = OUTCOMES.indexOf('pending');
const OPEN = OUTCOMES.indexOf('open');

export class ExchangeStore {
  readonly documents = new Documents();
  /** How many exchanges took the place of another one: what `find` gave before may be another now. */
  replaced = 0;
  readonly #operations: Operation[] = [RELAY];
  /** Those that a service worker answered. */
  readonly #served = new Set<ExchangeId>();
  readonly #chunks = new Map<ExchangeId, ObservationIndex[]>();
  readonly #cells = new Int32Table(WIDTH);
  readonly #startedAt = new Float64Column();
  readonly #endedAt = new Float64Column();

  get length(): number {
    return this.#cells.length;
  }

  open(exchange: {
    readonly documentId: DocumentId;
    readonly seq: Seq;
    readonly kind: ExchangeKind;
    readonly operation: Operation;
    /** Place of its protocol in the trace, or NONE. */
    readonly protocol: number;
    readonly transport: Transport;
    readonly observation: ObservationIndex;
    readonly startedAt: number;
  }): ExchangeId {
    const id = this.#cells.grow();
    const cells = this.#cells.cells(id);
    const at = this.#cells.start(id);
    cells[at + KIND] = KINDS.indexOf(exchange.kind);
    cells[at + OPERATION] = this.#operationNumber(exchange.operation);
    cells[at + TRANSPORT] = TRANSPORTS.indexOf(exchange.transport);
    cells[at + FIRST] = exchange.observation;
    cells[at + LAST] = exchange.observation;
    cells[at + RESPONSE] = NONE;
    cells[at + ANSWER] = NONE;
    cells[at + LATE_REQUEST] = NONE;
    cells[at + SESSION] = NONE;
    cells[at + FIRST_ROW] = NONE;
    cells[at + PROTOCOL] = exchange.protocol;
    this.#startedAt.push(exchange.startedAt);
    this.#endedAt.push(Number.NaN);
    const document = this.documents.of(exchange.documentId);
    if (document.exchanges.get(exchange.seq) !== undefined) this.replaced += 1;
    document.exchanges.set(exchange.seq, id);
    cells[at + DOCUMENT] = document.number;
    return id;
  }

  find(documentId: DocumentId, of: Seq): ExchangeId | undefined {
    return this.documents.find(documentId)?.exchanges.get(of);
  }

  has(id: ExchangeId): boolean {
    return id >= 0 && id < this.length;
  }

  kind(id: ExchangeId): ExchangeKind {
    return KINDS[this.#cells.at(id, KIND)] ?? 'http';
  }

  becomeStream(id: ExchangeId): void {
    this.#cells.set(id, KIND, KINDS.indexOf('stream'));
  }

  outcome(id: ExchangeId): Outcome {
    return OUTCOMES[this.#cells.at(id, OUTCOME)] ?? 'pending';
  }

  /** True while nothing has ended the exchange. */
  running(id: ExchangeId): boolean {
    const outcome = this.#cells.at(id, OUTCOME);
    return outcome === PENDING || outcome === OPEN;
  }

  setOpen(id: ExchangeId): void {
    this.#cells.set(id, OUTCOME, OPEN);
  }

  close(id: ExchangeId, outcome: Outcome, observation: ObservationIndex, at: number): void {
    this.#cells.set(id, OUTCOME, OUTCOMES.indexOf(outcome));
    this.#cells.set(id, LAST, observation);
    this.#endedAt.set(id, at);
  }

  operation(id: ExchangeId): Operation {
    return this.#operations[this.#cells.at(id, OPERATION)] ?? RELAY;
  }

  /** Place in the trace of the protocol that it speaks, or NONE. */
  protocol(id: ExchangeId): number {
    return this.has(id) ? this.#cells.at(id, PROTOCOL) : NONE;
  }

  setProtocol(id: ExchangeId, protocol: number): void {
    this.#cells.set(id, PROTOCOL, protocol);
  }

  /** A protocol has some twenty operations, and a page asks for two or three of them. */
  #operationNumber(operation: Operation): number {
    const known = this.#operations.indexOf(operation);
    return known === -1 ? this.#operations.push(operation) - 1 : known;
  }

  transport(id: ExchangeId): Transport {
    return TRANSPORTS[this.#cells.at(id, TRANSPORT)] ?? 'http';
  }

  /** Number of its document. */
  document(id: ExchangeId): number {
    return this.#cells.at(id, DOCUMENT);
  }

  /** The observation that opened it. */
  first(id: ExchangeId): ObservationIndex {
    return this.#cells.at(id, FIRST);
  }

  /** The observation that ended it, or the first one while it runs. */
  last(id: ExchangeId): ObservationIndex {
    return this.#cells.at(id, LAST);
  }

  response(id: ExchangeId): ObservationIndex {
    return this.#cells.at(id, RESPONSE);
  }

  setResponse(id: ExchangeId, observation: ObservationIndex): void {
    this.#cells.set(id, RESPONSE, observation);
  }

  answer(id: ExchangeId): ObservationIndex {
    return this.#cells.at(id, ANSWER);
  }

  setAnswer(id: ExchangeId, observation: ObservationIndex): void {
    this.#cells.set(id, ANSWER, observation);
  }

  lateRequest(id: ExchangeId): ObservationIndex {
    return this.#cells.at(id, LATE_REQUEST);
  }

  setLateRequest(id: ExchangeId, observation: ObservationIndex): void {
    this.#cells.set(id, LATE_REQUEST, observation);
  }

  session(id: ExchangeId): number {
    return this.#cells.at(id, SESSION);
  }

  setSession(id: ExchangeId, session: number): void {
    this.#cells.set(id, SESSION, session);
  }

  firstRow(id: ExchangeId): RowIndex {
    return this.#cells.at(id, FIRST_ROW);
  }

  setFirstRow(id: ExchangeId, row: RowIndex): void {
    this.#cells.set(id, FIRST_ROW, row);
  }

  /** The number of the next message of the socket or stream, from 0. */
  nextFrame(id: ExchangeId): number {
    const frame = this.#cells.at(id, FRAMES);
    this.#cells.set(id, FRAMES, frame + 1);
    return frame;
  }

  startedAt(id: ExchangeId): number {
    return this.#startedAt.at(id);
  }

  /** NaN while it runs. */
  endedAt(id: ExchangeId): number {
    return this.#endedAt.at(id);
  }

  /** A service worker answered, and not the network. */
  serve(id: ExchangeId): void {
    this.#served.add(id);
  }

  isServed(id: ExchangeId): boolean {
    return this.#served.has(id);
  }

  addChunk(id: ExchangeId, observation: ObservationIndex): void {
    const chunks = this.#chunks.get(id);
    if (chunks === undefined) this.#chunks.set(id, [observation]);
    else chunks.push(observation);
  }

  /** Observations of the parts of a streamed answer, in order. */
  chunks(id: ExchangeId): readonly ObservationIndex[] {
    return this.#chunks.get(id) ?? [];
  }
}

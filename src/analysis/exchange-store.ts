/**
 * Exchanges (requests with their answers, sockets, streams) as columns that name their observations, and the join of
 * what the taps saw later with the exchange it belongs to, by document and `seq`.
 */
import type { DocumentId, Seq } from '../observation/observation.ts';
import type { Operation } from '../protocol/chat-protocol.ts';
import type { ExchangeId, ExchangeView, ObservationIndex, RowIndex, Transport } from './analysis.ts';
import { Float64Column, Int32Table } from './columns.ts';
import { TRANSPORTS } from './row-marks.ts';
import { NONE } from './row-store.ts';

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

const OPERATIONS = [
  'relay',
  'availability',
  'parameters',
  'configuration',
  'request-chat',
  'active-chat',
  'poll',
  'post-events',
  'history',
  'upload',
  'download',
  'profile-photo',
  'chat-icon',
  'ice-servers',
  'request-sms',
  'notifications',
  'case-history',
  'close-case',
  'version',
] as const satisfies readonly Operation[];

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
const WIDTH = 13;

const PENDING = OUTCOMES.indexOf('pending');
const OPEN = OUTCOMES.indexOf('open');

export class ExchangeStore {
  readonly #byDocument = new Map<DocumentId, SeqIndex>();
  #lastDocument: DocumentId = '';
  #lastIndex: SeqIndex | undefined;
  /** How many exchanges took the place of another one: what `find` gave before may be another now. */
  replaced = 0;
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
    readonly transport: Transport;
    readonly observation: ObservationIndex;
    readonly startedAt: number;
  }): ExchangeId {
    const id = this.#cells.grow();
    const cells = this.#cells.cells(id);
    const at = this.#cells.start(id);
    cells[at + KIND] = KINDS.indexOf(exchange.kind);
    cells[at + OPERATION] = OPERATIONS.indexOf(exchange.operation);
    cells[at + TRANSPORT] = TRANSPORTS.indexOf(exchange.transport);
    cells[at + FIRST] = exchange.observation;
    cells[at + LAST] = exchange.observation;
    cells[at + RESPONSE] = NONE;
    cells[at + ANSWER] = NONE;
    cells[at + LATE_REQUEST] = NONE;
    cells[at + SESSION] = NONE;
    cells[at + FIRST_ROW] = NONE;
    this.#startedAt.push(exchange.startedAt);
    this.#endedAt.push(Number.NaN);
    let bySeq = this.#of(exchange.documentId);
    if (bySeq === undefined) {
      bySeq = new SeqIndex(this.#byDocument.size);
      this.#byDocument.set(exchange.documentId, bySeq);
    }
    if (bySeq.get(exchange.seq) !== undefined) this.replaced += 1;
    bySeq.set(exchange.seq, id);
    cells[at + DOCUMENT] = bySeq.document;
    return id;
  }

  find(documentId: DocumentId, of: Seq): ExchangeId | undefined {
    return this.#of(documentId)?.get(of);
  }

  /** Observations of one document follow one another: the last one is remembered. */
  #of(documentId: DocumentId): SeqIndex | undefined {
    if (this.#lastIndex !== undefined && documentId === this.#lastDocument) return this.#lastIndex;
    this.#lastDocument = documentId;
    this.#lastIndex = this.#byDocument.get(documentId);
    return this.#lastIndex;
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
    return OPERATIONS[this.#cells.at(id, OPERATION)] ?? 'relay';
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

const BLOCK_BITS = 10;
const BLOCK_SEQS = 1 << BLOCK_BITS;

/** The exchanges of one document by `seq`, in blocks: sequences have few holes, and a hostile one costs a block. */
class SeqIndex {
  /** Number of the document. */
  readonly document: number;
  readonly #blocks = new Map<number, Int32Array>();
  #lastNumber = -1;
  #lastBlock: Int32Array | undefined;

  constructor(document: number) {
    this.document = document;
  }

  get(seq: Seq): ExchangeId | undefined {
    const block = this.#block(Math.floor(seq / BLOCK_SEQS));
    const known = block?.[seq & (BLOCK_SEQS - 1)] ?? 0;
    return known === 0 ? undefined : known - 1;
  }

  set(seq: Seq, exchange: ExchangeId): void {
    const number = Math.floor(seq / BLOCK_SEQS);
    let block = this.#block(number);
    if (block === undefined) {
      block = new Int32Array(BLOCK_SEQS);
      this.#blocks.set(number, block);
      this.#lastBlock = block;
    }
    block[seq & (BLOCK_SEQS - 1)] = exchange + 1;
  }

  #block(number: number): Int32Array | undefined {
    if (number !== this.#lastNumber) {
      this.#lastNumber = number;
      this.#lastBlock = this.#blocks.get(number);
    }
    return this.#lastBlock;
  }
}

/**
 * Exchanges (requests with their answers, sockets, streams) as columns that name their observations, and the join of
 * what the taps saw later with the exchange it belongs to, by document and `seq`.
 */
import type { DocumentId, Seq } from '../observation/observation.ts';
import type { Operation } from '../protocol/chat-protocol.ts';
import type { ExchangeId, ExchangeView, ObservationIndex, RowIndex, Transport } from './analysis.ts';
import { Column } from './columns.ts';
import { NONE, TRANSPORTS } from './row-store.ts';

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

export class ExchangeStore {
  readonly #byDocument = new Map<DocumentId, Map<Seq, ExchangeId>>();
  #lastDocument: DocumentId = '';
  #lastMap: Map<Seq, ExchangeId> | undefined;
  readonly #chunks = new Map<ExchangeId, ObservationIndex[]>();
  readonly #kind = Column.uint8();
  readonly #outcome = Column.uint8();
  readonly #operation = Column.uint8();
  readonly #transport = Column.uint8();
  readonly #first = Column.int32();
  readonly #response = Column.int32();
  readonly #answer = Column.int32();
  readonly #lateRequest = Column.int32();
  readonly #last = Column.int32();
  readonly #session = Column.int32();
  readonly #firstRow = Column.int32();
  readonly #frames = Column.int32();
  readonly #startedAt = Column.float64();
  readonly #endedAt = Column.float64();

  get length(): number {
    return this.#kind.length;
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
    const id = this.length;
    this.#kind.push(KINDS.indexOf(exchange.kind));
    this.#outcome.push(0);
    this.#operation.push(OPERATIONS.indexOf(exchange.operation));
    this.#transport.push(TRANSPORTS.indexOf(exchange.transport));
    this.#first.push(exchange.observation);
    this.#response.push(NONE);
    this.#answer.push(NONE);
    this.#lateRequest.push(NONE);
    this.#last.push(exchange.observation);
    this.#session.push(NONE);
    this.#firstRow.push(NONE);
    this.#frames.push(0);
    this.#startedAt.push(exchange.startedAt);
    this.#endedAt.push(Number.NaN);
    let bySeq = this.#of(exchange.documentId);
    if (bySeq === undefined) {
      bySeq = new Map();
      this.#byDocument.set(exchange.documentId, bySeq);
    }
    bySeq.set(exchange.seq, id);
    return id;
  }

  find(documentId: DocumentId, of: Seq): ExchangeId | undefined {
    return this.#of(documentId)?.get(of);
  }

  /** Observations of one document follow one another: the last one is remembered. */
  #of(documentId: DocumentId): Map<Seq, ExchangeId> | undefined {
    if (this.#lastMap !== undefined && documentId === this.#lastDocument) return this.#lastMap;
    this.#lastDocument = documentId;
    this.#lastMap = this.#byDocument.get(documentId);
    return this.#lastMap;
  }

  has(id: ExchangeId): boolean {
    return id >= 0 && id < this.length;
  }

  kind(id: ExchangeId): ExchangeKind {
    return KINDS[this.#kind.at(id)] ?? 'http';
  }

  becomeStream(id: ExchangeId): void {
    this.#kind.set(id, KINDS.indexOf('stream'));
  }

  outcome(id: ExchangeId): Outcome {
    return OUTCOMES[this.#outcome.at(id)] ?? 'pending';
  }

  /** True while nothing has ended the exchange. */
  running(id: ExchangeId): boolean {
    const outcome = this.outcome(id);
    return outcome === 'pending' || outcome === 'open';
  }

  setOpen(id: ExchangeId): void {
    this.#outcome.set(id, OUTCOMES.indexOf('open'));
  }

  close(id: ExchangeId, outcome: Outcome, observation: ObservationIndex, at: number): void {
    this.#outcome.set(id, OUTCOMES.indexOf(outcome));
    this.#last.set(id, observation);
    this.#endedAt.set(id, at);
  }

  operation(id: ExchangeId): Operation {
    return OPERATIONS[this.#operation.at(id)] ?? 'relay';
  }

  transport(id: ExchangeId): Transport {
    return TRANSPORTS[this.#transport.at(id)] ?? 'http';
  }

  /** The observation that opened it. */
  first(id: ExchangeId): ObservationIndex {
    return this.#first.at(id);
  }

  /** The observation that ended it, or the first one while it runs. */
  last(id: ExchangeId): ObservationIndex {
    return this.#last.at(id);
  }

  response(id: ExchangeId): ObservationIndex {
    return this.#response.at(id);
  }

  setResponse(id: ExchangeId, observation: ObservationIndex): void {
    this.#response.set(id, observation);
  }

  answer(id: ExchangeId): ObservationIndex {
    return this.#answer.at(id);
  }

  setAnswer(id: ExchangeId, observation: ObservationIndex): void {
    this.#answer.set(id, observation);
  }

  lateRequest(id: ExchangeId): ObservationIndex {
    return this.#lateRequest.at(id);
  }

  setLateRequest(id: ExchangeId, observation: ObservationIndex): void {
    this.#lateRequest.set(id, observation);
  }

  session(id: ExchangeId): number {
    return this.#session.at(id);
  }

  setSession(id: ExchangeId, session: number): void {
    this.#session.set(id, session);
  }

  firstRow(id: ExchangeId): RowIndex {
    return this.#firstRow.at(id);
  }

  setFirstRow(id: ExchangeId, row: RowIndex): void {
    this.#firstRow.set(id, row);
  }

  /** The number of the next message of the socket or stream, from 0. */
  nextFrame(id: ExchangeId): number {
    const frame = this.#frames.at(id);
    this.#frames.set(id, frame + 1);
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

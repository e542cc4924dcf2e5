/** Everything the pipeline has worked out so far. Its stages take it as their first argument and add to it. */

import { parseWrapperPath } from '../../framing/wrapper-path.ts';
import type { Observation } from '../../observation/observation.ts';
import type { ChatProtocol, Endpoint } from '../../protocol/chat-protocol.ts';
import { fitsPattern } from '../../text/url-pattern.ts';
import type { ExchangeId, JsonPath, RowIndex, Severity } from '../api/analysis.ts';
import type { SessionJoin } from '../api/ids.ts';
import { Origins, type Reach } from '../sessions/origins.ts';
import type { Session } from '../sessions/session.ts';
import { SessionStore } from '../sessions/session-store.ts';
import type { Deadlines } from '../tables/deadline-heap.ts';
import type { TraceDocument } from '../tables/documents.ts';
import { SeenEvents } from '../tables/duplicate-index.ts';
import { ExchangeStore } from '../tables/exchange-table.ts';
import { FindingStore, type NewFinding } from '../tables/finding-table.ts';
import { FlagStore } from '../tables/flag-table.ts';
import { type NewRow, NONE, RowStore } from '../tables/row-table.ts';
import type { WrappedPlace } from './carrier-text.ts';
import { CarrierTexts, type LineSlice } from './carrier-text.ts';
import type { EventContext } from './event-context.ts';
import type { Check, JudgedSession, Moment, What } from './moments.ts';
import { Streams } from './open-streams.ts';
import { LookAhead } from './prefetch.ts';
import { endpointAt, ProtocolReader } from './protocol-reader.ts';
import type { LateFrame } from './reorder-queue.ts';
import { HeldFrames } from './reorder-queue.ts';
import { SentMessages } from './sent-messages.ts';

/** What the user set about reading a trace. */
export interface ReadingSettings {
  /** For the URLs of relays: what they ask for is chat, and sessions of one chat id in several origins are one. */
  readonly patterns: readonly string[];
  /** Where events stand in messages. */
  readonly wrappers: readonly string[];
  /** Sessions of one chat id in several origins that are one. */
  readonly joins: readonly SessionJoin[];
}

/** Who judges. */
export interface Judging {
  readonly checks: ReadonlyMap<What, readonly Check[]>;
  /** Ids of rules that say nothing. */
  readonly without: ReadonlySet<string>;
}

export class TraceState {
  readonly readers: readonly ProtocolReader[];
  readonly observations: Observation[];
  readonly rows = new RowStore();
  readonly exchanges = new ExchangeStore();
  readonly findings: FindingStore;
  readonly origins: Origins;
  readonly sessions: SessionStore;
  readonly ahead: LookAhead;
  readonly seen = new SeenEvents();
  readonly flags = new FlagStore();
  /** By scope. */
  readonly deadlines: (Deadlines<Session> | undefined)[] = [];
  /** The document that polled last in a frame. */
  readonly frames = new Map<number, TraceDocument>();
  /** Wall time of the observation that is being taken: the only clock that rules have. */
  now = Number.NEGATIVE_INFINITY;
  readonly streams = new Streams();
  /** Frames whose bytes come later, by document and seq. */
  readonly lateFrames = new Map<string, LateFrame>();
  readonly heldFrames = new HeldFrames((exchange) => this.exchanges.document(exchange));
  /** Where messages that came in several `data` lines are in their stream, by row. */
  readonly lineSlices = new Map<RowIndex, LineSlice>();
  readonly texts: CarrierTexts;
  readonly #patterns: readonly string[];
  /** Where the user says that events stand in messages. */
  readonly wrappers: readonly JsonPath[];
  /** Where events stand that their message does not hold as they are, by row. */
  readonly wrapped = new Map<RowIndex, WrappedPlace>();
  /** The framing of a connection whose messages have shown it. */
  readonly framings = new Map<ExchangeId, string>();
  /** What the page has sent of what people say. */
  readonly sent = new SentMessages();
  /** What the running exchanges are for. */
  readonly endpoints: (Endpoint | null)[] = [];
  /** By party: how many chats were known when it was none of them. */
  readonly #strangers: number[] = [];
  readonly #lowerCase: number[] = [];
  dropped = 0;
  /** What was noticed and is not judged yet. */
  readonly moments: Moment[] = [];
  readonly checks: Judging['checks'];
  readonly #without: Judging['without'];
  /** By number of a session: findings on what it lacks. */
  readonly #lacks = new Map<number, number[]>();
  /** Findings that messages did not arrive, by the message's row. */
  readonly #losses = new Map<RowIndex, number[]>();
  /** Rows changed by this `add` beside those that findings marked. */
  readonly touched: RowIndex[] = [];
  sessionsChanged = false;

  constructor(
    protocols: readonly ChatProtocol[],
    observations: Observation[],
    settings: ReadingSettings,
    judging: Judging,
  ) {
    this.checks = judging.checks;
    this.#without = judging.without;
    this.observations = observations;
    this.texts = new CarrierTexts(observations);
    this.origins = new Origins(protocols.length, settings.patterns, settings.joins);
    this.#patterns = settings.patterns;
    this.wrappers = settings.wrappers.map(parseWrapperPath).filter((path) => path !== null);
    this.sessions = new SessionStore(protocols, this.origins);
    this.readers = protocols.map(
      (protocol, index) => new ProtocolReader(index, protocol, this.rows.names, this.sessions),
    );
    this.ahead = new LookAhead(this.readers, this.exchanges, this.sessions);
    this.findings = new FindingStore(this.rows, this.exchanges);
  }

  /** `nameId`: number of the row's name, from who has it at hand. */
  addRow(row: NewRow, nameId?: number): RowIndex {
    const index = this.rows.push(row, nameId);
    this.#settle(index, row);
    return index;
  }

  /** The row of the next event of the trace. */
  addEvent({ carrier, session, element, kind, party }: EventContext): RowIndex {
    const { start, end } = element;
    const index = this.rows.pushEvent(carrier, session.index, start, end, kind.nameId, party);
    this.#settleIn(carrier.exchange, index);
    session.saw(carrier.wallTime, carrier.transport);
    this.sessionsChanged = true;
    return index;
  }

  /** Puts what came late into the row that kept its place. */
  fillRow(index: RowIndex, row: NewRow): void {
    this.rows.replace(index, row);
    this.touched.push(index);
    this.#settle(index, row);
  }

  /** What orders the timestamps of a document's polls; connections are ordered by their own number. */
  pollChannel(poll: ExchangeId): number {
    return -1 - this.exchanges.document(poll);
  }

  /** Number of the party's id in lower case. */
  inLowerCase(party: number): number {
    const known = party < this.#lowerCase.length ? (this.#lowerCase[party] ?? NONE) : NONE;
    if (known !== NONE) return known;
    const lower = this.rows.parties.id(this.rows.parties.name(party).toLowerCase());
    keep(this.#lowerCase, party, lower);
    return lower;
  }

  /** True for a party that is certainly no chat. Agents of relays are asked about at every event. */
  isStranger(party: number, partyId: string): boolean {
    const names = this.sessions.nameCount;
    if (party < this.#strangers.length && this.#strangers[party] === names) return true;
    if (this.sessions.isName(partyId)) return false;
    keep(this.#strangers, party, names);
    return true;
  }

  /** Keeps a finding; nothing of the state depends on any. */
  report(finding: NewFinding): void {
    if (!this.#without.has(finding.rule)) this.findings.add(finding);
  }

  /** A finding that a message did not arrive, until it turns out that it did. */
  reportLoss(message: RowIndex, finding: NewFinding): void {
    if (this.#without.has(finding.rule)) return;
    const losses = this.#losses.get(message);
    const id = this.findings.add(finding);
    if (losses === undefined) this.#losses.set(message, [id]);
    else losses.push(id);
  }

  /** The message did arrive, or was sent again: what was found of its row before holds no more. */
  takeBackLoss(message: RowIndex): void {
    for (const id of this.#losses.get(message) ?? []) this.findings.withdraw(id);
    this.#losses.delete(message);
  }

  /** A finding on what a session lacks; none where another origin may have it. */
  reportLack(session: JudgedSession, finding: NewFinding): void {
    if (session.mayLack || this.#without.has(finding.rule)) return;
    const id = this.findings.add(finding);
    const lacks = this.#lacks.get(session.index);
    if (lacks === undefined) this.#lacks.set(session.index, [id]);
    else lacks.push(id);
  }

  /** Keeps a fault of the event in a row, by its number among the event's faults. */
  reportFault(row: RowIndex, fault: number, rule: string, severity: Severity): void {
    if (!this.#without.has(rule)) this.findings.addIssue(row, fault, rule, severity);
  }

  /** Says which chat a session is; see `SessionStore.name`. */
  nameSession(session: Session, chatId: string, reach: Reach): Session {
    this.sessionsChanged = true;
    const whole = this.sessions.name(session, chatId, reach);
    if (whole.mayLack) {
      for (const lack of this.#lacks.get(whole.index) ?? []) this.findings.withdraw(lack);
      this.#lacks.delete(whole.index);
    }
    return whole;
  }

  /** Within which origins an exchange can speak of a chat of its protocol, or of the one given. */
  reachOf(exchange: ExchangeId, protocol = Math.max(0, this.exchanges.protocol(exchange))): Reach {
    const document = this.exchanges.documents.at(this.exchanges.document(exchange));
    if (!this.origins.hasPatterns) return this.origins.reach(document, '', protocol);
    const first = this.observations[this.exchanges.first(exchange)];
    const url = first?.kind === 'request' || first?.kind === 'socket-open' ? first.url : '';
    return this.origins.reach(document, url, protocol);
  }

  /** True where one of the user's patterns says that what the exchange carries is chat. */
  isMarked(exchange: ExchangeId): boolean {
    if (this.#patterns.length === 0) return false;
    const first = this.observations[this.exchanges.first(exchange)];
    const url = first?.kind === 'request' || first?.kind === 'socket-open' ? first.url : '';
    return this.#patterns.some((pattern) => fitsPattern(url, pattern));
  }

  /** Who reads what is of no known protocol. */
  get firstReader(): ProtocolReader {
    const [first] = this.readers;
    if (first === undefined) throw new Error('an analysis needs a protocol');
    return first;
  }

  /** Whose traffic an exchange is; undefined while nobody knows. */
  readerOf(exchange: ExchangeId): ProtocolReader | undefined {
    return this.readers[this.exchanges.protocol(exchange)];
  }

  readerOfSession({ protocol }: Session): ProtocolReader {
    return this.readers.find((reader) => reader.protocol === protocol) ?? this.firstReader;
  }

  setReader(exchange: ExchangeId, reader: ProtocolReader): void {
    if (this.exchanges.protocol(exchange) !== reader.index)
      this.exchanges.setProtocol(exchange, reader.index);
  }

  /** What a request is for, in whichever protocol. */
  endpoint(method: string, url: string): Endpoint | null {
    return endpointAt(this.readers, method, url);
  }

  sessionOf(exchange: ExchangeId): Session | undefined {
    return this.sessions.at(this.exchanges.session(exchange));
  }

  #settle(index: RowIndex, row: NewRow): void {
    this.#settleIn(row.exchange, index);
    if (row.session !== NONE) {
      this.sessions.at(row.session)?.saw(row.wallTime, row.transport);
      this.sessionsChanged = true;
    }
  }

  #settleIn(exchange: number, index: RowIndex): void {
    if (exchange === NONE || this.exchanges.firstRow(exchange) !== NONE) return;
    this.exchanges.setFirstRow(exchange, index);
    this.findings.placeWaiting(exchange, index);
  }
}

/** Fills the list up to the place, so that it has no holes. */
function keep(list: number[], place: number, value: number): void {
  while (list.length <= place) list.push(NONE);
  list[place] = value;
}

/** Everything the pipeline has worked out so far. Its stages take it as their first argument and add to it. */
import type { Observation } from '../observation/observation.ts';
import type { ChatProtocol, Endpoint } from '../protocol/chat-protocol.ts';
import type { ExchangeId, RowIndex } from './analysis.ts';
import { Deadlines } from './deadlines.ts';
import type { Carrier } from './event.ts';
import { EventKinds } from './event-kind.ts';
import { ExchangeStore } from './exchange-store.ts';
import { FindingStore, type NewFinding } from './finding-store.ts';
import { HeldFrames } from './held-frames.ts';
import { KnownCalls } from './known-calls.ts';
import { LookAhead } from './look-ahead.ts';
import { type NewRow, NONE, RowStore } from './row-store.ts';
import { SeenEvents } from './seen-events.ts';
import type { Session } from './session.ts';
import { SessionStore } from './session-store.ts';
import type { LateFrame } from './socket.ts';
import { Streams } from './streams.ts';

export class TraceState {
  readonly protocol: ChatProtocol;
  readonly observations: Observation[];
  readonly kinds: EventKinds;
  readonly rows = new RowStore();
  readonly exchanges = new ExchangeStore();
  readonly findings: FindingStore;
  readonly sessions: SessionStore;
  readonly calls: KnownCalls;
  readonly ahead: LookAhead;
  readonly seen = new SeenEvents();
  readonly deadlines = new Deadlines<Session>();
  /** Wall time of the observation that is being taken: the only clock that rules have. */
  now = Number.NEGATIVE_INFINITY;
  readonly streams = new Streams();
  /** Frames whose bytes come later, by document and seq. */
  readonly lateFrames = new Map<string, LateFrame>();
  readonly heldFrames = new HeldFrames();
  /** Where messages that came in several `data` lines are in their stream, by row. */
  readonly lineSlices = new Map<RowIndex, readonly [number, number]>();
  /** What the running exchanges are for. */
  readonly endpoints: (Endpoint | null)[] = [];
  /** By party: how many chats were known when it was none of them. */
  readonly #strangers: number[] = [];
  readonly #lowerCase: number[] = [];
  /** The session of the event that was taken last. */
  sessionOfLast: Session | null = null;
  dropped = 0;
  /** Rows changed by this `add` beside those that findings marked. */
  readonly touched: RowIndex[] = [];
  sessionsChanged = false;

  constructor(protocol: ChatProtocol, observations: Observation[] = []) {
    this.protocol = protocol;
    this.observations = observations;
    this.kinds = new EventKinds(protocol, this.rows.names);
    this.sessions = new SessionStore(protocol.model.initial);
    this.calls = new KnownCalls(protocol, this.sessions);
    this.ahead = new LookAhead(protocol, this.exchanges, this.sessions, this.calls);
    this.findings = new FindingStore(this.rows, this.exchanges);
  }

  /** `nameId`: number of the row's name, from who has it at hand. */
  addRow(row: NewRow, nameId?: number): RowIndex {
    const index = this.rows.push(row, nameId);
    this.#settle(index, row);
    return index;
  }

  /** The row of the next event of the trace, its slice as the carrier's text has it. */
  addEvent(
    carrier: Carrier,
    session: Session,
    start: number,
    end: number,
    nameId: number,
    party: number,
  ): RowIndex {
    const index = this.rows.pushEvent(carrier, session.index, start, end, nameId, party);
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
    const id = partyId.toLowerCase();
    if (this.sessions.known(id) !== undefined || this.sessions.token(id) !== undefined) return false;
    keep(this.#strangers, party, names);
    return true;
  }

  report(finding: NewFinding): number {
    return this.findings.add(finding);
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

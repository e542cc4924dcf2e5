/** What the analysis remembers of one session: its state, who is in it, and what is still open. */
import type { EventSeq, ExchangeId, PartyView, RowIndex, Transport } from './analysis.ts';
import type { Names } from './names.ts';
import { NumberedMessages } from './numbered-messages.ts';
import { NO_OVERLAPS, NO_TYPING, OPEN_LIMIT, type OpenForm } from './open-things.ts';
import { NONE } from './row-store.ts';
import { sameInAnyCase } from './same-letters.ts';
import type { SessionTimes } from './session-times.ts';

export interface Step {
  readonly from: string | null;
  readonly to: string;
  readonly row: RowIndex;
  readonly seq: EventSeq | null;
  readonly wallTime: number;
  readonly allowed: boolean;
  /** What may have led here was not seen: observations are lost, or another session told of the chat meanwhile. */
  readonly afterGap: boolean;
}

export interface Party {
  readonly id: string;
  name: string;
  kind: PartyView['kind'];
  /** `known`: acts, or was in the history, without a join seen on the wire. */
  presence: 'known' | 'present' | 'left';
  /** How many gaps there had been when it joined or left. */
  since: number;
}

/** The latest timestamp of a channel, with its row. */
interface Latest {
  at: number;
  row: RowIndex;
}

/** What ended a session. */
export interface SessionEnd {
  /** The state it ended in. */
  readonly state: string;
  readonly row: RowIndex | null;
}

/** Kinds of messages that are counted apart; hostile traffic has any number. */
const NUMBERED_KINDS = 8;

/**
 * What is empty in most sessions is made when it is needed: a trace may have very many. What every event asks for
 * stands first, side by side.
 */
export class Session {
  readonly index: number;
  /** Set when it turned out to be part of another session. */
  mergedInto: Session | null = null;
  #chatId: string | null;
  state: string;
  end: SessionEnd | null = null;
  eventCount = 0;
  /** Something good was seen of it: an event, an answer, a state. */
  seenAlive = false;
  agentJoined = false;
  /** An event of the server was seen. Before, the client may answer what nobody saw it asked. */
  heard = false;
  /** How often observations were lost: what did not show may still have happened. */
  gaps = 0;
  /** One for each that types; hardly ever more than two. */
  typing = NO_TYPING;
  /** Events of one party follow one another: its id with its number, and what is known of it. */
  #lastId: string | null = null;
  #lastNumber = NONE;
  #lastParty: Party | null = null;
  #lastIsCustomer = false;
  #lastTransport: Transport | null = null;
  /** Almost every session has one channel: the row whose time is its latest, and the time among `times`. */
  #channel: number | null = null;
  #latestRow: RowIndex = NONE;
  /** The messages of the kind that was asked for last. */
  #numbered: NumberedMessages | null = null;
  readonly #times: SessionTimes;
  /** The newest poll in flight, or NONE. */
  poll: ExchangeId = NONE;
  overlaps = NO_OVERLAPS;
  lastPoll: ExchangeId | null = null;
  /** The client said `chat_session_end` or `chat_session_disconnect`: it need not poll any more. */
  clientLeft = false;

  /** Shown name: the chat id, or the connection until one is known. */
  id: string;
  /** Whether the state may have changed unseen since the last step. */
  stateMayHaveChanged = false;
  steps: Step[] = [];
  transports: readonly Transport[] = [];
  /** By lower-case id. */
  readonly parties = new Map<string, Party>();
  forms: Map<string, OpenForm> | null = null;
  knownForms: Set<string> | null = null;
  /** Forms that were answered before the server was heard. */
  answeredUnheard: Set<string> | null = null;
  /** What the client wrote, by msg_id, while the chat id is not known: its echo names the customer. */
  sent: Map<string, string> | null = null;
  warningRow: RowIndex | null = null;
  clientActedSinceWarning = false;
  pollsAfterEnd = 0;
  /** Those in flight beside the newest, the oldest first: there should be none. */
  #otherPolls: ExchangeId[] | null = null;
  #otherLatest: Map<number, Latest> | null = null;
  #otherNumbered: NumberedMessages[] | null = null;

  constructor(index: number, id: string, chatId: string | null, state: string, times: SessionTimes) {
    this.index = index;
    this.id = id;
    this.#chatId = chatId;
    this.state = state;
    this.#times = times;
  }

  get chatId(): string | null {
    return this.#chatId;
  }

  set chatId(chatId: string) {
    this.#chatId = chatId;
    this.#lastId = null;
    this.#lastParty = null;
  }

  isCustomer(partyId: string): boolean {
    if (partyId === this.#lastId) return this.#lastIsCustomer;
    return this.#chatId !== null && sameInAnyCase(partyId, this.#chatId);
  }

  /**
   * Number of a party's id among all ids. The events of one party follow one another: what is asked of it next is
   * answered fastest when it is asked with `idOfLast`.
   */
  partyNumber(partyId: string, ids: Names): number {
    if (partyId !== this.#lastId) {
      this.#lastIsCustomer = this.isCustomer(partyId);
      this.#lastId = partyId;
      this.#lastNumber = ids.id(partyId);
      this.#lastParty = null;
    }
    return this.#lastNumber;
  }

  get idOfLast(): string | null {
    return this.#lastId;
  }

  party(partyId: string): Party | undefined {
    const isLast = this.#lastId === partyId;
    if (isLast && this.#lastParty !== null) return this.#lastParty;
    if (this.parties.size === 0) return undefined;
    const party = this.parties.get(partyId.toLowerCase());
    if (party !== undefined && isLast) this.#lastParty = party;
    return party;
  }

  /** Makes a party known that was not. */
  meet(partyId: string): Party | null {
    if (this.parties.size >= OPEN_LIMIT) return null;
    const party: Party = {
      id: partyId,
      name: '',
      kind: this.isCustomer(partyId) ? 'customer' : this.agentJoined ? 'unknown' : 'scenario',
      presence: 'known',
      since: this.gaps,
    };
    this.parties.set(partyId.toLowerCase(), party);
    if (this.#lastId === partyId) this.#lastParty = party;
    return party;
  }

  /** The latest timestamp of a channel; NaN where there is none yet. */
  latestAt(channel: number): number {
    if (channel === this.#channel) return this.#times.latest(this.index);
    return this.#otherLatest?.get(channel)?.at ?? Number.NaN;
  }

  /** Where the latest timestamp of a channel was told. */
  latestRow(channel: number): RowIndex {
    return channel === this.#channel ? this.#latestRow : (this.#otherLatest?.get(channel)?.row ?? NONE);
  }

  setLatest(channel: number, at: number, row: RowIndex): void {
    this.#channel ??= channel;
    if (channel === this.#channel) {
      this.#times.setLatest(this.index, at);
      this.#latestRow = row;
      return;
    }
    this.#otherLatest ??= new Map();
    const latest = this.#otherLatest.get(channel);
    if (latest !== undefined) {
      latest.at = at;
      latest.row = row;
    } else if (this.#otherLatest.size + 1 < OPEN_LIMIT) this.#otherLatest.set(channel, { at, row });
  }

  get channels(): number[] {
    return this.#channel === null ? [] : [this.#channel, ...(this.#otherLatest?.keys() ?? [])];
  }

  /** The messages of a kind; null for a kind that is one too many. What was given for a kind once stays so. */
  numbered(kind: number): NumberedMessages | null {
    if (this.#numbered?.kind === kind) return this.#numbered;
    this.#otherNumbered ??= [];
    let numbered = this.#otherNumbered.find((each) => each.kind === kind);
    if (numbered === undefined) {
      if (this.#otherNumbered.length === NUMBERED_KINDS) return null;
      numbered = new NumberedMessages(this.index, kind);
      this.#otherNumbered.push(numbered);
    }
    this.#numbered = numbered;
    return numbered;
  }

  /** In flight, the oldest first. */
  get polls(): ExchangeId[] {
    return this.poll === NONE ? [] : [...(this.#otherPolls ?? []), this.poll];
  }

  startPoll(poll: ExchangeId): void {
    if (this.poll !== NONE) {
      this.#otherPolls ??= [];
      if (this.#otherPolls.length + 1 >= OPEN_LIMIT) return;
      this.#otherPolls.push(this.poll);
    }
    this.poll = poll;
  }

  endPoll(poll: ExchangeId): void {
    if (poll === this.poll) this.poll = this.#otherPolls?.pop() ?? NONE;
    else if (this.#otherPolls !== null) this.#otherPolls = this.#otherPolls.filter((each) => each !== poll);
  }

  /** Observations are lost here: what was open may have been closed, and what was closed opened again. */
  passGap(): void {
    this.passUnheld();
    this.poll = NONE;
    this.#otherPolls = null;
    this.overlaps = NO_OVERLAPS;
    this.idleSince = Number.POSITIVE_INFINITY;
  }

  /** An answer that nobody kept was given here: its events are lost, while the polls are all there. */
  passUnheld(): void {
    this.gaps += 1;
    this.stateMayHaveChanged = true;
    this.typing = NO_TYPING;
    this.forms = null;
    this.warningRow = null;
  }

  saw(wallTime: number, transport: Transport | null): void {
    this.#times.hold(this.index, wallTime);
    if (transport !== null && transport !== this.#lastTransport) {
      this.#lastTransport = transport;
      if (!this.transports.includes(transport)) this.transports = [...this.transports, transport];
    }
  }

  /** Reads what events ask for. The sum says nothing; it is there so that the reading is done. */
  touch(): number {
    const party = (this.#lastParty?.since ?? 0) + (this.#lastId?.charCodeAt(0) ?? 0);
    const open = this.typing.length + (this.#numbered?.kind ?? 0) + this.eventCount + this.poll;
    return party + open + this.#times.latest(this.index);
  }

  get startedAt(): number {
    return this.#times.startedAt(this.index);
  }

  get lastAt(): number {
    return this.#times.lastAt(this.index);
  }

  /** When its last poll ended and none was in flight; infinite while one is, or where none is expected. */
  get idleSince(): number {
    return this.#times.idleSince(this.index);
  }

  set idleSince(time: number) {
    this.#times.setIdleSince(this.index, time);
  }

  /** When the session is to be looked at again; infinite when nothing waits. */
  get armedAt(): number {
    return this.#times.armedAt(this.index);
  }

  set armedAt(time: number) {
    this.#times.setArmedAt(this.index, time);
  }
}

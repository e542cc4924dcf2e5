/** What the analysis remembers of one session: its state, who is in it, and what is still open. */
import type { DocumentId } from '../../observation/observation.ts';
import type { ChatProtocol } from '../../protocol/chat-protocol.ts';
import { sameInAnyCase } from '../../text/same-letters.ts';
import type { ExchangeId, PartyView, RowIndex, Transport } from '../api/analysis.ts';
import { NONE } from '../tables/row-table.ts';
import type { Names } from '../tables/string-pool.ts';
import { NumberedMessages } from './numbered-messages.ts';
import { NO_OVERLAPS, NO_TYPING, OPEN_LIMIT, type OpenForm } from './pending-items.ts';
import type { SentMessage } from './sent-message.ts';
import type { SessionTimes } from './session-times.ts';
import { byRow, chained, type Step } from './step.ts';

export interface Party {
  readonly id: string;
  name: string;
  kind: PartyView['kind'];
  /** `known`: acts, or was in the history, without a join seen on the wire. */
  presence: 'known' | 'present' | 'left';
  /** How many gaps there had been when it joined or left. */
  since: number;
}

/** A party as an event names it. */
export interface NamedParty {
  readonly id: string;
  /** Among all ids of the trace. */
  readonly number: number;
}

interface LastParty extends NamedParty {
  readonly isCustomer: boolean;
  /** Once it was looked for and is known. */
  party: Party | null;
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

/** Where several paths of a relay lead: they are led elsewhere together. */
export interface RelayLead {
  session: Session;
  /** Set when it leads where another one does. */
  joined: RelayLead | null;
}

/** What the sessions of a trace have in common. */
export interface SharedBySessions {
  readonly times: SessionTimes;
  /** How many gaps each scope has had: a session passes them when it is looked for the next time. */
  readonly gaps: number[];
  /** How many sessions are shown and no part of another. */
  shown: number;
  /** How many sessions were ever shown. */
  letters: number;
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
  #chatId: string | null = null;
  state: string;
  end: SessionEnd | null = null;
  #eventCount = 0;
  #seenAlive = false;
  agentJoined = false;
  /** An event of the server was seen. Before, the client may answer what nobody saw it asked. */
  heard = false;
  /** How often observations were lost: what did not show may still have happened. */
  gaps = 0;
  /** How many gaps of its scopes it has passed. */
  gapsPassed: number;
  /** One for each that types; hardly ever more than two. */
  typing = NO_TYPING;
  /** Events of one party follow one another. */
  #last: LastParty | null = null;
  #lastTransport: Transport | null = null;
  /** Almost every session has one channel: the row whose time is its latest, and the time among `times`. */
  #channel: number | null = null;
  #latestRow: RowIndex = NONE;
  /** The messages of the kind that was asked for last. */
  #numbered: NumberedMessages | null = null;
  readonly #times: SessionTimes;
  readonly #shared: SharedBySessions;
  /** True once there is something of it to show. */
  shown = false;
  /** Its place in the order in which sessions were first shown, from 0; NONE before. */
  ordinal: number = NONE;
  /** The newest poll in flight, or NONE. */
  poll: ExchangeId = NONE;
  overlaps = NO_OVERLAPS;
  #lastPoll: ExchangeId | null = null;
  /** The client left the conversation or ended the session: it need not poll any more. */
  clientLeft = false;

  /** Whose session it is. */
  readonly protocol: ChatProtocol;
  /** The scope of the document that it was seen in first, and those of all (see `Origins`). */
  readonly scope: number;
  readonly scopes: Set<number>;
  /** Another origin had a session of this chat id before: what this one lacks may be there. */
  isSecond = false;
  /** Its chat was begun here. */
  sawBeginning = false;
  /** By document: where the paths of a relay lead that are of this session. */
  relayLeads: Map<DocumentId, RelayLead> | null = null;
  /** A request of its connection asked for it, and the answer did not name it yet. */
  asked = false;
  readonly #customerHasChatId: boolean;
  /** Shown name: the chat id, or the connection until one is known. */
  id: string;
  /** Whether the state may have changed unseen since the last step. */
  stateMayHaveChanged = false;
  /** Steps in the order of their rows; behind `#chained`, where it is given, lie those that are to be put between them. */
  #steps: Step[] = [];
  #merged: (readonly Step[])[] | null = null;
  /** So many of the steps were there when others were merged into them. */
  #toChain = 0;
  #lastStepRow: RowIndex = NONE;
  transports: readonly Transport[] = [];
  /** By lower-case id. */
  readonly parties = new Map<string, Party>();
  forms: Map<string, OpenForm> | null = null;
  knownForms: Set<string> | null = null;
  /** Forms that were answered before the server was heard. */
  answeredUnheard: Set<string> | null = null;
  /** What the client wrote, by message id, while the chat id is not known: its echo names the customer. */
  sent: Map<string, string> | null = null;
  /** What the page has sent of what people say, by what tells that it is sent again; and the last of it. */
  sentMessages: Map<string, SentMessage> | null = null;
  lastSent: SentMessage | null = null;
  warningRow: RowIndex | null = null;
  clientActedSinceWarning = false;
  pollsAfterEnd = 0;
  /** Those in flight beside the newest, the oldest first: there should be none. */
  #otherPolls: Set<ExchangeId> | null = null;
  #otherLatest: Map<number, Latest> | null = null;
  #otherNumbered: NumberedMessages[] | null = null;

  constructor(index: number, id: string, scope: number, protocol: ChatProtocol, shared: SharedBySessions) {
    this.index = index;
    this.id = id;
    this.scope = scope;
    this.scopes = new Set([scope]);
    this.protocol = protocol;
    this.#customerHasChatId = protocol.parties.customerHasChatId;
    this.state = protocol.model.initial;
    this.#times = shared.times;
    this.#shared = shared;
    this.gapsPassed = this.gapsDue;
  }

  /** Something good was seen of it: an event, an answer, a state. */
  get seenAlive(): boolean {
    return this.#seenAlive;
  }

  set seenAlive(alive: true) {
    if (this.#seenAlive) return;
    this.#seenAlive = alive;
    this.#beShown();
  }

  get eventCount(): number {
    return this.#eventCount;
  }

  set eventCount(count: number) {
    this.#eventCount = count;
    if (!this.shown) this.#beShown();
  }

  get lastPoll(): ExchangeId | null {
    return this.#lastPoll;
  }

  set lastPoll(poll: ExchangeId) {
    this.#lastPoll = poll;
    if (!this.shown) this.#beShown();
  }

  #beShown(): void {
    if (this.shown) return;
    this.shown = true;
    this.#shared.shown += 1;
    if (this.ordinal !== NONE) return;
    this.ordinal = this.#shared.letters;
    this.#shared.letters += 1;
  }

  /** How many gaps there were in its scopes. */
  get gapsDue(): number {
    const { gaps } = this.#shared;
    if (this.scopes.size === 1) return gaps[this.scope] ?? 0;
    let due = 0;
    for (const scope of this.scopes) due += gaps[scope] ?? 0;
    return due;
  }

  /** It is part of another session from now on. */
  mergeInto(whole: Session): void {
    this.mergedInto = whole;
    if (!this.shown) return;
    this.#shared.shown -= 1;
    whole.ordinal = whole.ordinal === NONE ? this.ordinal : Math.min(whole.ordinal, this.ordinal);
  }

  /** What is missing here may stand in the session of another origin. A chat that was begun here is all here. */
  get mayLack(): boolean {
    return this.isSecond && !this.sawBeginning;
  }

  get hasSteps(): boolean {
    return this.#lastStepRow !== NONE;
  }

  get lastStepRow(): RowIndex {
    return this.#lastStepRow;
  }

  addStep(step: Step): void {
    this.#steps.push(step);
    this.#lastStepRow = step.row;
  }

  /** All steps. Those of merged sessions are put between them when somebody asks: many may be merged before. */
  get steps(): readonly Step[] {
    if (this.#merged !== null) {
      const before = [this.#steps.slice(0, this.#toChain), ...this.#merged].flat();
      this.#steps = [...chained(before.sort(byRow)), ...this.#steps.slice(this.#toChain)];
      this.#merged = null;
    }
    return this.#steps;
  }

  takeStepsOf(part: Session): void {
    if (!part.hasSteps) return;
    this.#merged ??= [];
    this.#merged.push(part.#steps, ...(part.#merged ?? []));
    this.#toChain = this.#steps.length;
    this.#lastStepRow = Math.max(this.#lastStepRow, part.#lastStepRow);
  }

  get chatId(): string | null {
    return this.#chatId;
  }

  set chatId(chatId: string) {
    this.#chatId = chatId;
    this.#last = null;
  }

  isCustomer(partyId: string): boolean {
    if (!this.#customerHasChatId) return this.parties.get(partyId.toLowerCase())?.kind === 'customer';
    if (partyId === this.#last?.id) return this.#last.isCustomer;
    return this.#chatId !== null && sameInAnyCase(partyId, this.#chatId);
  }

  /**
   * The id of a party with its number among all ids. The events of one party follow one another: what is asked of it
   * next is answered fastest when it is asked with the id that is given here.
   */
  named(partyId: string, ids: Names): NamedParty {
    if (partyId === this.#last?.id) return this.#last;
    const isCustomer = this.isCustomer(partyId);
    this.#last = { id: partyId, number: ids.id(partyId), isCustomer, party: null };
    return this.#last;
  }

  party(partyId: string): Party | undefined {
    const last = this.#last?.id === partyId ? this.#last : null;
    if (last !== null && last.party !== null) return last.party;
    if (this.parties.size === 0) return undefined;
    const party = this.parties.get(partyId.toLowerCase());
    if (party !== undefined && last !== null) last.party = party;
    return party;
  }

  /** Makes a party known that was not. */
  meet(partyId: string): Party | null {
    if (this.parties.size >= OPEN_LIMIT) return null;
    const party: Party = {
      id: partyId,
      name: '',
      kind: this.isCustomer(partyId)
        ? 'customer'
        : this.agentJoined
          ? 'unknown'
          : this.protocol.parties.automatic,
      presence: 'known',
      since: this.gaps,
    };
    this.parties.set(partyId.toLowerCase(), party);
    if (this.#last?.id === partyId) this.#last.party = party;
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
      this.#otherPolls ??= new Set();
      if (this.#otherPolls.size + 1 >= OPEN_LIMIT) return;
      this.#otherPolls.add(this.poll);
    }
    this.poll = poll;
  }

  endPoll(poll: ExchangeId): void {
    if (poll !== this.poll) {
      this.#otherPolls?.delete(poll);
      return;
    }
    this.poll = [...(this.#otherPolls ?? [])].at(-1) ?? NONE;
    this.#otherPolls?.delete(this.poll);
  }

  /** Observations were lost: what was open may have been closed, and what was closed opened again. */
  passGaps(passed: number): void {
    this.passUnheld();
    this.gaps += passed - this.gapsPassed - 1;
    this.gapsPassed = passed;
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
    const party = (this.#last?.party?.since ?? 0) + (this.#last?.id.charCodeAt(0) ?? 0);
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

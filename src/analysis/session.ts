/** What the analysis remembers of one session: its state, who is in it, and what is still open. */
import type { EventSeq, ExchangeId, PartyView, RowIndex, Transport } from './analysis.ts';

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

/** Typing that nothing has closed yet. */
export interface OpenTyping {
  readonly row: RowIndex;
  readonly wallTime: number;
}

export interface OpenForm {
  readonly row: RowIndex;
  /** When its form_timeout is over; infinite where it has none. */
  readonly deadline: number;
  readonly timeout: string | number;
}

/** Two polls in flight whose overlap is not judged yet. */
export interface PollOverlap {
  readonly older: ExchangeId;
  readonly newer: ExchangeId;
  readonly since: number;
  /** When the newer one ended, where it ended first. */
  until: number | null;
}

/** The latest timestamp of a channel, with its row. */
export interface Latest {
  readonly channel: number;
  at: number;
  row: RowIndex;
}

/** What ended a session. */
export interface SessionEnd {
  /** The state it ended in. */
  readonly state: string;
  readonly row: RowIndex | null;
}

/** How many open things (typing parties, forms, channels, polls) one session may have: hostile traffic opens endlessly. */
export const OPEN_LIMIT = 1_000;

export class Session {
  readonly index: number;
  /** Shown name: the chat id, or the connection until one is known. */
  id: string;
  chatId: string | null;
  /** Set when it turned out to be part of another session. */
  mergedInto: Session | null = null;

  state: string;
  end: SessionEnd | null = null;
  steps: Step[] = [];
  eventCount = 0;
  startedAt = Number.POSITIVE_INFINITY;
  lastAt = Number.NEGATIVE_INFINITY;
  readonly transports = new Set<Transport>();
  /** Something good was seen of it: an event, an answer, a state. */
  seenAlive = false;
  /** How often observations were lost: what did not show may still have happened. */
  gaps = 0;
  /** Whether the state may have changed unseen since the last step. */
  stateMayHaveChanged = false;

  /** By lower-case id. */
  readonly parties = new Map<string, Party>();
  agentJoined = false;
  readonly typing = new Map<string, OpenTyping>();
  readonly forms = new Map<string, OpenForm>();
  readonly knownForms = new Set<string>();
  /** An event of the server was seen. Before, the client may answer what nobody saw it asked. */
  heard = false;
  /** Forms that were answered before the server was heard. */
  readonly answeredUnheard = new Set<string>();
  /** What the client wrote, by msg_id, while the chat id is not known: its echo names the customer. */
  readonly sent = new Map<string, string>();
  warningRow: RowIndex | null = null;
  clientActedSinceWarning = false;
  /** The client said `chat_session_end` or `chat_session_disconnect`: it need not poll any more. */
  clientLeft = false;

  readonly polls = new Set<ExchangeId>();
  readonly overlaps: PollOverlap[] = [];
  lastPoll: ExchangeId | null = null;
  /** When its last poll ended and none was in flight; null while one is, or where none is expected. */
  idleSince: number | null = null;
  pollsAfterEnd = 0;
  /** One for each channel. Almost every session has a single one, and it is asked for at every event. */
  readonly latest: Latest[] = [];
  /** When the session is to be looked at again; infinite when nothing waits. */
  armedAt = Number.POSITIVE_INFINITY;

  /** Events of one party follow one another. */
  #lastParty: Party | null = null;
  #lastTransport: Transport | null = null;

  constructor(index: number, id: string, chatId: string | null, state: string) {
    this.index = index;
    this.id = id;
    this.chatId = chatId;
    this.state = state;
  }

  get live(): boolean {
    return this.end === null;
  }

  isCustomer(partyId: string): boolean {
    return this.chatId !== null && sameId(partyId, this.chatId);
  }

  party(partyId: string): Party | undefined {
    const last = this.#lastParty;
    if (last !== null && last.id === partyId) return last;
    const party = this.parties.get(partyId.toLowerCase());
    if (party !== undefined) this.#lastParty = party;
    return party;
  }

  /** The party, made known if it was not. */
  meet(partyId: string): Party | null {
    const known = this.party(partyId);
    if (known !== undefined) return known;
    if (this.parties.size >= OPEN_LIMIT) return null;
    const party: Party = {
      id: partyId,
      name: '',
      kind: this.isCustomer(partyId) ? 'customer' : this.agentJoined ? 'unknown' : 'scenario',
      presence: 'known',
      since: this.gaps,
    };
    this.parties.set(partyId.toLowerCase(), party);
    return party;
  }

  latestIn(channel: number): Latest | undefined {
    for (let at = 0; at < this.latest.length; at += 1) {
      const latest = this.latest[at];
      if (latest?.channel === channel) return latest;
    }
    return undefined;
  }

  /** Observations are lost here: what was open may have been closed, and what was closed opened again. */
  passGap(): void {
    this.passUnheld();
    this.polls.clear();
    this.overlaps.length = 0;
    this.idleSince = null;
  }

  /** An answer that nobody kept was given here: its events are lost, while the polls are all there. */
  passUnheld(): void {
    this.gaps += 1;
    this.stateMayHaveChanged = true;
    this.typing.clear();
    this.forms.clear();
    this.warningRow = null;
  }

  saw(wallTime: number, transport: Transport | null): void {
    if (wallTime < this.startedAt) this.startedAt = wallTime;
    if (wallTime > this.lastAt) this.lastAt = wallTime;
    if (transport !== null && transport !== this.#lastTransport) {
      this.#lastTransport = transport;
      this.transports.add(transport);
    }
  }
}

const LAST_ASCII = 0x7f;
const LETTER_A = 0x61;
const LETTER_Z = 0x7a;

/** Ids come in upper and in lower case. Two of them mostly differ in their first characters. */
function sameId(one: string, other: string): boolean {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at += 1) {
    const here = one.charCodeAt(at);
    const there = other.charCodeAt(at);
    if (here === there) continue;
    if (here > LAST_ASCII || there > LAST_ASCII) return one.toLowerCase() === other.toLowerCase();
    // Upper and lower case of a letter are one bit apart.
    const letter = here | 0x20;
    if (letter !== (there | 0x20) || letter < LETTER_A || letter > LETTER_Z) return false;
  }
  return true;
}

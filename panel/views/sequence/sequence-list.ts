/** A session as a sequence: who said each of its events to whom, and who was there when. Grows with the trace. */
import type { Analysis, RowIndex } from '../../../src/analysis/api/analysis.ts';
import type { ChatProtocol } from '../../../src/protocol/chat-protocol.ts';

export interface Lane {
  readonly name: string;
  /** What it is, in a word: "visitor", "agent". */
  readonly label: string;
}

export interface SequenceLine {
  readonly row: RowIndex;
  /** What is lost is no arrow: both are null. */
  readonly from: number | null;
  readonly to: number | null;
  readonly dashed: boolean;
}

/** A party that is there, from a line on to another one; `to` null while it stays. */
export interface Presence {
  readonly lane: number;
  readonly from: number;
  to: number | null;
}

export const PAGE = 0;
export const SERVER = 1;
/** More parties than this share the server's lane: hostile traffic has any number. */
const MOST_LANES = 12;

export class SequenceList {
  readonly lines: SequenceLine[] = [];
  readonly lanes: Lane[] = [
    { name: 'Page', label: 'visitor' },
    { name: 'Server', label: '' },
  ];
  readonly presences: Presence[] = [];
  readonly #analysis: Analysis;
  readonly #session: string;
  readonly #laneOf = new Map<string, number>();
  readonly #open = new Map<number, Presence>();
  readonly #protocol: ChatProtocol | undefined;
  #scanned = 0;

  constructor(analysis: Analysis, session: string) {
    this.#analysis = analysis;
    this.#session = session;
    const id = analysis.session(session)?.protocol;
    this.#protocol = analysis.protocols.find((protocol) => protocol.id === id);
  }

  /** What nearly all names of events begin with. */
  get prefix(): string {
    return this.#protocol?.namePrefix ?? '';
  }

  /** Takes in the rows that came since, until `stop` says so. True when it has all. */
  update(stop: () => boolean = () => false): boolean {
    const { facts, totals } = this.#analysis;
    for (; this.#scanned < totals.rows; this.#scanned += 1) {
      const row = this.#scanned;
      if (row % 512 === 511 && stop()) return false;
      const kind = facts.kind(row);
      if (kind === 'gap') {
        // What is lost before the session began is not missing in it.
        if (this.lines.length > 0) this.lines.push({ row, from: null, to: null, dashed: false });
      } else if (facts.session(row) === this.#session && this.#belongs(row)) this.#add(row);
    }
    return true;
  }

  /** The position of a row's line, or that of the last one before it; -1 where there is none. */
  positionOf(row: RowIndex): number {
    let [low, high] = [0, this.lines.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.lines[middle]?.row ?? 0) <= row) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Events, and of the calls those that opened the session or went wrong. */
  #belongs(row: RowIndex): boolean {
    const { facts } = this.#analysis;
    const kind = facts.kind(row);
    if (kind === 'event') return true;
    if (kind !== 'exchange') return false;
    const severity = facts.severity(row);
    return this.lines.length === 0 || severity === 'error' || severity === 'warning';
  }

  #add(row: RowIndex): void {
    const { facts } = this.#analysis;
    const outward = facts.direction(row) === 'out';
    const role = this.#protocol?.eventType(facts.event(row)).role;
    const lane = outward ? SERVER : this.#laneOfParty(facts.party(row));
    this.lines.push({
      row,
      from: outward ? PAGE : lane,
      to: outward ? SERVER : PAGE,
      dashed: role === 'typing' || role === 'not-typing',
    });
    if (outward || lane === SERVER) return;
    if (role === 'joined' && !this.#open.has(lane)) {
      const presence = { lane, from: this.lines.length - 1, to: null };
      this.#open.set(lane, presence);
      this.presences.push(presence);
    } else if (role === 'left') {
      const presence = this.#open.get(lane);
      if (presence) presence.to = this.lines.length - 1;
      this.#open.delete(lane);
    }
  }

  /** The server's where nobody is named, or it is the visitor whom the server repeats. */
  #laneOfParty(party: string): number {
    if (party === '') return SERVER;
    const known = this.#laneOf.get(party);
    if (known !== undefined) return known;
    const parties = this.#analysis.session(this.#session)?.parties ?? [];
    const found = parties.find(({ id, name }) => name === party || id === party);
    const isVisitor = found?.kind === 'customer';
    if (isVisitor || this.lanes.length >= MOST_LANES) {
      this.#laneOf.set(party, SERVER);
      return SERVER;
    }
    this.lanes.push({ name: party, label: found?.label ?? '' });
    this.#laneOf.set(party, this.lanes.length - 1);
    return this.lanes.length - 1;
  }
}

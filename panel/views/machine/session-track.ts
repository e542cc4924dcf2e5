/** A session along its own time: its events, the states it was in, who was there, and which forms were open. */
import type { Analysis, RowIndex } from '../../../src/analysis/api/analysis.ts';
import type { SequenceLine } from '../sequence/sequence-list.ts';
import { SequenceList } from '../sequence/sequence-list.ts';

/** From one time to another, both as shares of the session's length. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  /** Hostile text. */
  readonly word: string;
  readonly tone: 'plain' | 'end' | 'foreign' | 'party' | 'form';
}

export interface TrackLane {
  readonly name: string;
  readonly stretches: readonly Stretch[];
}

/** Lanes of parties and of forms; stretches of one lane; rows of a trace in which forms are looked for. */
const MOST_PARTIES = 4;
const MOST_FORMS = 3;
const MOST_STRETCHES = 300;
const MOST_ROWS = 50_000;

export class SessionTrack {
  readonly #analysis: Analysis;
  readonly #session: string;
  readonly #list: SequenceList;
  readonly #events: RowIndex[] = [];
  #looked = 0;

  constructor(analysis: Analysis, session: string) {
    this.#analysis = analysis;
    this.#session = session;
    this.#list = new SequenceList(analysis, session);
  }

  /** Takes in the rows that came since, until `stop` says so. True when it has all. */
  update(stop: () => boolean): boolean {
    const whole = this.#list.update(stop);
    const { lines } = this.#list;
    for (; this.#looked < lines.length; this.#looked += 1) {
      const line = lines[this.#looked];
      if (line !== undefined && this.#analysis.facts.kind(line.row) === 'event') this.#events.push(line.row);
    }
    return whole;
  }

  /** Rows of its events, in order. */
  get events(): readonly RowIndex[] {
    return this.#events;
  }

  /** The place of the last event up to a row, from 0; that of the first for a row before it. */
  placeOf(row: RowIndex): number {
    let [low, high] = [0, this.#events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#events[middle] ?? 0) <= row) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  timeOf(place: number): number {
    const row = this.#events[place];
    return row === undefined ? 0 : this.#analysis.facts.time(row);
  }

  /** Where an event stands between the first and the last, from 0 to 1. */
  shareOf(place: number): number {
    return this.#share(this.timeOf(place));
  }

  /** The event that is nearest to a share of the length. */
  placeAt(share: number): number {
    const last = this.#events.length - 1;
    // Times need not ascend: the first that is not before it, or its neighbour.
    const found = this.#events.findIndex((_, place) => this.shareOf(place) >= share);
    if (found === -1) return last;
    const before = Math.max(0, found - 1);
    return share - this.shareOf(before) < this.shareOf(found) - share ? before : found;
  }

  /** The place of the next step of the session's state, or of the one before it. */
  stepFrom(place: number, direction: 1 | -1): number {
    const steps = this.#analysis.machine(this.#session)?.steps ?? [];
    const places = steps.map(({ row }) => this.placeOf(row));
    const found =
      direction === 1 ? places.find((each) => each > place) : places.findLast((each) => each < place);
    return found ?? (direction === 1 ? this.#events.length - 1 : 0);
  }

  /** Its events as columns of a drawing that is 1,000 wide, each once. */
  columns(): readonly number[] {
    const columns = new Set<number>();
    for (let place = 0; place < this.#events.length && columns.size < 1_000; place += 1)
      columns.add(Math.round(this.shareOf(place) * 1_000));
    return [...columns];
  }

  lanes(): readonly TrackLane[] {
    return [{ name: 'State', stretches: this.#states() }, ...this.#parties(), ...this.#forms()];
  }

  #states(): readonly Stretch[] {
    const machine = this.#analysis.machine(this.#session);
    if (machine === null) return [];
    const { model, steps } = machine;
    return steps.slice(0, MOST_STRETCHES).map(({ to, wallTime, allowed }, at) => ({
      from: this.#share(wallTime),
      to: this.#share(steps[at + 1]?.wallTime ?? Number.POSITIVE_INFINITY),
      word: to,
      tone: allowed ? (model.isEnd(to) ? 'end' : 'plain') : 'foreign',
    }));
  }

  #parties(): readonly TrackLane[] {
    const { presences, lanes, lines } = this.#list;
    const timeOf = (line: SequenceLine | undefined, otherwise: number) =>
      line === undefined ? otherwise : this.#analysis.facts.time(line.row);
    const named = new Map<number, Stretch[]>();
    for (const { lane, from, to } of presences) {
      const stretches = named.get(lane) ?? [];
      named.set(lane, stretches);
      if (stretches.length >= MOST_STRETCHES) continue;
      stretches.push({
        from: this.#share(timeOf(lines[from], 0)),
        to: to === null ? 1 : this.#share(timeOf(lines[to], Number.POSITIVE_INFINITY)),
        word: lanes[lane]?.label ?? '',
        tone: 'party',
      });
    }
    return [...named]
      .slice(0, MOST_PARTIES)
      .map(([lane, stretches]) => ({ name: lanes[lane]?.name ?? '', stretches }));
  }

  #forms(): readonly TrackLane[] {
    // A conversation is made of all rows: in a long trace that would be felt.
    if (this.#events.length === 0 || this.#analysis.totals.rows > MOST_ROWS) return [];
    const entries = this.#analysis.conversation(this.#session)?.entries ?? [];
    return entries
      .flatMap((entry) => (entry.kind === 'form' ? [entry] : []))
      .slice(0, MOST_FORMS)
      .map(({ name, wallTime, answered, cancelled }) => ({
        name: name === '' ? 'Form' : name,
        stretches: [
          {
            from: this.#share(wallTime),
            to: this.#share((answered ?? cancelled)?.wallTime ?? Number.POSITIVE_INFINITY),
            word: answered ? 'answered' : cancelled ? 'cancelled' : 'open',
            tone: 'form',
          },
        ],
      }));
  }

  #share(time: number): number {
    const [first, last] = [this.timeOf(0), this.timeOf(this.#events.length - 1)];
    if (!(last > first)) return time >= last && this.#events.length > 1 ? 1 : 0;
    return Math.min(Math.max((time - first) / (last - first), 0), 1);
  }
}

/**
 * Findings gathered into defects: what is wrong at one place of one kind of event is one defect, however often and in
 * however many sessions it came. Defects stand in groups: by their rule, by session or by transport.
 */
import type { Analysis, Finding, Severity, Transport } from '../../../src/analysis/api/analysis.ts';
import { SEVERITIES } from './problem-groups.ts';

export const GROUPINGS = ['rule', 'session', 'transport'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** So many findings of a defect are listed one by one; the timeline shows all. */
const MOST_LISTED = 500;
/** So many defects are told apart: a hostile trace may make up any number of names. */
export const MOST_DEFECTS = 2_000;
/** Characters of a value that may tell one defect from another. */
const LONGEST_VALUE = 40;

export interface Defect {
  /** The same as long as the trace is, whatever comes: what is open and chosen is known by it. */
  readonly key: string;
  /** The first of its findings. */
  readonly finding: Finding;
  readonly count: number;
  /** When the first came, Unix epoch milliseconds; null where no row tells. */
  readonly firstAt: number | null;
  /** By their letters. */
  readonly sessions: readonly {
    readonly id: string;
    readonly letter: string | null;
    readonly count: number;
  }[];
  readonly transports: readonly Transport[];
  /** In the order in which they were made: the first of them. */
  readonly listed: readonly Finding[];
}

export interface DefectGroup {
  readonly key: string;
  /** What the group is of: a rule's id, a session's id, a transport; 'note' for the notes of a list by rules. */
  readonly of: string;
  /** Of the worst of its defects. */
  readonly severity: Severity;
  readonly count: number;
  readonly defects: readonly Defect[];
}

export interface DefectList {
  readonly groups: readonly DefectGroup[];
  readonly defects: number;
  readonly findings: number;
  /** Findings of further defects than are told apart. */
  readonly others: number;
}

/** Which findings are wanted. */
export interface Wanted {
  readonly grouping: Grouping;
  readonly hidden: ReadonlySet<Severity>;
  /** Epoch milliseconds; null for all times. */
  readonly range: { readonly from: number; readonly to: number } | null;
}

interface Gathered {
  readonly key: string;
  readonly finding: Finding;
  count: number;
  firstAt: number | null;
  readonly sessions: Map<string, { readonly letter: string | null; count: number }>;
  readonly transports: Set<Transport>;
  readonly listed: Finding[];
}

/** Gathers the findings one by one; `steps` gives way wherever its reader wants to. */
export class DefectTally {
  readonly #analysis: Analysis;
  readonly #wanted: Wanted;
  readonly #groups = new Map<string, Map<string, Gathered>>();
  #defects = 0;
  #findings = 0;
  #others = 0;

  constructor(analysis: Analysis, wanted: Wanted) {
    this.#analysis = analysis;
    this.#wanted = wanted;
  }

  *steps(): Generator<void, void, undefined> {
    for (const finding of this.#analysis.eachFinding()) {
      this.#take(finding);
      yield;
    }
  }

  /** What was gathered so far: errors before warnings before notes, within them as they first came. */
  get list(): DefectList {
    const groups = [...this.#groups].map(([key, defects]) => this.#group(key, [...defects.values()]));
    groups.sort((one, other) => this.#rank(one) - this.#rank(other));
    return { groups, defects: this.#defects, findings: this.#findings, others: this.#others };
  }

  #take(finding: Finding): void {
    const { hidden, range } = this.#wanted;
    if (hidden.has(finding.severity)) return;
    const { facts } = this.#analysis;
    const time = finding.row === null ? null : facts.time(finding.row);
    if (range !== null && time !== null && !(time >= range.from && time < range.to)) return;
    this.#findings += 1;
    const transport = finding.row === null ? null : facts.transport(finding.row);
    const group = this.#groupOf(finding, transport);
    const defects = this.#groups.get(group) ?? new Map<string, Gathered>();
    const key = `${group} ${defectOf(finding)}`;
    let defect = defects.get(key);
    if (defect === undefined) {
      if (this.#defects >= MOST_DEFECTS) {
        this.#others += 1;
        return;
      }
      this.#defects += 1;
      this.#groups.set(group, defects);
      defect = {
        key,
        finding,
        count: 0,
        firstAt: null,
        sessions: new Map(),
        transports: new Set(),
        listed: [],
      };
      defects.set(key, defect);
    }
    defect.count += 1;
    if (time !== null) defect.firstAt = Math.min(defect.firstAt ?? time, time);
    if (finding.session !== null) this.#count(defect, finding.session, finding.row);
    if (transport !== null) defect.transports.add(transport);
    if (defect.listed.length < MOST_LISTED) defect.listed.push(finding);
  }

  #groupOf({ rule, severity, session }: Finding, transport: Transport | null): string {
    switch (this.#wanted.grouping) {
      case 'session':
        return session ?? '';
      case 'transport':
        return transport ?? '';
      default:
        // Notes are known and harmless: one group, whatever their rules.
        return severity === 'note' ? 'note' : `${severity} ${rule}`;
    }
  }

  #group(key: string, gathered: readonly Gathered[]): DefectGroup {
    const defects = gathered
      .map((each): Defect => ({ ...each, transports: [...each.transports], sessions: this.#sessions(each) }))
      .sort((one, other) => rankOf(one.finding.severity) - rankOf(other.finding.severity));
    const severity = defects[0]?.finding.severity ?? 'note';
    const of = this.#wanted.grouping === 'rule' && key !== 'note' ? key.slice(key.indexOf(' ') + 1) : key;
    return { key, of, severity, count: gathered.reduce((sum, each) => sum + each.count, 0), defects };
  }

  /** A session's letter is asked of the row: its whole view, of very many sessions, would take long. */
  #count(defect: Gathered, session: string, row: Finding['row']): void {
    const known = defect.sessions.get(session);
    if (known !== undefined) {
      known.count += 1;
      return;
    }
    const { facts } = this.#analysis;
    const ofRow = row !== null && facts.session(row) === session;
    const letter = ofRow ? facts.letter(row) : (this.#analysis.session(session)?.letter ?? null);
    defect.sessions.set(session, { letter, count: 1 });
  }

  #sessions({ sessions }: Gathered): Defect['sessions'] {
    const all = [...sessions].map(([id, { letter, count }]) => ({ id, letter, count }));
    return all.sort((one, other) => byLetter(one.letter ?? '', other.letter ?? ''));
  }

  /** Groups that stand for no session or transport come last; of rules those that are worse come first. */
  #rank({ of, severity }: DefectGroup): number {
    if (this.#wanted.grouping === 'rule') return rankOf(severity);
    return of === '' ? 1 : 0;
  }
}

/** A, B … Z, AA. */
const byLetter = (one: string, other: string): number =>
  one.length - other.length || (one < other ? -1 : one > other ? 1 : 0);

const rankOf = (severity: Severity): number => SEVERITIES.indexOf(severity);

/** What tells a defect from another: the rule, the event, the place in it, and what came, where that is a word. */
function defectOf({ rule, severity, event, path, params, protocol }: Finding): string {
  const place = path.map((step) => (typeof step === 'number' ? '[]' : step));
  // A number, an id or a time is another one each time.
  const words = ['actual', 'from', 'to', 'status', 'code', 'kind'].map((name) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (name === 'status' || name === 'code') return value;
    return typeof value === 'string' && value.length <= LONGEST_VALUE && !/\d/.test(value)
      ? value
      : undefined;
  });
  return JSON.stringify([protocol, severity, rule, event, place, words]);
}

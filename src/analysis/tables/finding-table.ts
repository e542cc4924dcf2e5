/**
 * Findings as columns. Almost every real event carries a note, so a finding of a schema rule keeps only its row and
 * its number among the event's faults: the rest is read from the event again when somebody looks. Findings of the
 * other rules are few and keep their details.
 */
import type { SchemaIssue } from '../../protocol/schema-issue.ts';
import type {
  Evidence,
  ExchangeId,
  Finding,
  FindingGroup,
  JsonPath,
  RowIndex,
  Severity,
} from '../api/analysis.ts';
import type { ExchangeStore } from './exchange-table.ts';
import { NONE, type RowStore } from './row-table.ts';
import { Int32Table } from './typed-columns.ts';

const SEVERITIES = ['note', 'warning', 'error'] as const satisfies readonly Severity[];

/** What a rule says. The place is a row, or an exchange that may not have a row yet. */
export interface NewFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly evidence: Evidence;
  readonly row: RowIndex | null;
  readonly exchange: ExchangeId | null;
  readonly path?: JsonPath;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly related?: readonly RowIndex[];
  /** The session, where the row's own says less. */
  readonly session?: string;
}

/** What the store asks of the rest when a finding is looked at. */
export interface FindingSources {
  issuesOfRow(row: RowIndex): readonly SchemaIssue[];
  sessionName(session: number): string | null;
  /** Id of the protocol of a session, else of an exchange; either may be NONE. */
  protocolOf(session: number, exchange: number): string;
}

/** Cells of one finding. */
const GROUP = 0;
const WITHDRAWN = 1;
const ROW = 2;
const NEXT = 3;
/** Number among the faults of the row's event, or NONE: then the details are kept. */
const ISSUE = 4;
const WIDTH = 5;

interface Group {
  readonly rule: string;
  readonly severity: Severity;
  readonly level: number;
  count: number;
}

const NO_GROUP: Group = { rule: '', severity: 'note', level: 0, count: 0 };

export class FindingStore {
  withdrawnCount = 0;
  /** Rows whose findings changed since the caller last took them. */
  readonly marked: RowIndex[] = [];
  /** Rows before this one are marked too when they get a finding; later ones are new anyway. */
  markedBefore = 0;
  readonly #cells = new Int32Table(WIDTH);
  readonly #details = new Map<number, NewFinding>();
  /** By rule and severity, each known by its place. */
  readonly #groups: Group[] = [];
  readonly #rows: RowStore;
  readonly #exchanges: ExchangeStore;
  readonly #waiting = new Map<ExchangeId, number[]>();

  constructor(rows: RowStore, exchanges: ExchangeStore) {
    this.#rows = rows;
    this.#exchanges = exchanges;
  }

  get length(): number {
    return this.#cells.length;
  }

  /** How many stand of each severity. */
  get standing(): Readonly<Record<Severity, number>> {
    const standing = { error: 0, warning: 0, note: 0 };
    for (const { severity, count } of this.#groups) standing[severity] += count;
    return standing;
  }

  add(finding: NewFinding): number {
    const row =
      finding.row ?? (finding.exchange === null ? NONE : this.#exchanges.firstRow(finding.exchange));
    const id = this.#push(finding.rule, finding.severity, NONE, row);
    this.#details.set(id, finding);
    if (row === NONE && finding.exchange !== null) {
      const waiting = this.#waiting.get(finding.exchange);
      if (waiting === undefined) this.#waiting.set(finding.exchange, [id]);
      else waiting.push(id);
    }
    return id;
  }

  /** The `issue`-th fault of the event in `row`. */
  addIssue(row: RowIndex, issue: number, rule: string, severity: Severity): void {
    this.#push(rule, severity, issue, row);
  }

  /** Gives the exchange's earlier findings their row, once there is one. */
  placeWaiting(exchange: ExchangeId, row: RowIndex): void {
    const waiting = this.#waiting.get(exchange);
    if (waiting === undefined) return;
    this.#waiting.delete(exchange);
    for (const id of waiting) {
      this.#cells.set(id, ROW, row);
      this.#cells.set(id, NEXT, this.#rows.firstFinding(row));
      this.#mark(row, id, this.#groupOf(id).level);
    }
  }

  withdraw(id: number): void {
    if (this.#cells.at(id, WITHDRAWN) === 1) return;
    this.#cells.set(id, WITHDRAWN, 1);
    this.withdrawnCount += 1;
    const group = this.#groupOf(id);
    group.count -= 1;
    const row = this.#cells.at(id, ROW);
    if (row === NONE) return;
    let worst = 0;
    for (let at = this.#rows.firstFinding(row); at !== NONE; at = this.#cells.at(at, NEXT)) {
      if (this.#cells.at(at, WITHDRAWN) === 0) worst = Math.max(worst, this.#groupOf(at).level + 1);
    }
    this.#rows.setSeverity(row, SEVERITIES[worst - 1] ?? null);
    this.marked.push(row);
  }

  /** Rule and severity of the row's standing findings, the latest first. */
  groupsOfRow(row: RowIndex): Pick<FindingGroup, 'rule' | 'severity'>[] {
    const groups: Group[] = [];
    for (let at = this.#rows.firstFinding(row); at !== NONE; at = this.#cells.at(at, NEXT)) {
      if (this.#cells.at(at, WITHDRAWN) === 0) groups.push(this.#groupOf(at));
    }
    return groups;
  }

  ofRow(row: RowIndex, sources: FindingSources): Finding[] {
    const ids: number[] = [];
    for (let at = this.#rows.firstFinding(row); at !== NONE; at = this.#cells.at(at, NEXT)) {
      if (this.#cells.at(at, WITHDRAWN) === 0) ids.push(at);
    }
    const issues = sources.issuesOfRow(row);
    return ids.reverse().map((id) => this.#view(id, issues, sources));
  }

  /** Standing findings of at least this severity, in the order they were made. */
  all(sources: FindingSources, atLeast: Severity): Finding[] {
    return [...this.each(sources, atLeast)];
  }

  *each(sources: FindingSources, atLeast: Severity): Generator<Finding, void, undefined> {
    const least = SEVERITIES.indexOf(atLeast);
    let lastRow = NONE;
    let issues: readonly SchemaIssue[] = [];
    for (let id = 0; id < this.length; id += 1) {
      if (this.#cells.at(id, WITHDRAWN) === 1 || this.#groupOf(id).level < least) continue;
      if (this.#cells.at(id, ISSUE) !== NONE && this.#cells.at(id, ROW) !== lastRow) {
        lastRow = this.#cells.at(id, ROW);
        issues = sources.issuesOfRow(lastRow);
      }
      yield this.#view(id, issues, sources);
    }
  }

  /** Standing findings by rule and severity, in the order in which each first came. */
  groups(): FindingGroup[] {
    const standing = this.#groups.filter(({ count }) => count > 0);
    return standing.map(({ rule, severity, count }) => ({ rule, severity, count }));
  }

  /** The first `limit` standing findings of a rule at a severity. */
  ofRule(rule: string, severity: Severity, limit: number, sources: FindingSources): Finding[] {
    const views: Finding[] = [];
    const wanted = this.#groups.findIndex((group) => group.rule === rule && group.severity === severity);
    if (wanted === -1) return views;
    for (let id = 0; id < this.length && views.length < limit; id += 1) {
      if (this.#cells.at(id, GROUP) !== wanted || this.#cells.at(id, WITHDRAWN) === 1) continue;
      const issues = this.#cells.at(id, ISSUE) === NONE ? [] : sources.issuesOfRow(this.#cells.at(id, ROW));
      views.push(this.#view(id, issues, sources));
    }
    return views;
  }

  #push(rule: string, severity: Severity, issue: number, row: RowIndex): number {
    const id = this.#cells.grow();
    const number = this.#groupNumber(rule, severity);
    const cells = this.#cells.cells(id);
    const at = this.#cells.start(id);
    cells[at + GROUP] = number;
    cells[at + ROW] = row;
    cells[at + NEXT] = row === NONE ? NONE : this.#rows.firstFinding(row);
    cells[at + ISSUE] = issue;
    const group = this.#group(number);
    group.count += 1;
    if (row !== NONE) this.#mark(row, id, group.level);
    return id;
  }

  /** Few rules are told at all, and one of them almost every time. */
  #groupNumber(rule: string, severity: Severity): number {
    const groups = this.#groups;
    for (let at = 0; at < groups.length; at += 1) {
      const group = groups[at];
      if (group !== undefined && group.rule === rule && group.severity === severity) return at;
    }
    groups.push({ rule, severity, level: SEVERITIES.indexOf(severity), count: 0 });
    return groups.length - 1;
  }

  /** Puts the finding before the row's others, and marks the row with it. */
  #mark(row: RowIndex, id: number, level: number): void {
    this.#rows.addFinding(row, id, level);
    // A filter by rule asks for every finding of the row, not for its worst alone.
    if (row < this.markedBefore) this.marked.push(row);
  }

  #groupOf(id: number): Group {
    return this.#group(this.#cells.at(id, GROUP));
  }

  #group(number: number): Group {
    return this.#groups[number] ?? NO_GROUP;
  }

  #view(id: number, issues: readonly SchemaIssue[], sources: FindingSources): Finding {
    const { rule, severity } = this.#groupOf(id);
    const details = this.#details.get(id);
    const issue = issues[this.#cells.at(id, ISSUE)];
    const row = this.#cells.at(id, ROW) === NONE ? null : this.#cells.at(id, ROW);
    const rows = this.#rows;
    const kind = row === null ? null : rows.kind(row);
    const exchange = details?.exchange ?? (row === null ? null : rows.exchange(row));
    const session = row === null ? NONE : rows.session(row);
    // It is about the body or the exchange, though an event that came with it stands in the row.
    const ofExchange = details !== undefined && details.exchange !== null;
    const exchangeSession = exchange === null || exchange === NONE ? NONE : this.#exchanges.session(exchange);
    return {
      id,
      rule,
      severity,
      evidence: details?.evidence ?? issue?.evidence ?? 'inferred',
      seq: row === null || ofExchange ? null : rows.seq(row),
      row,
      event: row !== null && !ofExchange && (kind === 'event' || kind === 'replay') ? rows.name(row) : null,
      session: details?.session ?? sources.sessionName(session === NONE ? exchangeSession : session),
      protocol: sources.protocolOf(session === NONE ? exchangeSession : session, exchange ?? NONE),
      path: details?.path ?? issue?.path ?? [],
      params: details?.params ?? issue?.params ?? {},
      exchange: exchange === NONE ? null : exchange,
      frame: row === null || details?.row === null || rows.frame(row) === NONE ? null : rows.frame(row),
      related: details?.related ?? [],
    };
  }
}

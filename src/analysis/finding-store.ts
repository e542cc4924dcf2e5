/**
 * Findings as columns. Almost every real event carries a note, so a finding of a schema rule keeps only its row and
 * its number among the event's faults: the rest is read from the event again when somebody looks. Findings of the
 * other rules are few and keep their details.
 */
import type { SchemaIssue } from '../protocol/chat-protocol.ts';
import type {
  Evidence,
  ExchangeId,
  Finding,
  FindingGroup,
  JsonPath,
  RowIndex,
  Severity,
} from './analysis.ts';
import { Column } from './columns.ts';
import type { ExchangeStore } from './exchange-store.ts';
import { Names } from './names.ts';
import { NONE, type RowStore } from './row-store.ts';

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
}

export class FindingStore {
  withdrawnCount = 0;
  standing = { error: 0, warning: 0, note: 0 };
  /** Rows whose mark changed since the caller last took them. */
  readonly marked: RowIndex[] = [];
  readonly #rules = new Names();
  readonly #rule = Column.uint8();
  readonly #severity = Column.uint8();
  readonly #withdrawn = Column.uint8();
  readonly #row = Column.int32();
  readonly #next = Column.int32();
  /** Number among the faults of the row's event, or NONE: then the details are kept. */
  readonly #issue = Column.int32();
  readonly #details = new Map<number, NewFinding>();
  readonly #groups = new Map<number, FindingGroup & { count: number }>();
  readonly #rows: RowStore;
  readonly #exchanges: ExchangeStore;
  readonly #waiting = new Map<ExchangeId, number[]>();

  constructor(rows: RowStore, exchanges: ExchangeStore) {
    this.#rows = rows;
    this.#exchanges = exchanges;
  }

  get length(): number {
    return this.#rule.length;
  }

  add(finding: NewFinding): number {
    const row =
      finding.row ?? (finding.exchange === null ? NONE : this.#exchanges.firstRow(finding.exchange));
    const id = this.#push(finding.rule, finding.severity, NONE);
    this.#details.set(id, finding);
    if (row !== NONE) this.#attach(id, row);
    else if (finding.exchange !== null) {
      const waiting = this.#waiting.get(finding.exchange);
      if (waiting === undefined) this.#waiting.set(finding.exchange, [id]);
      else waiting.push(id);
    }
    return id;
  }

  /** The `issue`-th fault of the event in `row`. */
  addIssue(row: RowIndex, issue: number, rule: string, severity: Severity): void {
    this.#attach(this.#push(rule, severity, issue), row);
  }

  /** Gives the exchange's earlier findings their row, once there is one. */
  placeWaiting(exchange: ExchangeId, row: RowIndex): void {
    const waiting = this.#waiting.get(exchange);
    if (waiting === undefined) return;
    this.#waiting.delete(exchange);
    for (const id of waiting) this.#attach(id, row);
  }

  withdraw(id: number): void {
    if (this.#withdrawn.at(id) === 1) return;
    this.#withdrawn.set(id, 1);
    this.withdrawnCount += 1;
    this.standing[this.#severityOf(id)] -= 1;
    this.#count(id, -1);
    const row = this.#row.at(id);
    if (row === NONE) return;
    let worst = 0;
    for (let at = this.#rows.firstFinding(row); at !== NONE; at = this.#next.at(at)) {
      if (this.#withdrawn.at(at) === 0) worst = Math.max(worst, this.#severity.at(at) + 1);
    }
    this.#rows.setSeverity(row, SEVERITIES[worst - 1] ?? null);
    this.marked.push(row);
  }

  ofRow(row: RowIndex, sources: FindingSources): Finding[] {
    const ids: number[] = [];
    for (let at = this.#rows.firstFinding(row); at !== NONE; at = this.#next.at(at)) {
      if (this.#withdrawn.at(at) === 0) ids.push(at);
    }
    const issues = sources.issuesOfRow(row);
    return ids.reverse().map((id) => this.#view(id, issues, sources));
  }

  /** Standing findings of at least this severity, in the order they were made. */
  all(sources: FindingSources, atLeast: Severity): Finding[] {
    const views: Finding[] = [];
    const least = SEVERITIES.indexOf(atLeast);
    let lastRow = NONE;
    let issues: readonly SchemaIssue[] = [];
    for (let id = 0; id < this.length; id += 1) {
      if (this.#withdrawn.at(id) === 1 || this.#severity.at(id) < least) continue;
      if (this.#issue.at(id) !== NONE && this.#row.at(id) !== lastRow) {
        lastRow = this.#row.at(id);
        issues = sources.issuesOfRow(lastRow);
      }
      views.push(this.#view(id, issues, sources));
    }
    return views;
  }

  /** Standing findings by rule and severity, in the order in which each first came. */
  groups(): FindingGroup[] {
    return [...this.#groups.values()].filter((group) => group.count > 0).map((group) => ({ ...group }));
  }

  /** The first `limit` standing findings of a rule at a severity. */
  ofRule(rule: string, severity: Severity, limit: number, sources: FindingSources): Finding[] {
    const views: Finding[] = [];
    const ruleId = this.#rules.id(rule);
    const level = SEVERITIES.indexOf(severity);
    for (let id = 0; id < this.length && views.length < limit; id += 1) {
      if (this.#rule.at(id) !== ruleId || this.#severity.at(id) !== level) continue;
      if (this.#withdrawn.at(id) === 1) continue;
      const issues = this.#issue.at(id) === NONE ? [] : sources.issuesOfRow(this.#row.at(id));
      views.push(this.#view(id, issues, sources));
    }
    return views;
  }

  #count(id: number, by: 1 | -1): void {
    const key = this.#rule.at(id) * SEVERITIES.length + this.#severity.at(id);
    const group = this.#groups.get(key);
    if (group !== undefined) group.count += by;
    else {
      const rule = this.#rules.name(this.#rule.at(id));
      this.#groups.set(key, { rule, severity: this.#severityOf(id), count: by });
    }
  }

  #push(rule: string, severity: Severity, issue: number): number {
    const id = this.#rule.length;
    this.#rule.push(this.#rules.id(rule));
    this.#severity.push(SEVERITIES.indexOf(severity));
    this.#withdrawn.push(0);
    this.#row.push(NONE);
    this.#next.push(NONE);
    this.#issue.push(issue);
    this.standing[severity] += 1;
    this.#count(id, 1);
    return id;
  }

  #attach(id: number, row: RowIndex): void {
    this.#row.set(id, row);
    this.#next.set(id, this.#rows.firstFinding(row));
    this.#rows.setFirstFinding(row, id);
    const severity = this.#severityOf(id);
    const before = this.#rows.severity(row);
    if (before === null || SEVERITIES.indexOf(before) < SEVERITIES.indexOf(severity)) {
      this.#rows.setSeverity(row, severity);
      this.marked.push(row);
    }
  }

  #severityOf(id: number): Severity {
    return SEVERITIES[this.#severity.at(id)] ?? 'note';
  }

  #view(id: number, issues: readonly SchemaIssue[], sources: FindingSources): Finding {
    const details = this.#details.get(id);
    const issue = issues[this.#issue.at(id)];
    const row = this.#row.at(id) === NONE ? null : this.#row.at(id);
    const rows = this.#rows;
    const kind = row === null ? null : rows.kind(row);
    const exchange = details?.exchange ?? (row === null ? null : rows.exchange(row));
    const session = row === null ? NONE : rows.session(row);
    // It is about the body or the exchange, though an event that came with it stands in the row.
    const ofExchange = details !== undefined && details.exchange !== null;
    const exchangeSession = exchange === null || exchange === NONE ? NONE : this.#exchanges.session(exchange);
    return {
      id,
      rule: this.#rules.name(this.#rule.at(id)),
      severity: this.#severityOf(id),
      evidence: details?.evidence ?? issue?.evidence ?? 'inferred',
      seq: row === null || ofExchange ? null : rows.seq(row),
      row,
      event: row !== null && !ofExchange && (kind === 'event' || kind === 'replay') ? rows.name(row) : null,
      session: details?.session ?? sources.sessionName(session === NONE ? exchangeSession : session),
      path: details?.path ?? issue?.path ?? [],
      params: details?.params ?? issue?.params ?? {},
      exchange: exchange === NONE ? null : exchange,
      frame: row === null || details?.row === null || rows.frame(row) === NONE ? null : rows.frame(row),
      related: details?.related ?? [],
    };
  }
}

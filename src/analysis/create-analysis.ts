/** The analysis of one trace: takes its observations and answers for rows, events, sessions and findings. */
import type { Observation } from '../observation/observation.ts';
import type { ChatProtocol } from '../protocol/chat-protocol.ts';
import { protocols as knownProtocols } from '../protocol/protocols.ts';
import type { SchemaIssue } from '../protocol/schema-issue.ts';
import type {
  Analysis,
  Carrier,
  Change,
  Conformance,
  ConversationView,
  DecodedEvent,
  ExchangeId,
  ExchangeView,
  Finding,
  FindingGroup,
  FlagView,
  Listening,
  MachineView,
  ObservationIndex,
  ReadingRules,
  RowFacts,
  RowIndex,
  RowView,
  SessionJoin,
  SessionView,
  Severity,
  Totals,
} from './api/analysis.ts';
import { settleFlags } from './ingest/annotations.ts';
import { takeEndOfTrace, takeObservation } from './ingest/dispatch.ts';
import { conversationOf } from './queries/conversation.ts';
import { decodedRow } from './queries/decoded.ts';
import { exchangeView } from './queries/exchange-view.ts';
import { flagViews } from './queries/flags.ts';
import { listeningOf } from './queries/listening.ts';
import { conformanceOf, machineView } from './queries/machine.ts';
import { TraceFacts } from './queries/row-facts.ts';
import { readerOfRow } from './queries/row-party.ts';
import { rowView } from './queries/row-view.ts';
import { RowSearch } from './queries/search.ts';
import { sessionView } from './queries/session-view.ts';
import { checks as allChecks, checksByMoment } from './rules/judge.ts';
import { countFates } from './state/delivery-tracker.ts';
import type { Check } from './state/moments.ts';
import { AHEAD } from './state/prefetch.ts';
import { carrierOfRow, eventOfRow } from './state/row-bytes.ts';
import { type Judging, type ReadingSettings, TraceState } from './state/trace-state.ts';
import type { FindingSources } from './tables/finding-table.ts';
import { NONE } from './tables/row-table.ts';

export interface AnalysisOptions {
  /** Whose traffic the trace may hold; all that are known when omitted. Of two that read a message the first has it. */
  readonly protocols?: readonly ChatProtocol[];
  /** The empty list that the observations are kept in; an array of its own when omitted. */
  readonly observations?: Observation[];
  /** The user's patterns for URLs of relays: sessions of one chat whose URLs one of them fits are one, in any origin. */
  readonly patterns?: readonly string[];
  /** Where the user says that events stand in messages: `payload`, `data[0]`. What is no path is passed over. */
  readonly wrappers?: readonly string[];
  /** Sessions of one chat in several origins that the user joined; see `Analysis.joinSessions`. */
  readonly joins?: readonly SessionJoin[];
  /** Ids of rules that are switched off: they give no findings, and nothing else changes. */
  readonly without?: ReadonlySet<string>;
  /** The rules on sessions and transports; all there are when omitted. */
  readonly checks?: readonly Check[];
}

const NO_RULES: ReadonlySet<string> = new Set();

/** An empty analysis. Pure: no clock, no browser; the same observations give the same answers. */
export function createAnalysis(options: AnalysisOptions = {}): Analysis {
  const { patterns = [], joins = [], wrappers = [], without = NO_RULES, checks = allChecks } = options;
  const judging = { checks: checksByMoment(checks.filter(({ rule }) => !without.has(rule))), without };
  const { protocols = knownProtocols, observations = [] } = options;
  return new TraceAnalysis(protocols, observations, { patterns, joins, wrappers }, judging);
}

class TraceAnalysis implements Analysis {
  readonly #state: TraceState;
  readonly #search: RowSearch;
  readonly facts: RowFacts;
  readonly #sources: FindingSources;
  #ended = false;
  /** The row whose issues were asked for last: its findings follow one another. */
  #issuesRow = NONE;
  #issues: readonly SchemaIssue[] = [];
  readonly joins: readonly SessionJoin[];
  readonly reading: ReadingRules;

  constructor(
    protocols: readonly ChatProtocol[],
    observations: Observation[],
    settings: ReadingSettings,
    judging: Judging,
  ) {
    const state = new TraceState(protocols, observations, settings, judging);
    this.joins = settings.joins;
    this.reading = { patterns: settings.patterns, wrappers: settings.wrappers };
    this.#state = state;
    this.#search = new RowSearch(state);
    this.facts = new TraceFacts(state);
    this.#sources = {
      issuesOfRow: (row) => {
        if (row !== this.#issuesRow) {
          this.#issuesRow = row;
          this.#issues = issuesOf(state, row);
        }
        return this.#issues;
      },
      sessionName: (index) => state.sessions.at(index)?.id ?? null,
      protocolOf: (session, exchange) => {
        const own = state.sessions.at(session)?.protocol;
        return (own ?? (state.readerOf(exchange) ?? state.firstReader).protocol).id;
      },
    };
  }

  add(observations: readonly Observation[]): Change {
    return this.#change(() => {
      const state = this.#state;
      const rowsBefore = state.rows.length;
      for (let from = 0; from < observations.length; from += AHEAD) {
        const to = Math.min(from + AHEAD, observations.length);
        state.ahead.over(observations, from, to);
        for (let at = from; at < to; at += 1) {
          const observation = observations[at];
          if (observation !== undefined) takeObservation(state, observation, at - from);
        }
      }
      settleFlags(state, rowsBefore);
    });
  }

  end(): Change {
    return this.#change(() => {
      if (!this.#ended) takeEndOfTrace(this.#state);
      this.#ended = true;
    });
  }

  get protocols(): readonly ChatProtocol[] {
    return this.#state.readers.map(({ protocol }) => protocol);
  }

  get totals(): Totals {
    const { observations, rows, findings, dropped } = this.#state;
    const { error, warning, note } = findings.standing;
    return {
      observations: observations.length,
      rows: rows.length,
      events: rows.eventCount,
      sessions: this.#state.sessions.shownCount,
      problems: error + warning,
      errors: error,
      warnings: warning,
      notes: note,
      dropped,
    };
  }

  get originCount(): number {
    return this.#state.exchanges.documents.originCount;
  }

  observation(index: ObservationIndex): Observation | undefined {
    return this.#state.observations[index];
  }

  row(index: RowIndex): RowView {
    return rowView(this.#state, index);
  }

  rowOfEvent(seq: number): RowIndex | undefined {
    return this.#state.rows.rowOfSeq(seq);
  }

  rowMatches(index: RowIndex, needle: string): boolean {
    return this.#search.matches(index, needle);
  }

  carrier(index: RowIndex): Carrier | null {
    return carrierOfRow(this.#state, index);
  }

  decoded(index: RowIndex): DecodedEvent | null {
    return decodedRow(this.#state, index, this.findingsOfRow(index));
  }

  exchangeOfRow(index: RowIndex): ExchangeView | null {
    return exchangeView(this.#state, index);
  }

  get exchangeCount(): number {
    return this.#state.exchanges.length;
  }

  listening(exchange: ExchangeId): Listening | null {
    return listeningOf(this.#state, exchange);
  }

  findingsOfRow(index: RowIndex): readonly Finding[] {
    if (!this.#state.rows.has(index)) return [];
    return this.#state.findings.ofRow(index, this.#sources);
  }

  findingGroups(): readonly FindingGroup[] {
    return this.#state.findings.groups();
  }

  findingsOfRule(rule: string, severity: Severity, limit: number): readonly Finding[] {
    return this.#state.findings.ofRule(rule, severity, limit, this.#sources);
  }

  findings(atLeast: Severity = 'note'): readonly Finding[] {
    return this.#state.findings.all(this.#sources, atLeast);
  }

  eachFinding(): Iterable<Finding> {
    return this.#state.findings.each(this.#sources, 'note');
  }

  sessions(): readonly SessionView[] {
    return this.latestSessions(Number.POSITIVE_INFINITY);
  }

  latestSessions(limit: number): readonly SessionView[] {
    return this.#state.sessions.latest(limit).map((session) => sessionView(this.#state, session));
  }

  joinSessions(one: string, other: string): SessionJoin | null {
    const { sessions, origins } = this.#state;
    const [first, second] = [sessions.find(one), sessions.find(other)];
    if (first === undefined || second === undefined || first === second) return null;
    const chatId = first.chatId ?? '';
    if (chatId === '' || chatId.toLowerCase() !== second.chatId?.toLowerCase()) return null;
    return { chatId, origins: [origins.name(first.scope), origins.name(second.scope)] };
  }

  session(id: string): SessionView | undefined {
    const session = this.#state.sessions.find(id);
    return session === undefined ? undefined : sessionView(this.#state, session);
  }

  machine(session: string, upTo?: RowIndex): MachineView | null {
    return machineView(this.#state, session, upTo);
  }

  conformance(session: string): Conformance | null {
    return conformanceOf(this.#state, session);
  }

  fates(): ReturnType<Analysis['fates']> {
    return countFates(this.#state);
  }

  conversation(session: string): ConversationView | null {
    return conversationOf(this.#state, session);
  }

  flag(row: RowIndex, text: string | null): Change {
    return this.#change(() => {
      const { rows, flags, touched } = this.#state;
      if (!rows.has(row)) return;
      touched.push(row);
      // Their numbers may change. A hostile trace has more than a call takes as arguments.
      for (const flagged of flags.rows) touched.push(flagged);
      flags.set(row, text);
    });
  }

  flags(): readonly FlagView[] {
    return flagViews(this.#state);
  }

  isFlag(annotation: ObservationIndex): boolean {
    return this.#state.flags.isTaken(annotation);
  }

  #change(work: () => void): Change {
    const state = this.#state;
    this.#issuesRow = NONE;
    const from = state.rows.length;
    const findingsBefore = state.findings.length + state.findings.withdrawnCount;
    state.touched.length = 0;
    state.findings.marked.length = 0;
    state.findings.markedBefore = from;
    state.sessionsChanged = false;
    work();
    const { touched, findings } = state;
    const earlier = new Set<RowIndex>();
    for (const row of touched) if (row < from) earlier.add(row);
    for (const row of findings.marked) if (row < from) earlier.add(row);
    return {
      rows: [from, state.rows.length],
      touched: [...earlier],
      findings: findings.length + findings.withdrawnCount !== findingsBefore,
      sessions: state.sessionsChanged,
    };
  }
}

/** The schema issues of a row's event, worked out again: they are kept as numbers only. */
function issuesOf(state: TraceState, row: RowIndex): readonly SchemaIssue[] {
  const { protocol } = readerOfRow(state, row) ?? state.firstReader;
  const event = eventOfRow(state, row);
  const kind = state.rows.kind(row);
  if (kind !== 'event' && kind !== 'replay') return [];
  const direction = kind === 'replay' ? 'in' : state.rows.direction(row);
  if (event === null || direction === null) return [];
  return protocol.validateEvent(event, direction, state.rows.name(row));
}

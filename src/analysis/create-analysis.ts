/** The analysis of one trace: takes its observations and answers for rows, events, sessions and findings. */
import type { Observation } from '../observation/observation.ts';
import { brightPattern } from '../protocol/bright-pattern/bright-pattern.ts';
import type { ChatProtocol } from '../protocol/chat-protocol.ts';
import type {
  Analysis,
  Carrier,
  Change,
  Conformance,
  ConversationView,
  DecodedEvent,
  ExchangeView,
  Finding,
  FindingGroup,
  MachineView,
  ObservationIndex,
  RowIndex,
  RowView,
  SessionView,
  Severity,
  Totals,
} from './analysis.ts';
import { isEvent } from './carriage.ts';
import { conversationOf } from './conversation.ts';
import { decodedRow } from './decoded.ts';
import type { EventTools } from './event.ts';
import { exchangeView } from './exchange-view.ts';
import type { FindingSources } from './finding-store.ts';
import { AHEAD } from './look-ahead.ts';
import { conformanceOf, machineView } from './machine.ts';
import { carrierOfRow, eventOfRow, ownText } from './row-text.ts';
import { rowView } from './row-view.ts';
import { judgeEndOfTrace } from './rules/open-ends.ts';
import { RowSearch } from './search.ts';
import { sessionView } from './session-view.ts';
import { toldStates } from './stepping.ts';
import { takeObservation } from './taking.ts';
import { TraceState } from './trace-state.ts';

export interface AnalysisOptions {
  readonly protocol?: ChatProtocol;
  /** The empty list that the observations are kept in; an array of its own when omitted. */
  readonly observations?: Observation[];
}

/** An empty analysis. Pure: no clock, no browser; the same observations give the same answers. */
export function createAnalysis(options: AnalysisOptions = {}): Analysis {
  return new TraceAnalysis(options.protocol ?? brightPattern, options.observations ?? []);
}

class TraceAnalysis implements Analysis {
  readonly #state: TraceState;
  readonly #tools: EventTools;
  readonly #search: RowSearch;
  readonly #sources: FindingSources;
  #ended = false;

  constructor(protocol: ChatProtocol, observations: Observation[]) {
    const state = new TraceState(protocol, observations);
    this.#state = state;
    this.#search = new RowSearch(state);
    this.#tools = {
      told: toldStates(state),
      recall: (row) => {
        const event = eventOfRow(state, row);
        return event === null ? null : { event, text: ownText(state, row) };
      },
    };
    this.#sources = {
      issuesOfRow: (row) => {
        const event = eventOfRow(state, row);
        const direction = state.rows.kind(row) === 'replay' ? 'in' : state.rows.direction(row);
        return isEvent(event) && direction !== null ? protocol.validateEvent(event, direction) : [];
      },
      sessionName: (index) => state.sessions.at(index)?.id ?? null,
    };
  }

  add(observations: readonly Observation[]): Change {
    return this.#change(() => {
      const state = this.#state;
      const tools = this.#tools;
      for (let from = 0; from < observations.length; from += AHEAD) {
        const to = Math.min(from + AHEAD, observations.length);
        state.ahead.over(observations, from, to);
        for (let at = from; at < to; at += 1) {
          const observation = observations[at];
          if (observation !== undefined) takeObservation(state, observation, at - from, tools);
        }
      }
    });
  }

  end(): Change {
    return this.#change(() => {
      if (!this.#ended) judgeEndOfTrace(this.#state);
      this.#ended = true;
    });
  }

  get totals(): Totals {
    const { observations, rows, findings, dropped } = this.#state;
    const { error, warning, note } = findings.standing;
    return {
      observations: observations.length,
      rows: rows.length,
      events: rows.eventCount,
      sessions: this.#sessions().length,
      problems: error + warning,
      errors: error,
      warnings: warning,
      notes: note,
      dropped,
    };
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
    return this.#sessions().map(sessionView);
  }

  session(id: string): SessionView | undefined {
    const session = this.#state.sessions.find(id);
    return session === undefined ? undefined : sessionView(session);
  }

  machine(session: string, upTo?: RowIndex): MachineView | null {
    return machineView(this.#state, session, upTo);
  }

  conformance(session: string): Conformance | null {
    return conformanceOf(this.#state, session);
  }

  conversation(session: string): ConversationView | null {
    return conversationOf(this.#state, session);
  }

  #sessions() {
    return this.#state.sessions
      .all()
      .filter(({ seenAlive, lastPoll, eventCount }) => seenAlive || lastPoll !== null || eventCount > 0);
  }

  #change(work: () => void): Change {
    const state = this.#state;
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

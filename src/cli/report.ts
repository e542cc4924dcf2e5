/**
 * What the command line says of one file, whatever the format: the sessions, and the findings with notes folded. Texts
 * of the file are as long as a person reads, whatever they were; in a message nothing is hidden.
 */
import type { Analysis, Evidence, FateKind, Finding, JsonPath, Severity } from '../analysis/api/analysis.ts';
import { sentencesWith } from '../analysis/rules/sentence.ts';
import { boundedText } from '../text/bounded-text.ts';
import type { FileContent } from '../trace/file-reader.ts';
import type { HarContent } from '../trace/har.ts';
import type { FilePlace } from '../trace/har-text.ts';
import { shownPart } from './plain-output.ts';
import { counted } from './terminal.ts';

export interface FileReport {
  readonly file: string;
  readonly events: number;
  /** What became of the messages, files and answers to forms that the page sent, counted by fate. */
  readonly sent: Readonly<Partial<Record<FateKind, number>>>;
  readonly sessions: readonly { readonly id: string; readonly state: string; readonly events: number }[];
  /** By their place in the trace. */
  readonly findings: readonly ReportedFinding[];
  /** How many bodies and messages name an event in which none could be read. */
  readonly unread: number;
  /** What the file has that could not be read: how many, and the first hundred with the reason. */
  readonly unreadable: {
    readonly count: number;
    readonly entries: readonly { readonly exchange: number; readonly frame: null; readonly reason: string }[];
  };
  /** True for a file with entries of which none could be read. */
  readonly nothingRead: boolean;
  /** Sentences on the file as a whole, which are no findings. */
  readonly notes: readonly string[];
  /** A sentence where there is nothing to judge; else null. */
  readonly silence: string | null;
}

export interface ReportedFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly evidence: Evidence;
  /** Position of the chat event, or null for a finding on a body or an exchange. */
  readonly seq: number | null;
  readonly event: string | null;
  readonly session: string | null;
  readonly path: JsonPath;
  readonly message: string;
  /** Where an event under framings or wrappers stands in its body or message; null for one that stands as it is. */
  readonly at: { readonly path: JsonPath; readonly offset: number } | null;
  /** How many findings are folded into this one; it stands at the place of the first. */
  readonly count: number;
  /** Index of the HAR entry, or of the exchange in a trace; given where there is no event. */
  readonly exchange: number | null;
  /** Index of the socket's or stream's message, beside `exchange`. */
  readonly frame: number | null;
  /** Where the file has what it is about, line and column from 1; null where the file does not say. */
  readonly place: FilePlace | null;
  /** The finding itself, for its place in the analysis. */
  readonly finding: Finding;
}

/** As many findings of a file as are told one by one. A person reads fewer, and the reports have to fit into memory. */
const TOLD_ONE_BY_ONE = 100_000;

const UNREAD = 'schema/unread-event';

/** Which findings are told, and with which of the captured values. */
export interface ReportChoice {
  has(finding: Finding): boolean;
  hasSession(id: string): boolean;
  /** The finding with the parameters that may be told. */
  shown(finding: Finding): Finding;
}

const ALL: ReportChoice = { has: () => true, hasSession: () => true, shown: (finding) => finding };

/**
 * The report of an analysed file. Notes of one rule in one session are folded into the first, with their count; and so
 * is everything behind the first hundred thousand findings.
 */
export function reportFile(
  file: string,
  analysis: Analysis,
  input: FileContent,
  limit = TOLD_ONE_BY_ONE,
  choice: ReportChoice = ALL,
): FileReport {
  const sentence = sentencesWith(analysis.protocols);
  const sessions = analysis.sessions().filter(({ id }) => choice.hasSession(id));
  const folded = new Map<string, { readonly finding: Finding; count: number }>();
  for (const finding of analysis.eachFinding()) {
    if (!choice.has(finding)) continue;
    const alone = finding.severity !== 'note' && folded.size < limit;
    const key = alone ? `#${finding.id}` : `${finding.severity} ${finding.rule} ${finding.session ?? ''}`;
    const first = folded.get(key);
    if (first === undefined) folded.set(key, { finding, count: 1 });
    else first.count += 1;
  }
  return {
    file,
    events:
      choice === ALL ? analysis.totals.events : sessions.reduce((sum, { eventCount }) => sum + eventCount, 0),
    sent: analysis.fates(),
    sessions: sessions.map(({ id, state, eventCount }) => ({
      id: boundedText(id),
      state,
      events: eventCount,
    })),
    findings: [...folded.values()]
      .sort(
        (one, other) => position(one.finding) - position(other.finding) || one.finding.id - other.finding.id,
      )
      .map(({ finding, count }) => ({
        ...reported(finding, count, analysis, input),
        message: shownPart(sentence(choice.shown(finding))),
      })),
    unread: analysis
      .findingGroups()
      .reduce((sum, { rule, count }) => (rule === UNREAD ? sum + count : sum), 0),
    ...unreadIn(input, analysis.totals.rows),
    silence: silence(analysis, input),
  };
}

function wrappedPlace({ row, seq }: Finding, analysis: Analysis): ReportedFinding['at'] {
  const carrier = row === null || seq === null ? null : analysis.carrier(row);
  return carrier === null || carrier.path === null
    ? null
    : {
        path: carrier.path.map((step) => (typeof step === 'number' ? step : boundedText(step))),
        offset: carrier.slice?.[0] ?? 0,
      };
}

/** What has no row stands last. */
function position(finding: Finding): number {
  return finding.row ?? Number.MAX_SAFE_INTEGER;
}

function reported(
  finding: Finding,
  count: number,
  analysis: Analysis,
  input: FileContent,
): Omit<ReportedFinding, 'message'> {
  const { rule, severity, evidence, seq, event, session, path } = finding;
  const har = input.kind === 'har' ? input.har : null;
  const place = seq === null ? placeWithoutEvent(finding, har) : { exchange: null, frame: null };
  return {
    ...{ rule, severity, evidence, seq },
    event: event === null ? null : boundedText(event),
    session: session === null ? null : boundedText(session),
    path: path.map((step) => (typeof step === 'number' ? step : boundedText(step))),
    at: wrappedPlace(finding, analysis),
    count,
    ...place,
    place: filePlace(finding, analysis, input),
    finding,
  };
}

function placeWithoutEvent(
  { exchange, frame }: Finding,
  har: HarContent | null,
): { readonly exchange: number | null; readonly frame: number | null } {
  if (har === null || exchange === null) return { exchange, frame };
  const message = frame === null ? null : (har.messageOfFrame.get(exchange)?.[frame] ?? frame);
  return { exchange: har.entryOfExchange[exchange] ?? null, frame: message };
}

/** The line of the observation; in a HAR the body, the message or else the entry. */
function filePlace(finding: Finding, analysis: Analysis, input: FileContent): FilePlace | null {
  const { row, exchange, frame } = finding;
  if (input.kind === 'trace') {
    const carrier = row === null ? null : analysis.carrier(row);
    return carrier === null ? null : { line: input.lineOf(carrier.observation), column: 1 };
  }
  const { entryOfExchange, messageOfFrame, placesOfEntry } = input.har;
  const places = exchange === null ? undefined : placesOfEntry.get(entryOfExchange[exchange] ?? -1);
  if (exchange === null || places === undefined) return null;
  if (row === null) return places.entry;
  const message = frame === null ? undefined : (messageOfFrame.get(exchange)?.[frame] ?? frame);
  if (message !== undefined && places.messages[message] !== undefined) return places.messages[message];
  const body = analysis.row(row).direction === 'out' ? places.request : places.answer;
  return body ?? places.entry;
}

function unreadIn(
  input: FileContent,
  rows: number,
): Pick<FileReport, 'unreadable' | 'nothingRead' | 'notes'> {
  const read = readIn(input, rows);
  return input.damage ? { ...read, notes: [`${input.damage}; read as far as it goes`, ...read.notes] } : read;
}

function readIn(input: FileContent, rows: number): Pick<FileReport, 'unreadable' | 'nothingRead' | 'notes'> {
  if (input.kind === 'trace')
    return {
      unreadable: { count: 0, entries: [] },
      nothingRead: rows === 0 && input.notes().length > 0,
      notes: input.notes(),
    };
  const { entries, unreadable, unreadableEntries, notes } = input.har;
  const named = unreadableEntries.map(({ entry, reason }) => ({ exchange: entry, frame: null, reason }));
  return {
    unreadable: { count: unreadable, entries: named },
    nothingRead: entries > 0 && unreadable === entries,
    notes,
  };
}

function silence(analysis: Analysis, input: FileContent): string | null {
  const { observations, rows } = analysis.totals;
  if (rows > 0) return null;
  if (input.kind === 'trace') {
    const none = `no chat traffic in its ${counted(observations, 'observation')}`;
    return [none, ...input.notes()].join('; ');
  }
  const { entries, unreadable, unreadableEntries } = input.har;
  const all = counted(entries, 'entry', 'entries');
  if (unreadable === 0) return `no chat traffic in its ${all}`;
  const why = `; entry ${unreadableEntries[0]?.entry} ${unreadableEntries[0]?.reason}`;
  return unreadable === entries
    ? `none of its ${all} could be read${why}`
    : `no chat traffic in its ${all}, ${unreadable} of them unreadable${why}`;
}

/** How much of a file could not be read, and the first reason. */
export function unreadableEntries({ count, entries }: FileReport['unreadable']): string {
  const [first] = entries;
  return `${counted(count, 'entry', 'entries')} could not be read; entry ${first?.exchange} ${first?.reason}`;
}

const RANK: Readonly<Record<Severity, number>> = { error: 2, warning: 1, note: 0 };

/** True if the finding is as bad as `threshold` or worse. */
export function reaches(finding: { readonly severity: Severity }, threshold: Severity): boolean {
  return RANK[finding.severity] >= RANK[threshold];
}

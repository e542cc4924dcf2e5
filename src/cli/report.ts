/** What the command line says of one file, whatever the format: the sessions, and the findings with notes folded. */
import type { Analysis, Evidence, Finding, JsonPath, Severity } from '../analysis/analysis.ts';
import { sentence } from '../analysis/sentence.ts';
import type { HarImport } from '../trace/har.ts';
import type { FilePlace } from '../trace/har-text.ts';
import type { InputKind } from './input.ts';

export interface FileReport {
  readonly file: string;
  readonly events: number;
  readonly sessions: readonly { readonly id: string; readonly state: string; readonly events: number }[];
  /** By their place in the trace. */
  readonly findings: readonly ReportedFinding[];
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

/**
 * The report of an analysed file. Notes of one rule in one session are folded into the first, with their count; and so
 * is everything behind the first hundred thousand findings.
 */
export function reportFile(
  file: string,
  analysis: Analysis,
  input: InputKind,
  limit = TOLD_ONE_BY_ONE,
): FileReport {
  const folded = new Map<string, { readonly finding: Finding; count: number }>();
  for (const finding of analysis.eachFinding()) {
    const alone = finding.severity !== 'note' && folded.size < limit;
    const key = alone ? `#${finding.id}` : `${finding.severity} ${finding.rule} ${finding.session ?? ''}`;
    const first = folded.get(key);
    if (first === undefined) folded.set(key, { finding, count: 1 });
    else first.count += 1;
  }
  return {
    file,
    events: analysis.totals.events,
    sessions: analysis.sessions().map(({ id, state, eventCount }) => ({ id, state, events: eventCount })),
    findings: [...folded.values()]
      .sort(
        (one, other) => position(one.finding) - position(other.finding) || one.finding.id - other.finding.id,
      )
      .map(({ finding, count }) => reported(finding, count, analysis, input)),
    silence: silence(analysis, input),
  };
}

/** What has no row stands last. */
function position(finding: Finding): number {
  return finding.row ?? Number.MAX_SAFE_INTEGER;
}

function reported(finding: Finding, count: number, analysis: Analysis, input: InputKind): ReportedFinding {
  const { rule, severity, evidence, seq, event, session, path } = finding;
  const har = input.kind === 'har' ? input.har : null;
  const place = seq === null ? placeWithoutEvent(finding, har) : { exchange: null, frame: null };
  return {
    ...{ rule, severity, evidence, seq, event, session, path },
    message: sentence(finding),
    count,
    ...place,
    place: filePlace(finding, analysis, input),
    finding,
  };
}

function placeWithoutEvent(
  { exchange, frame }: Finding,
  har: HarImport | null,
): { readonly exchange: number | null; readonly frame: number | null } {
  if (har === null || exchange === null) return { exchange, frame };
  const message = frame === null ? null : (har.messageOfFrame.get(exchange)?.[frame] ?? frame);
  return { exchange: har.entryOfExchange[exchange] ?? null, frame: message };
}

/** The line of the observation; in a HAR the body, the message or else the entry. */
function filePlace(finding: Finding, analysis: Analysis, input: InputKind): FilePlace | null {
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

function silence(analysis: Analysis, input: InputKind): string | null {
  const { observations, rows } = analysis.totals;
  if (rows > 0) return null;
  if (input.kind === 'trace')
    return `no chat traffic in its ${observations} ${observations === 1 ? 'observation' : 'observations'}`;
  const { entries, unreadable } = input.har;
  const odd = unreadable === 0 ? '' : `, ${unreadable} of them unreadable`;
  return `no chat traffic in its ${entries} ${entries === 1 ? 'entry' : 'entries'}${odd}`;
}

const RANK: Readonly<Record<Severity, number>> = { error: 2, warning: 1, note: 0 };

/** True if the finding is as bad as `threshold` or worse. */
export function reaches(finding: { readonly severity: Severity }, threshold: Severity): boolean {
  return RANK[finding.severity] >= RANK[threshold];
}

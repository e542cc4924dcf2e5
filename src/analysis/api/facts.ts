/** Single facts of a row, each made alone: what a filter compares over a million rows, without the rest of the row. */
import type { Severity } from '../../protocol/declaration.ts';
import type { Fate } from './fate.ts';
import type { Direction, ExchangeId, ObservationIndex, RowIndex, RowKind, Transport } from './ids.ts';

/** Where a row stands in the trace. */
export interface RowPlace {
  readonly observation: ObservationIndex;
  readonly event: number;
}

export interface RowFacts {
  kind(row: RowIndex): RowKind;
  /** What of the trace the row is of, and which of its rows it is, from 0: the same in every analysis of it. */
  place(row: RowIndex): RowPlace;
  /** The event's name, or what the row is. */
  event(row: RowIndex): string;
  /** What a chat event is about; null for what is none, or about something else. */
  topic(row: RowIndex): Topic | null;
  direction(row: RowIndex): Direction | null;
  transport(row: RowIndex): Transport | null;
  /** The request, socket or stream by which it came or went; null for rows of none. */
  exchange(row: RowIndex): ExchangeId | null;
  /** Id of the row's session. */
  session(row: RowIndex): string | null;
  /** The session's letter; null where there is no session to show. */
  letter(row: RowIndex): string | null;
  /** The party's name where it is known, else its id, else ''. */
  party(row: RowIndex): string;
  /** Unix epoch milliseconds. */
  time(row: RowIndex): number;
  /** Bytes. */
  size(row: RowIndex): number;
  /** Milliseconds from the request to its answer's end, also of a held poll; null where there is none, or not yet. */
  took(row: RowIndex): number | null;
  /** HTTP status of the answer. */
  status(row: RowIndex): number | null;
  /** URL of the request or the socket; '' where there is none. */
  url(row: RowIndex): string;
  /** Origin of the row's document; see `RowView`. */
  origin(row: RowIndex): string | null;
  truncated(row: RowIndex): boolean;
  /** Whether a person has flagged it. */
  flagged(row: RowIndex): boolean;
  fate(row: RowIndex): Fate | null;
  /** The worst severity of its findings. */
  severity(row: RowIndex): Severity | null;
  /** The rules and severities of its standing findings, one a finding. */
  findings(row: RowIndex): readonly { readonly rule: string; readonly severity: Severity }[];
  /** All that `Analysis.rowMatches` looks into, as one text with decoded strings, a line each. */
  text(row: RowIndex): string;
  /**
   * The decoded values below a path of member names (in any case; lists are passed through; none: the whole event), as
   * text: at most 1,000.
   */
  values(row: RowIndex, path: readonly string[]): readonly string[];
  /** The names of the members below a path, dotted, each once: at most 1,000. */
  fieldNames(row: RowIndex): readonly string[];
}

/** What people tell apart among chat events. */
export const TOPICS = ['message', 'status', 'party', 'typing', 'form'] as const;
/** `form`: files too. */
export type Topic = (typeof TOPICS)[number];

/** An exchange of which no event and no problem tells: a request that went well and brought nothing. */
export function isQuietRequest(facts: RowFacts, row: RowIndex): boolean {
  if (facts.kind(row) !== 'exchange') return false;
  const severity = facts.severity(row);
  return severity !== 'error' && severity !== 'warning' && (facts.status(row) ?? 0) < 400;
}

/** A session's letter by its place in order of appearance, from 0: A … Z, AA, AB … */
export function letterOf(ordinal: number): string {
  let letters = '';
  for (let rest = ordinal + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

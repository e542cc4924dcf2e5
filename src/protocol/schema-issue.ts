/** Faults of one event, body or header by itself. They become findings once they have a place in the trace. */
import type { JsonObject } from '../text/json-object.ts';
import type { Evidence, JsonPath, Severity } from './declaration.ts';

export interface SchemaIssue {
  readonly rule: string;
  readonly severity: Severity;
  readonly evidence: Evidence;
  readonly path: JsonPath;
  /** Values for the rule's sentence: field, expected, actual, nearest … always short, plain text. */
  readonly params: Readonly<Record<string, string | number>>;
}

/** A fault as far as it is counted. */
export type EventFault = Pick<SchemaIssue, 'rule' | 'severity'>;

/** Judges one event of the name that it was made for. Never throws. */
export type EventJudge = (event: JsonObject) => readonly EventFault[];

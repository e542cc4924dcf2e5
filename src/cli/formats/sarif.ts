import type { Severity } from '../../analysis/api/analysis.ts';
import { rules } from '../../analysis/rules/rules.ts';
import { shownText } from '../../text/shown-text.ts';
import { pathText } from '../code-frame.ts';
import { plainJson } from '../plain-output.ts';
import type { ReportedFinding } from '../report.ts';
import { fileUri } from './file-uri.ts';
import type { Format, FormatOptions, Unreadable } from './format.ts';
import { JsonList } from './json-list.ts';
import { placeText } from './place-text.ts';

/**
 * SARIF 2.1.0, which code hosts and editors show beside the file. A host refuses a run of more than 25,000 results, so
 * the worst of them are written, and of each rule the rest is one result with their count.
 */
export function sarifFormat({ version }: FormatOptions): Format {
  const results = new WorstResults(RESULTS - rules.length);
  return {
    file: ({ file, findings }) => {
      for (const finding of findings) results.add(file, finding);
      return '';
    },
    end: (unreadable) => {
      const driver = { name: 'chat-inspector', version, rules: rules.map(descriptor) };
      const list = new JsonList(
        [
          '{',
          '  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",',
          '  "version": "2.1.0",',
          '  "runs": [{',
          `    "tool": ${plainJson(JSON.stringify({ driver }))},`,
          '    "columnKind": "utf16CodeUnits",',
          '    "results": [',
        ].join('\n'),
        3,
      );
      const kept = list.add(results.kept().map(({ file, finding }) => result(file, finding)));
      const folded = list.add(results.folded().map(foldedResult));
      const invocations = plainJson(JSON.stringify(invocation(unreadable, results.foldedCount)));
      return `${kept}${folded}${list.end()},\n    "invocations": [${invocations}]\n  }]\n}\n`;
    },
  };
}

/** Results of a run that GitHub takes (its limits for SARIF uploads). */
const RESULTS = 25_000;

interface Placed {
  readonly file: string;
  readonly finding: ReportedFinding;
}

interface Folded extends Placed {
  results: number;
  findings: number;
}

/** The results that are written one by one, errors first, and what is folded of each rule. */
class WorstResults {
  foldedCount = 0;
  readonly #limit: number;
  readonly #byLevel = { error: [] as Placed[], warning: [] as Placed[], note: [] as Placed[] };
  readonly #folded = new Map<string, Folded>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(file: string, finding: ReportedFinding): void {
    const level = this.#byLevel[finding.severity];
    const placed = { file, finding };
    if (level.length < this.#limit) level.push(placed);
    else this.#fold(placed);
  }

  /** What is written one by one; everything that was added behind it is folded. */
  kept(): Placed[] {
    const { error, warning, note } = this.#byLevel;
    const ranked = [...error, ...warning, ...note];
    for (const placed of ranked.splice(this.#limit)) this.#fold(placed);
    return ranked;
  }

  folded(): Folded[] {
    return [...this.#folded.values()];
  }

  #fold(placed: Placed): void {
    const { rule, severity, count } = placed.finding;
    const key = `${rule} ${severity}`;
    const folded = this.#folded.get(key) ?? { ...placed, results: 0, findings: 0 };
    folded.results += 1;
    folded.findings += count;
    this.#folded.set(key, folded);
    this.foldedCount += 1;
  }
}

/** The three severities have the same names in SARIF. */
const level = (severity: Severity): 'error' | 'warning' | 'note' => severity;

function descriptor(rule: (typeof rules)[number]): object {
  return {
    id: rule.id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.meaning },
    help: { text: rule.cure },
    defaultConfiguration: { level: level(rule.severity) },
    properties: { evidence: rule.evidence },
  };
}

function result(file: string, finding: ReportedFinding): object {
  const { rule, severity, message, seq, event, session, path, exchange, frame, count, evidence } = finding;
  const name = placeText(finding) || rule;
  return {
    ruleId: rule,
    level: level(severity),
    message: { text: withoutLinks(message) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: fileUri(file) },
          // Hosts want a line, also where the finding is about what is not in the file.
          region:
            finding.place === null
              ? { startLine: 1 }
              : { startLine: finding.place.line, startColumn: finding.place.column },
        },
        logicalLocations: [{ fullyQualifiedName: name, kind: 'member' }],
      },
    ],
    // The same finding of the same file has the same fingerprint in the next run.
    partialFingerprints: {
      'place/v1': [rule, session, event, seq, exchange, frame, pathText(path)].join(' '),
    },
    occurrenceCount: count,
    properties: { seq, session, evidence, exchange, frame },
  };
}

/** Stands at the place of one of those that it counts. */
function foldedResult({ file, finding, results, findings }: Folded): object {
  const one = result(file, finding);
  const text = `${results.toLocaleString('en-US')} more results of ${finding.rule}, not written one by one; one of them: ${finding.message}`;
  return {
    ...one,
    message: { text: withoutLinks(text) },
    partialFingerprints: { 'place/v1': `folded ${finding.rule} ${finding.severity}` },
    occurrenceCount: findings,
  };
}

/** In a message `[text](target)` is a link; captured text makes none. */
function withoutLinks(text: string): string {
  return text.includes('](') ? text.replaceAll('[', '\\[') : text;
}

function invocation(unreadable: readonly Unreadable[], folded: number): object {
  const notes =
    folded === 0
      ? []
      : [
          {
            level: 'warning',
            message: {
              text: `${folded.toLocaleString('en-US')} results were folded: a run has at most ${RESULTS.toLocaleString('en-US')}`,
            },
          },
        ];
  return {
    executionSuccessful: unreadable.length === 0,
    toolExecutionNotifications: [
      ...unreadable.map(({ file, reason }) => ({
        level: 'error',
        message: { text: withoutLinks(shownText(reason)) },
        locations: [{ physicalLocation: { artifactLocation: { uri: fileUri(file) } } }],
      })),
      ...notes,
    ],
  };
}

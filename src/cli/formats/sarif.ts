import type { Severity } from '../../analysis/analysis.ts';
import { rules } from '../../analysis/rules/rules.ts';
import { pathText } from '../code-frame.ts';
import type { ReportedFinding } from '../report.ts';
import { wellFormed } from '../terminal.ts';
import type { Format, FormatOptions, Unreadable } from './format.ts';
import { JsonList } from './json-list.ts';
import { placeText } from './text.ts';

/** SARIF 2.1.0, which code hosts and editors show beside the file. */
export function sarifFormat({ version }: FormatOptions): Format {
  const driver = { name: 'chat-inspector', version, rules: rules.map(descriptor) };
  const head = [
    '{',
    '  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",',
    '  "version": "2.1.0",',
    '  "runs": [{',
    `    "tool": ${JSON.stringify({ driver })},`,
    '    "columnKind": "utf16CodeUnits",',
    '    "results": [',
  ];
  const results = new JsonList(head.join('\n'), 3);
  return {
    file: ({ file, findings }) => results.add(findings.map((finding) => result(file, finding))),
    end: (unreadable) =>
      `${results.end()},\n    "invocations": [${JSON.stringify(invocation(unreadable))}]\n  }]\n}\n`,
  };
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
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uri(file) },
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

function invocation(unreadable: readonly Unreadable[]): object {
  return {
    executionSuccessful: unreadable.length === 0,
    toolExecutionNotifications: unreadable.map(({ file, reason }) => ({
      level: 'error',
      message: { text: reason },
      locations: [{ physicalLocation: { artifactLocation: { uri: uri(file) } } }],
    })),
  };
}

/** A path as a relative reference. */
function uri(file: string): string {
  return encodeURI(wellFormed(file.replaceAll('\\', '/'))).replace(/[?#]/g, encodeURIComponent);
}

import { shownText } from '../../text/shown-text.ts';
import { type FileReport, type ReportedFinding, reaches } from '../report.ts';
import type { Format, FormatOptions, Unreadable } from './format.ts';
import { placeText } from './place-text.ts';

/**
 * JUnit XML: a suite a file, a test case a finding. What reaches the threshold of `--fail-on` has failed, the rest has
 * passed and says what was found; a file without findings is one case that passed.
 */
export function junitFormat({ failOn }: FormatOptions): Format {
  let head = '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="chat-inspector">\n';
  const begun = (text: string) => {
    const whole = head + text;
    head = '';
    return whole;
  };
  return {
    file: (report) => begun(`${suite(report, failOn)}\n`),
    end: (unreadable) => begun(`${unreadable.map((one) => `${broken(one)}\n`).join('')}</testsuites>\n`),
  };
}

function suite({ file, findings, silence }: FileReport, failOn: FormatOptions['failOn']): string {
  const failures = findings.filter((one) => reaches(one, failOn)).length;
  const cases = findings.map((one) => testCase(one, reaches(one, failOn) ? 'failed' : 'passed'));
  if (cases.length === 0)
    cases.push(`    <testcase classname="chat-inspector" name="${xml(silence ?? 'no findings')}" time="0"/>`);
  return [suiteHead(file, cases.length, failures, 0), ...cases, '  </testsuite>'].join('\n');
}

function suiteHead(file: string, tests: number, failures: number, errors: number): string {
  const name = xml(file);
  return `  <testsuite name="${name}" file="${name}" tests="${tests}" failures="${failures}" errors="${errors}" skipped="0" time="0">`;
}

function testCase(finding: ReportedFinding, outcome: 'failed' | 'passed'): string {
  const { rule, severity, message, evidence, count } = finding;
  const open = `    <testcase classname="${xml(rule)}" name="${xml(placeText(finding) || rule)}" time="0">`;
  const detail = `${severity}, ${evidence}${count > 1 ? `, ×${count}` : ''}: ${message}`;
  const body =
    outcome === 'failed'
      ? `<failure type="${xml(rule)}" message="${xml(message)}">${xml(detail)}</failure>`
      : `<system-out>${xml(detail)}</system-out>`;
  return [open, `      ${body}`, '    </testcase>'].join('\n');
}

function broken({ file, reason }: Unreadable): string {
  return [
    suiteHead(file, 1, 0, 1),
    '    <testcase classname="chat-inspector" name="the file can be read" time="0">',
    `      <error type="unreadable" message="${xml(reason)}"/>`,
    '    </testcase>',
    '  </testsuite>',
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // `##[` is a command of build hosts, anywhere in a line.
  '#': '&#35;',
};

/** Text for an attribute or an element. What XML cannot hold is among what is shown as an escape. */
function xml(text: string): string {
  return shownText(text).replace(/[&<>"'#]/g, (char) => ENTITIES[char] ?? char);
}

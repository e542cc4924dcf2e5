import { type FileReport, type ReportedFinding, reaches } from '../report.ts';
import { safe, wellFormed } from '../terminal.ts';
import type { Format, FormatOptions, Unreadable } from './format.ts';
import { placeText } from './text.ts';

/**
 * JUnit XML: a suite a file, a test case a finding. What reaches the threshold of `--fail-on` has failed, the rest has
 * passed and says what was found; a file without findings is one case that passed.
 */
export function junitFormat({ failOn }: FormatOptions): Format {
  const suites: string[] = [];
  return {
    file: (report) => {
      suites.push(suite(report, failOn));
      return '';
    },
    end: (unreadable) =>
      ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites name="chat-inspector">']
        .concat(suites, unreadable.map(broken), '</testsuites>', '')
        .join('\n'),
  };
}

function suite({ file, findings, silence }: FileReport, failOn: FormatOptions['failOn']): string {
  const failures = findings.filter((one) => reaches(one, failOn)).length;
  const cases = findings.map((one) => testCase(one, reaches(one, failOn) ? 'failed' : 'passed'));
  if (cases.length === 0)
    cases.push(`    <testcase classname="chat-inspector" name="${xml(silence ?? 'no findings')}"/>`);
  const head = `  <testsuite name="${xml(file)}" tests="${cases.length}" failures="${failures}" errors="0" skipped="0">`;
  return [head, ...cases, '  </testsuite>'].join('\n');
}

function testCase(finding: ReportedFinding, outcome: 'failed' | 'passed'): string {
  const { rule, severity, message, evidence, count } = finding;
  const open = `    <testcase classname="${xml(rule)}" name="${xml(placeText(finding) || rule)}">`;
  const detail = `${severity}, ${evidence}${count > 1 ? `, ×${count}` : ''}: ${message}`;
  const body =
    outcome === 'failed'
      ? `<failure type="${xml(rule)}" message="${xml(message)}">${xml(detail)}</failure>`
      : `<system-out>${xml(detail)}</system-out>`;
  return [open, `      ${body}`, '    </testcase>'].join('\n');
}

function broken({ file, reason }: Unreadable): string {
  return [
    `  <testsuite name="${xml(file)}" tests="1" failures="0" errors="1" skipped="0">`,
    '    <testcase classname="chat-inspector" name="the file can be read">',
    `      <error message="${xml(reason)}"/>`,
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
};

/** Text for an attribute or an element. Control characters, which XML cannot hold, are written as escapes. */
function xml(text: string): string {
  return safe(wellFormed(text))
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}

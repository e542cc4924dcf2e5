import type { Severity } from '../../analysis/analysis.ts';
import type { ReportedFinding } from '../report.ts';
import { counted } from '../terminal.ts';
import type { Format } from './format.ts';
import { placeText } from './text.ts';

/** Workflow commands of GitHub Actions: each finding is an annotation of the file in the build's summary. */
export function githubFormat(): Format {
  return {
    file: ({ file, findings, events, sessions, silence }) => {
      const sum = silence ?? `${counted(events, 'event')}, ${counted(sessions.length, 'session')}`;
      const lines = findings.map((finding) => annotation(file, finding));
      return `${[data(`${file}: ${sum}`), ...lines].join('\n')}\n`;
    },
    end: (unreadable) =>
      unreadable
        .map(({ file, reason }) => `::error file=${property(file)},title=unreadable::${data(reason)}\n`)
        .join(''),
  };
}

const COMMAND: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'notice' };

function annotation(file: string, finding: ReportedFinding): string {
  const { severity, rule, message, place: at, count } = finding;
  const place = [placeText(finding), count > 1 ? `×${count}` : ''].filter((part) => part !== '').join(' · ');
  const properties = [
    `file=${property(file)}`,
    ...(at === null ? [] : [`line=${at.line}`, `col=${at.column}`]),
    `title=${property(rule)}`,
  ];
  return `::${COMMAND[severity]} ${properties.join(',')}::${data(place === '' ? message : `${message} (${place})`)}`;
}

/** A text that no command can hide in: a line that begins with `::` is obeyed. */
function data(text: string): string {
  const escaped = text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  return escaped.replace(/^::/, ' ::');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

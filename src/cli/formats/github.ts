import type { Severity } from '../../analysis/api/analysis.ts';
import { shownText } from '../../text/shown-text.ts';
import { isolatedLines, plainLines } from '../plain-output.ts';
import type { ReportedFinding } from '../report.ts';
import { counted } from '../terminal.ts';
import type { Format } from './format.ts';
import { placeText } from './place-text.ts';

/** Workflow commands of GitHub Actions: each finding is an annotation of the file in the build's summary. */
export function githubFormat(): Format {
  return {
    file: ({ file, findings, events, sessions, silence }) => {
      const sum = silence ?? `${counted(events, 'event')}, ${counted(sessions.length, 'session')}`;
      const lines = findings.map((finding) => annotation(file, finding));
      return `${[isolatedLines(plainLines(`${shownText(file)}: ${sum}`)), ...lines].join('\n')}\n`;
    },
    end: (unreadable) =>
      unreadable
        .map(
          ({ file, reason }) =>
            `::error file=${property(file)},title=unreadable::${isolatedLines(data(reason))}\n`,
        )
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
  return `::${COMMAND[severity]} ${properties.join(',')}::${isolatedLines(data(place === '' ? message : `${message} (${place})`))}`;
}

/** The text of a command: the runner unescapes these three, and obeys nothing in it. */
function data(text: string): string {
  const shown = plainLines(shownText(text));
  return shown.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

import type { Analysis } from '../../analysis/analysis.ts';
import { codeFrame, pathText } from '../code-frame.ts';
import type { FileReport, ReportedFinding } from '../report.ts';
import { counted, type Palette, safe } from '../terminal.ts';
import type { Format, FormatOptions } from './format.ts';

/** For a person at a terminal: a line a file, each finding with the place in its JSON, and a sum. */
export function textFormat({ colours }: FormatOptions): Format {
  let files = 0;
  const totals = { error: 0, warning: 0, note: 0 };
  return {
    file: (report, analysis) => {
      files += 1;
      for (const { severity, count } of report.findings) totals[severity] += count;
      const blocks = report.findings.map((one) => findingText(one, analysis, colours));
      return [fileText(report, colours), ...blocks, blocks.length === 0 ? '' : '\n'].join('\n');
    },
    end: (unreadable) => {
      if (files === 0) return '';
      const worst = totals.error > 0 ? colours.error : totals.warning > 0 ? colours.warning : colours.good;
      const sum = `${sumText(totals)} in ${counted(files, 'file')}`;
      const missed = unreadable.length === 0 ? '' : `, ${unreadable.length} unreadable`;
      const hint = totals.error + totals.warning + totals.note === 0 ? '' : HINT;
      return `${worst(`${sum}${missed}`)}\n${colours.faint(hint)}`;
    },
  };
}

const HINT = 'chat-inspector explain RULE tells what a rule means and what to do\n';

function sumText({ error, warning, note }: { error: number; warning: number; note: number }): string {
  return `${counted(error, 'error')}, ${counted(warning, 'warning')}, ${counted(note, 'note')}`;
}

function fileText({ file, events, sessions, silence }: FileReport, colours: Palette): string {
  const name = colours.strong(safe(file));
  if (silence !== null) return `${name}  ${silence}`;
  const states = sessions.map(
    ({ id, state, events: own }) => `    ${safe(id)}  ${state}, ${counted(own, 'event')}`,
  );
  const head = `${name}  ${counted(events, 'event')}, ${counted(sessions.length, 'session')}`;
  return [head, ...states.map(colours.faint)].join('\n');
}

function findingText(reported: ReportedFinding, analysis: Analysis, colours: Palette): string {
  const { severity, rule, message, count, path } = reported;
  const label = colours[severity](severity.padEnd(7));
  const times = count > 1 ? colours.faint(`  ×${count}, the first`) : '';
  const head = `  ${label}  ${colours.strong(rule)}${times}  ${colours.faint(placeText(reported))}`;
  return ['', head, `    ${safe(message)}`, ...frameOf(reported, path, analysis, colours)].join('\n');
}

/** Where the finding stands, in words: "event 3 chat_session_message · $.party_id". */
export function placeText({ seq, event, exchange, frame, path, session, place }: ReportedFinding): string {
  const parts: string[] = [];
  if (seq !== null) parts.push(`event ${seq}${event === null ? '' : ` ${event}`}`);
  if (exchange !== null) parts.push(`exchange ${exchange}${frame === null ? '' : `, frame ${frame}`}`);
  if (path.length > 0) parts.push(pathText(path));
  if (session !== null) parts.push(`session ${session}`);
  if (place !== null) parts.push(`line ${place.line}`);
  return safe(parts.join(' · '));
}

/** Members shown before and after the one at fault. */
const CONTEXT = 2;

function frameOf(
  { finding, rule, severity, event }: ReportedFinding,
  path: ReportedFinding['path'],
  analysis: Analysis,
  colours: Palette,
): string[] {
  const carrier = finding.row === null ? null : analysis.carrier(finding.row);
  if (carrier === null || carrier.encoding !== 'text') return [];
  // Without a place in the JSON there is nothing to point at, but for a text that is none.
  if (path.length === 0 && rule !== 'schema/invalid-json') return [];
  const { text, slice } = carrier;
  // A path begins at the event, and at the body's root where there is none.
  const own = slice === null || event === null ? text : text.slice(...slice);
  // A note is worth a line, not a page.
  const context = severity === 'note' ? 0 : CONTEXT;
  return codeFrame(own, path, { context, mark: colours[severity], faint: colours.faint });
}

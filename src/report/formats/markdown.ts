/** A summary that pastes well into trackers: environment, what happened, findings, the last events. */
import type { Analysis, Finding, RowView } from '../../analysis/api/analysis.ts';
import { sentencesWith } from '../../analysis/rules/sentence.ts';
import type { Observation } from '../../observation/observation.ts';
import { durationInWords, shortened } from '../../text/humanize.ts';
import type { TraceEnvironment } from '../../trace/environment.ts';
import type { RedactionSummary } from '../redaction/redaction.ts';
import { sessionLetters } from './session-names.ts';
import { isoTime, type TraceSummary, traceSummary } from './session-summary.ts';

/** Rows of the last part, and findings that are told one by one. */
const LAST_EVENTS = 25;
const MOST_FINDINGS = 50;
const MOST_STEPS = 30;

export interface MarkdownInput {
  readonly analysis: Analysis;
  readonly observations: Iterable<Observation>;
  readonly redaction: RedactionSummary;
  readonly producer: string;
  readonly environment?: TraceEnvironment | null;
  readonly title?: string;
  readonly expected?: string;
  readonly notes?: string;
}

export function* writeMarkdown(input: MarkdownInput): Generator<string, void, undefined> {
  const { analysis, redaction } = input;
  const { totals } = analysis;
  yield `# ${cell(input.title ?? 'Chat session report')}\n\n`;
  const figures = [
    counted(totals.events, 'event'),
    counted(totals.sessions, 'session'),
    counted(totals.errors, 'error'),
    counted(totals.warnings, 'warning'),
    counted(totals.notes, 'note'),
  ];
  yield `${figures.join(', ')}\n\n`;
  if (input.expected) yield `**Expected:** ${cell(input.expected)}\n\n`;
  if (input.notes) yield `**Notes:** ${cell(input.notes)}\n\n`;
  const summary = traceSummary(analysis, input.observations, input.environment ?? {});
  yield environment(summary.environment, input.producer);
  yield whatHappened(analysis);
  yield marks(summary.marks);
  yield findings(analysis);
  yield lastEvents(analysis);
  yield redaction.profile === 'none'
    ? '_Not redacted: this text may hold personal data._\n'
    : `_Redacted, profile ${redaction.profile}: ${redaction.total} values are replaced; equal values have equal tokens._\n`;
}

function environment(lines: TraceSummary['environment'], producer: string): string {
  const all = [...lines, ['Written by', producer] as const];
  return `## Environment\n\n${all.map(([name, value]) => `- **${name}:** ${cell(value)}`).join('\n')}\n\n`;
}

function whatHappened(analysis: Analysis): string {
  const letters = sessionLetters(analysis);
  const parts = analysis.sessions().map((session) => {
    const { id, state, eventCount, startedAt, lastAt, parties } = session;
    const steps = analysis.machine(id)?.steps ?? [];
    const way = steps
      .slice(0, MOST_STEPS)
      .map(({ to, allowed }) => (allowed ? cell(to) : `**${cell(to)}** (not expected)`));
    const more = steps.length > MOST_STEPS ? ` → … ${steps.length - MOST_STEPS} more` : '';
    const people = parties
      .map(({ name, id: party, label }) => `${cell(name || party)} (${label})`)
      .join(', ');
    return [
      `### Session ${letters.get(id) ?? ''} · \`${code(id)}\``,
      '',
      `${eventCount} events in ${durationInWords(Math.round(Math.max(0, lastAt - startedAt) / 1000))}, now ${cell(state)}.`,
      ...(way.length === 0 ? [] : ['', `${way.join(' → ')}${more}`]),
      ...(people === '' ? [] : ['', `Parties: ${people}`]),
      '',
    ].join('\n');
  });
  return `## What happened\n\n${parts.length === 0 ? 'No chat session.\n' : parts.join('\n')}\n`;
}

function marks(given: TraceSummary['marks']): string {
  const lines = given.map(({ wallTime, text, event, letter }, at) => {
    const on = event === '' ? '' : ` \`${code(event)}\`${letter === null ? '' : ` (${letter})`}`;
    return `${at + 1}. ${isoTime(wallTime)}${on} ${cell(text)}`.trimEnd();
  });
  return lines.length === 0 ? '' : `## Marks\n\n${lines.join('\n')}\n\n`;
}

function findings(analysis: Analysis): string {
  const told = analysis.findings('warning');
  const sentence = sentencesWith(analysis.protocols);
  const letters = sessionLetters(analysis);
  const line = (finding: Finding) =>
    `| ${finding.severity} | \`${finding.rule}\` | ${finding.session === null ? '' : (letters.get(finding.session) ?? '')} | ${cell(sentence(finding))} |`;
  const rows = told.slice(0, MOST_FINDINGS).map(line);
  const notes = analysis.findingGroups().filter(({ severity }) => severity === 'note');
  const folded = notes.map(({ rule, count }) => `\`${rule}\` ×${count}`).join(', ');
  return [
    '## Findings',
    '',
    ...(rows.length === 0
      ? ['No errors and no warnings.']
      : ['| severity | rule | session | what |', '| --- | --- | --- | --- |', ...rows]),
    ...(told.length > MOST_FINDINGS ? ['', `${told.length - MOST_FINDINGS} more are left out.`] : []),
    ...(folded === '' ? [] : ['', `Notes: ${folded}`]),
    '',
    '',
  ].join('\n');
}

function lastEvents(analysis: Analysis): string {
  const { rows } = analysis.totals;
  const letters = sessionLetters(analysis);
  const lines: string[] = [];
  for (let row = rows - 1; row >= 0 && lines.length < LAST_EVENTS; row -= 1) {
    const view = analysis.row(row);
    if (view.kind !== 'event' && view.severity === null) continue;
    lines.unshift(eventLine(view, letters));
  }
  if (lines.length === 0) return '';
  return [
    '## Last events',
    '',
    '| time | | event | session | summary |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
    '',
    '',
  ].join('\n');
}

function eventLine(view: RowView, letters: ReadonlyMap<string, string>): string {
  const arrow = view.direction === null ? '' : view.direction === 'in' ? '↓' : '↑';
  const session = view.session === null ? '' : (letters.get(view.session) ?? '');
  return `| ${clock(view.wallTime)} | ${arrow} | \`${code(view.event)}\` | ${session} | ${cell(view.summary)} |`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Captured text in a line of Markdown: plain, with no markup, link, mention or reference in it that a tracker would follow. */
export function cell(text: string): string {
  return shortened(text, 300)
    .replaceAll(/[\\`*{}[\]<>|~$]|(?<!\w)[#_]|_(?!\w)/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('@', '@\u200b')
    .replaceAll(/\b(https?|www)([:.])/gi, '$1\u200b$2');
}

function code(text: string): string {
  return shortened(text, 120).replaceAll('`', "'").replaceAll('|', '¦');
}

const clock = (wallTime: number): string => isoTime(wallTime).slice(11, 23);

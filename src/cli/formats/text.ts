import type { Analysis } from '../../analysis/api/analysis.ts';
import { shownText } from '../../text/shown-text.ts';
import { CodeFrames } from '../code-frame.ts';
import { isolatedLines, plainLines } from '../plain-output.ts';
import { type FileReport, type ReportedFinding, unreadableEntries } from '../report.ts';
import type { ShownValues } from '../shown-values.ts';
import { counted, type Palette } from '../terminal.ts';
import type { Format, FormatOptions } from './format.ts';
import { placeText } from './place-text.ts';

/** For a person at a terminal: a line a file, each finding with the place in its JSON, and a sum. */
export function textFormat({ colours, values = null }: FormatOptions): Format {
  let files = 0;
  const totals = { error: 0, warning: 0, note: 0 };
  return {
    file: (report, analysis) => {
      files += 1;
      for (const { severity, count } of report.findings) totals[severity] += count;
      const bodies = new Bodies(analysis, values);
      const blocks = report.findings.map((one) => findingText(one, bodies, colours));
      const lines = [fileText(report, colours), ...blocks, blocks.length === 0 ? '' : '\n'].join('\n');
      return isolatedLines(plainLines(lines));
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

function fileText(report: FileReport, colours: Palette): string {
  const { file, events, sessions, silence, unreadable, notes } = report;
  const name = colours.strong(shownText(file));
  if (silence !== null) return `${name}  ${silence}`;
  const states = sessions.map(
    ({ id, state, events: own }) => `    ${shownText(id)}  ${state}, ${counted(own, 'event')}`,
  );
  const head = `${name}  ${counted(events, 'event')}, ${counted(sessions.length, 'session')}`;
  const unread = unreadable.count === 0 ? [] : [`    ${unreadableEntries(unreadable)}`];
  const remarks = notes.map((note) => `    ${note}`);
  return [head, ...unread.map(colours.warning), ...[...remarks, ...states].map(colours.faint)].join('\n');
}

function findingText(reported: ReportedFinding, bodies: Bodies, colours: Palette): string {
  const { severity, rule, message, count } = reported;
  const label = colours[severity](severity.padEnd(7));
  const times = count > 1 ? colours.faint(`  ×${count}, the first`) : '';
  const head = `  ${label}  ${colours.strong(rule)}${times}  ${colours.faint(placeText(reported))}`;
  return ['', head, `    ${message}`, ...bodies.frame(reported, colours)].join('\n');
}

/** Members shown before and after the one at fault. */
const CONTEXT = 2;

/** The bodies and events that findings point into, one after the other: many findings of one cost one reading. */
class Bodies {
  readonly #analysis: Analysis;
  readonly #values: ShownValues | null;
  readonly #frames: CodeFrames;
  #place = '';
  #text = '';

  constructor(analysis: Analysis, values: ShownValues | null) {
    this.#analysis = analysis;
    this.#values = values;
    this.#frames = new CodeFrames(values === null ? undefined : (text) => values.excerpt(text));
  }

  frame({ finding, rule, severity, event }: ReportedFinding, colours: Palette): string[] {
    const { row, path } = finding;
    // Without a place in the JSON there is nothing to point at, but for a text that is none.
    if (row === null || (path.length === 0 && rule !== 'schema/invalid-json')) return [];
    const text = this.#textOf(row, event === null ? 'body' : 'event');
    if (text === null) return [];
    // A note is worth a line, not a page.
    const context = severity === 'note' ? 0 : CONTEXT;
    return this.#frames.lines(text, path, { context, mark: colours[severity], faint: colours.faint });
  }

  /** A path begins at the event, and at the body's root where there is none. */
  #textOf(row: number, root: 'event' | 'body'): string | null {
    const carrier = this.#analysis.carrier(row);
    if (carrier === null || carrier.encoding !== 'text') return null;
    const { observation, text, slice } = carrier;
    const [start, end] = root === 'body' || slice === null ? [0, text.length] : slice;
    const place = `${observation} ${start} ${end}`;
    if (place !== this.#place) {
      this.#place = place;
      const own = text.slice(start, end);
      this.#text = this.#values === null || !isJson(own) ? own : this.#values.json(own);
    }
    return this.#text;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

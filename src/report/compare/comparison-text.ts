/** A comparison as text for a terminal, and as Markdown for a tracker. */
import { boundedText } from '../../text/bounded-text.ts';
import { shortened } from '../../text/humanize.ts';
import { shownText } from '../../text/shown-text.ts';
import { type ComparedPair, type Comparison, seqOf } from './compare-sessions.ts';
import {
  clock,
  countsInWords,
  fieldLines,
  lineOf,
  MARKS,
  partingInWords,
  sinceStart,
  type Values,
} from './comparison-words.ts';

export interface ComparisonNames {
  /** What each side is called: the file's name. Hostile text. */
  readonly a: string;
  readonly b: string;
}

/** More differences are counted and not listed: nobody reads them. */
const LISTED = 1_000;

/** Lines for a terminal, each with its end. Nothing of the files is hidden in them. */
export function comparisonText(comparison: Comparison, names: ComparisonNames, values: Values): string {
  const lines = [
    `A  ${titleOf(comparison, 'a', names)}`,
    `B  ${titleOf(comparison, 'b', names)}`,
    '',
    `${countsInWords(comparison)}`,
    partingInWords(comparison),
  ];
  const { shown, left } = differencesOf(comparison);
  if (shown.length > 0) lines.push('');
  for (const pair of shown) {
    lines.push(
      `${MARKS[pair.kind]} ${pair.kind.padEnd(7)}  ${places(pair).padEnd(13)}  ${timeOf(comparison, pair).padStart(9)}  ${eventOf(comparison, pair, values)}`,
    );
    for (const field of fieldLines(comparison, pair, values)) lines.push(`            ${field}`);
  }
  if (left > 0) lines.push(`… and ${left} more differences; --json has all of them.`);
  return `${lines.join('\n')}\n`;
}

/** The same as Markdown: a table, and the fields that differ. */
export function comparisonMarkdown(comparison: Comparison, names: ComparisonNames, values: Values): string {
  const lines = [
    '### Comparison of two sessions',
    '',
    `- expected: ${markdown(titleOf(comparison, 'a', names))}`,
    `- actual: ${markdown(titleOf(comparison, 'b', names))}`,
    `- ${countsInWords(comparison)}`,
    '',
    markdown(partingInWords(comparison)),
  ];
  const { shown, left } = differencesOf(comparison);
  if (shown.length > 0) {
    lines.push('', '| | time | expected → actual | event | fields |', '|---|---|---|---|---|');
    for (const pair of shown) {
      const cells = [
        `${MARKS[pair.kind]} ${pair.kind}`,
        timeOf(comparison, pair),
        places(pair),
        eventOf(comparison, pair, values),
        fieldLines(comparison, pair, values).join('; '),
      ];
      lines.push(`| ${cells.map(markdown).join(' | ')} |`);
    }
  }
  if (left > 0) lines.push('', `… and ${left} more differences.`);
  return `${lines.join('\n')}\n`;
}

function titleOf(comparison: Comparison, side: 'a' | 'b', names: ComparisonNames): string {
  const { analysis, id, events } = comparison[side];
  const session = analysis.session(id);
  const [first, last] = [events[0], events.at(-1)];
  const length = first && last ? clock(last.wallTime - first.wallTime) : '0 s';
  const name = shownText(shortened(names[side], 120));
  return `${name}, session ${shownText(boundedText(id)).slice(0, 8)}, ${session?.state ?? ''}, ${session?.eventCount ?? 0} events, ${length}`;
}

function differencesOf({ pairs }: Comparison) {
  const all = pairs.filter(({ kind }) => kind !== 'same');
  return { shown: all.slice(0, LISTED), left: Math.max(0, all.length - LISTED) };
}

function places({ a, b }: ComparedPair): string {
  const number = (event: ComparedPair['a']) =>
    event === null ? '·' : seqOf(event) === null ? 'call' : `#${seqOf(event)}`;
  return `${number(a)} → ${number(b)}`;
}

function timeOf({ a, b }: Comparison, pair: ComparedPair): string {
  if (pair.kind === 'later') return `+${clock(pair.later)}`;
  if (pair.a !== null) return clock(sinceStart(a, pair.a));
  return pair.b === null ? '' : clock(sinceStart(b, pair.b));
}

function eventOf({ a, b }: Comparison, pair: ComparedPair, values: Values): string {
  if (pair.a !== null) return lineOf(a, pair.a, values);
  return pair.b === null ? '' : lineOf(b, pair.b, values);
}

/** Text that Markdown takes for text, in a table too. */
function markdown(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>#|~!&]/g, (mark) => (mark === '<' ? '&lt;' : mark === '&' ? '&amp;' : `\\${mark}`))
    .replace(/\s+/g, ' ');
}

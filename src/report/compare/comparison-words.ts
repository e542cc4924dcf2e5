/** What a comparison says in words: for the command line, for Markdown and for the panel's status line. */
import type { JsonPath } from '../../protocol/declaration.ts';
import { shortened } from '../../text/humanize.ts';
import { shownText } from '../../text/shown-text.ts';
import {
  type ComparedPair,
  type Comparison,
  type DifferenceKind,
  differenceKinds,
} from './compare-sessions.ts';
import { type ComparedField, differs } from './field-comparison.ts';
import type { Leaf } from './leaves.ts';
import type { ComparedEvent, ComparedSession } from './session-events.ts';

export const MARKS: Readonly<Record<DifferenceKind, string>> = {
  same: '=',
  changed: '≠',
  missing: '−',
  extra: '+',
  moved: '↕',
  later: '≈',
};

/** Whether what people wrote is shown: where others read it, only how long it is. */
export type Values = 'shown' | 'lengths';

/** "71 same, 3 changed, 1 missing": what there is of each kind. */
export function countsInWords({ counts }: Comparison): string {
  const words = differenceKinds.filter((kind) => counts[kind] > 0).map((kind) => `${counts[kind]} ${kind}`);
  return words.length === 0 ? 'no events' : words.join(', ');
}

/** One sentence on the first place where the two part. */
export function partingInWords(comparison: Comparison): string {
  const pair = comparison.first === null ? undefined : comparison.pairs[comparison.first];
  if (pair === undefined) return 'The two sessions are the same.';
  const event = pair.a ?? pair.b;
  const side = pair.a === null ? comparison.b : comparison.a;
  const at = event === null ? '' : ` at ${clock(sinceStart(side, event))}`;
  const before = [...comparison.pairs.slice(0, comparison.first ?? 0)]
    .reverse()
    .find(({ a, b }) => a !== null && b !== null);
  const after = before?.a == null ? '' : ` after ${lineOf(comparison.a, before.a, 'lengths')}`;
  return `The sessions part${at}: ${verdictInWords(pair)}${after}.`;
}

/** "status is missing", "text of message has changed". */
export function verdictInWords({ kind, a, b, paths }: ComparedPair): string {
  const name = shownText(shortened((a ?? b)?.name ?? '', 80));
  switch (kind) {
    case 'changed':
      return `${paths.map(pathInWords).join(', ')} of ${name} ${paths.length === 1 ? 'has' : 'have'} changed`;
    case 'missing':
      return `${name} is missing`;
    case 'extra':
      return `${name} is extra`;
    case 'moved':
      return `${name} stands in another place`;
    case 'later':
      return `${name} comes later`;
    case 'same':
      return `${name} is the same`;
  }
}

/** An event in a line: its name, and what it says unless only lengths are shown. */
export function lineOf({ analysis }: ComparedSession, event: ComparedEvent, values: Values): string {
  const name = shownText(shortened(event.name, 80));
  if (values === 'lengths') return name;
  const { summary } = analysis.row(event.row);
  return summary === '' || summary === event.name ? name : `${name} “${shownText(shortened(summary, 100))}”`;
}

/** The fields of a pair that differ, one a line: `msg: "one" → "two"`. */
export function fieldLines(comparison: Comparison, pair: ComparedPair, values: Values): string[] {
  if (pair.kind !== 'changed') return [];
  return comparison
    .fields(pair)
    .filter(differs)
    .map((field) => fieldInWords(field, values));
}

function fieldInWords({ path, a, b }: ComparedField, values: Values): string {
  return `${pathInWords(path)}: ${leafInWords(a, values)} → ${leafInWords(b, values)}`;
}

/** A value as JSON, cut at a length; where only lengths are shown, of what people wrote how long it is. */
export function leafInWords(leaf: Leaf | null, values: Values): string {
  if (leaf === null) return 'absent';
  const text =
    typeof leaf.value === 'string' ? leaf.value : (JSON.stringify(leaf.value) ?? String(leaf.value));
  if (values === 'lengths' && (leaf.sensitive || !leaf.declared)) {
    const { length } = text;
    return `(${typeof leaf.value === 'string' ? 'text' : 'value'} of ${length} ${length === 1 ? 'character' : 'characters'})`;
  }
  const short = shownText(shortened(text, 200));
  return typeof leaf.value === 'string' ? JSON.stringify(short) : short;
}

/** `data.type`, `events[2]`. */
export function pathInWords(path: JsonPath): string {
  const words = path.map((step, at) =>
    typeof step === 'number' ? `[${step}]` : `${at === 0 ? '' : '.'}${shownText(shortened(step, 60))}`,
  );
  return words.join('');
}

/** Milliseconds since the session's first event. */
export function sinceStart({ events }: ComparedSession, event: ComparedEvent): number {
  return event.wallTime - (events[0]?.wallTime ?? event.wallTime);
}

/** "0.0 s", "3 m 20 s", "1 h 02 m". */
export function clock(milliseconds: number): string {
  const sign = milliseconds < 0 ? '−' : '';
  const seconds = Math.abs(milliseconds) / 1000;
  if (seconds < 60) return `${sign}${seconds.toFixed(1)} s`;
  const whole = Math.floor(seconds);
  if (whole < 3600) return `${sign}${Math.floor(whole / 60)} m ${String(whole % 60).padStart(2, '0')} s`;
  return `${sign}${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} m`;
}

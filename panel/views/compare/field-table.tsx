/** The chosen pair, field by field; the state before it and how long its poll was held stand with the fields. */
import type { Comparison } from '../../../src/report/compare/compare-sessions.ts';
import { clock } from '../../../src/report/compare/comparison-words.ts';
import type { ComparedEvent, ComparedSession } from '../../../src/report/compare/session-events.ts';
import { Captured } from '../../marks/captured.tsx';
import { ComparedFields, type FieldLine, fieldLine } from './compared-fields.tsx';
import { isDifference } from './pair-list.ts';
import './field-table.css';

interface FieldTableProps {
  readonly comparison: Comparison;
  readonly at: number | null;
  readonly step: (direction: 1 | -1) => void;
}

export function FieldTable({ comparison, at, step }: FieldTableProps) {
  const pair = at === null ? undefined : comparison.pairs[at];
  if (at === null || !pair) {
    return (
      <div class="view-empty">
        <p class="quiet">Choose a pair of events to see its fields.</p>
      </div>
    );
  }
  const lines: readonly FieldLine[] = [
    ...comparison.fields(pair).map(fieldLine),
    beside('state before', stateBefore(comparison.a, pair.a), stateBefore(comparison.b, pair.b), true),
    beside('took', tookOf(comparison.a, pair.a), tookOf(comparison.b, pair.b), false),
  ].filter(({ a, b }) => a !== '' || b !== '');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys.
    <section class="compare-fields" aria-label="Chosen pair" tabIndex={0}>
      <div class="compare-fields-head">
        <Captured text={(pair.a ?? pair.b)?.name ?? ''} />
        <span class="quiet">{whichOf(comparison, at)}</span>
        <button type="button" class="button" title="Difference before (p)" onClick={() => step(-1)}>
          Previous
        </button>
        <button type="button" class="button" title="Next difference (n)" onClick={() => step(1)}>
          Next
        </button>
      </div>
      <ComparedFields lines={lines} sides={['Expected', 'Actual']} />
    </section>
  );
}

function whichOf({ pairs }: Comparison, at: number): string {
  if (!isDifference(pairs[at]?.kind ?? 'same')) return '';
  let before = 0;
  let all = 0;
  for (const [place, { kind }] of pairs.entries()) {
    if (!isDifference(kind)) continue;
    all += 1;
    if (place <= at) before += 1;
  }
  return `difference ${before} of ${all}`;
}

/** What stands beside the fields; `counts` where it is held against the pair. */
function beside(name: string, a: string, b: string, counts: boolean): FieldLine {
  const differs = a !== '' && b !== '' && a !== b;
  return { name, a, b, verdict: !counts ? 'muted' : differs ? 'changed' : 'same' };
}

/** The state that the session was in when the event came. */
function stateBefore({ analysis, id }: ComparedSession, event: ComparedEvent | null): string {
  if (event === null) return '';
  const machine = analysis.machine(id, event.row);
  const last = machine?.steps.at(-1);
  return (last?.row === event.row ? last.from : machine?.current) ?? '';
}

function tookOf({ analysis }: ComparedSession, event: ComparedEvent | null): string {
  const took = event === null ? null : analysis.row(event.row).took;
  return took === null ? '' : clock(took);
}

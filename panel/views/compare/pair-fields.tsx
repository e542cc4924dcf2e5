/** A pair of events field by field; the state before it and how long its poll was held stand with the fields. */
import type { ComparedPair, Comparison } from '../../../src/report/compare/compare-sessions.ts';
import { clock } from '../../../src/report/compare/comparison-words.ts';
import type { ComparedEvent, ComparedSession } from '../../../src/report/compare/session-events.ts';
import { ComparedFields, type FieldLine, fieldLine } from './compared-fields.tsx';

interface PairFieldsProps {
  readonly comparison: Comparison;
  readonly pair: ComparedPair;
}

export function PairFields({ comparison, pair }: PairFieldsProps) {
  const lines: readonly FieldLine[] = [
    ...comparison.fields(pair).map(fieldLine),
    beside('state before', stateBefore(comparison.a, pair.a), stateBefore(comparison.b, pair.b), true),
    beside('took', tookOf(comparison.a, pair.a), tookOf(comparison.b, pair.b), false),
  ].filter(({ a, b }) => a !== '' || b !== '');
  return <ComparedFields lines={lines} sides={['Expected', 'Actual']} />;
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

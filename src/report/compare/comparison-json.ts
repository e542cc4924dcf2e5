/** A comparison as the command line's JSON document: its keys are an interface. */
import type { JsonPath } from '../../protocol/declaration.ts';
import { boundedText } from '../../text/bounded-text.ts';
import { type ComparedPair, type Comparison, type DifferenceKind, seqOf } from './compare-sessions.ts';

export interface ComparisonDocument {
  readonly version: 1;
  readonly same: boolean;
  /** Positions of the first events that differ; null where none does. */
  readonly first: { readonly a: number | null; readonly b: number | null } | null;
  readonly counts: Readonly<Record<DifferenceKind, number>>;
  /** In the order of the sessions; of a changed pair one for each field. */
  readonly differences: readonly ListedDifference[];
}

export interface ListedDifference {
  readonly kind: DifferenceKind;
  readonly a: number | null;
  readonly b: number | null;
  readonly event: string;
  readonly path: JsonPath;
}

/** The document of a comparison. Texts of the file are as long as a person reads. */
export function comparisonDocument(comparison: Comparison): ComparisonDocument {
  const { same, first, counts, pairs } = comparison;
  const parting = first === null ? undefined : pairs[first];
  return {
    version: 1,
    same,
    first: parting === undefined ? null : { a: seqOf(parting.a), b: seqOf(parting.b) },
    counts,
    differences: pairs.flatMap(listed),
  };
}

function listed(pair: ComparedPair): ListedDifference[] {
  const { kind, a, b, paths } = pair;
  if (kind === 'same') return [];
  const one = { kind, a: seqOf(a), b: seqOf(b), event: boundedText((a ?? b)?.name ?? '') };
  return (paths.length === 0 ? [[]] : paths).map((path) => ({
    ...one,
    path: path.map((step) => (typeof step === 'number' ? step : boundedText(step))),
  }));
}

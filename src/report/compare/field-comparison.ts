/** Two events, or two bodies, field by field. */
import type { JsonPath } from '../../protocol/declaration.ts';
import { type Leaf, TIME } from './leaves.ts';

/** `muted`: both have it, and it is never held against them. */
export type FieldVerdict = 'same' | 'changed' | 'missing' | 'extra' | 'muted';

export interface ComparedField {
  readonly path: JsonPath;
  readonly verdict: FieldVerdict;
  /** The leaf of each side; null where that side has none. */
  readonly a: Leaf | null;
  readonly b: Leaf | null;
}

/** What counts as the same. */
export interface Sameness {
  /** True for two references, as they stand in `Leaf`, that are one. */
  same(a: string, b: string): boolean;
  /** Whether a time may be another one. */
  readonly ignoreTimes: boolean;
}

/** The leaves of both, by path: those of A in their order, what B alone has behind its neighbours. */
export function compareFields(
  a: readonly Leaf[],
  b: readonly Leaf[],
  sameness: Sameness,
): readonly ComparedField[] {
  const ofB = new Map(b.map((leaf) => [JSON.stringify(leaf.path), leaf]));
  const known = new Set<string>();
  const fields = a.map((leaf): ComparedField => {
    const key = JSON.stringify(leaf.path);
    known.add(key);
    const other = ofB.get(key);
    return other === undefined
      ? { path: leaf.path, verdict: 'missing', a: leaf, b: null }
      : { path: leaf.path, verdict: verdictOf(leaf, other, sameness), a: leaf, b: other };
  });
  const extra = b.filter(({ path }) => !known.has(JSON.stringify(path)));
  return [
    ...fields,
    ...extra.map((leaf): ComparedField => ({ path: leaf.path, verdict: 'extra', a: null, b: leaf })),
  ];
}

/** True for a field that makes two events different. */
export function differs({ verdict }: ComparedField): boolean {
  return verdict !== 'same' && verdict !== 'muted';
}

function verdictOf(a: Leaf, b: Leaf, { same, ignoreTimes }: Sameness): FieldVerdict {
  const equal =
    a.fixed === b.fixed &&
    a.references.length === b.references.length &&
    a.references.every((reference, at) => same(reference, b.references[at] ?? ''));
  if (!equal) return 'changed';
  if (!a.muted || sameValue(a.value, b.value)) return 'same';
  return a.fixed === TIME && !ignoreTimes ? 'changed' : 'muted';
}

function sameValue(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

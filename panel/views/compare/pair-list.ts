/** The pairs of a comparison as they are listed: kinds that are switched off left out, runs of equal ones folded. */
import type { Comparison, DifferenceKind } from '../../../src/report/compare/compare-sessions.ts';

/** A line of the list: a pair by its position in the comparison, or a run of equal ones. */
export type PairLine =
  | { readonly kind: 'pair'; readonly at: number }
  | { readonly kind: 'fold'; readonly from: number; readonly to: number };

/** So many equal ones in a row are folded. */
const LEAST_FOLDED = 4;

/** @param opened first positions of runs that a person has opened */
export function pairLines(
  { pairs }: Comparison,
  hidden: ReadonlySet<DifferenceKind>,
  folds: boolean,
  opened: ReadonlySet<number>,
): readonly PairLine[] {
  const lines: PairLine[] = [];
  let at = 0;
  while (at < pairs.length) {
    const kind = pairs[at]?.kind ?? 'same';
    if (hidden.has(kind)) {
      at += 1;
      continue;
    }
    let to = at + 1;
    while (kind === 'same' && pairs[to]?.kind === 'same') to += 1;
    // The first of a session and the last before a difference stay in sight: they say where one is.
    const from = at === 0 ? 1 : at;
    const until = to === pairs.length ? to : to - 1;
    if (folds && kind === 'same' && until - from >= LEAST_FOLDED && !opened.has(from)) {
      for (let each = at; each < from; each += 1) lines.push({ kind: 'pair', at: each });
      lines.push({ kind: 'fold', from, to: until });
      for (let each = until; each < to; each += 1) lines.push({ kind: 'pair', at: each });
    } else for (let each = at; each < to; each += 1) lines.push({ kind: 'pair', at: each });
    at = to;
  }
  return lines;
}

/** The next pair that differs, from a position on, in either direction; null where there is none. */
export function nextDifference({ pairs }: Comparison, from: number | null, direction: 1 | -1): number | null {
  const start = from ?? (direction === 1 ? -1 : pairs.length);
  for (let at = start + direction; at >= 0 && at < pairs.length; at += direction)
    if (isDifference(pairs[at]?.kind ?? 'same')) return at;
  return null;
}

export const isDifference = (kind: DifferenceKind): boolean => kind !== 'same' && kind !== 'later';

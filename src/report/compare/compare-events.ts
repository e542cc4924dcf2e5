/** Any two events of a trace, field by field. */
import type { Analysis, RowIndex } from '../../analysis/api/analysis.ts';
import { type ComparedField, compareFields } from './field-comparison.ts';
import type { Leaf } from './leaves.ts';
import { leavesOfRow } from './session-events.ts';

/**
 * The fields of `a` and `b`. An id is the same only as itself: both stand in one trace. Times and what is declared as
 * volatile are not held against them. Empty where neither holds a JSON object.
 */
export function compareEvents(analysis: Analysis, a: RowIndex, b: RowIndex): readonly ComparedField[] {
  return compareFields(leaves(analysis, a), leaves(analysis, b), {
    same: (one, other) => one === other,
    ignoreTimes: true,
  });
}

function leaves(analysis: Analysis, row: RowIndex): readonly Leaf[] {
  const view = analysis.row(row);
  const protocol = analysis.protocols.find(({ id }) => id === view.protocol);
  return protocol === undefined ? [] : leavesOfRow(analysis, protocol, view, 'kept');
}

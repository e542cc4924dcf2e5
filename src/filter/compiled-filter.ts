/** A filter's text made ready to be asked about rows. */
import type { Analysis, RowIndex } from '../analysis/api/analysis.ts';
import { narrows, type ParsedFilter } from './filter-tree.ts';
import { isSlow, rowsMatching } from './matching.ts';
import { parseFilter } from './parse-filter.ts';
import type { CompileRegex } from './term.ts';

export interface CompiledFilter {
  readonly parsed: ParsedFilter;
  /** Rows that may be looked at before the clock is read. */
  readonly block: number;
  /** Those of the ascending rows that it lets through. */
  matching(analysis: Analysis, rows: readonly RowIndex[]): readonly RowIndex[];
  /** True where it lets through no row that `earlier` does not. */
  narrows(earlier: CompiledFilter): boolean;
}

export function compileFilter(text: string, compile: CompileRegex | null): CompiledFilter {
  const parsed = parseFilter(text, { compile });
  const { node } = parsed;
  return {
    parsed,
    block: node !== null && isSlow(node) ? 1 : 64,
    matching: (analysis, rows) => (node === null ? rows : rowsMatching(analysis, rows, node)),
    narrows: ({ parsed: { node: earlier } }) => earlier === null || (node !== null && narrows(earlier, node)),
  };
}

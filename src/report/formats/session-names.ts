/** What sessions are called where a person reads of them. */
import type { Analysis } from '../../analysis/api/analysis.ts';

/** The letter of each session by its id, in order of appearance. */
export function sessionLetters(analysis: Analysis): ReadonlyMap<string, string> {
  return new Map(analysis.sessions().map(({ id, letter }) => [id, letter]));
}

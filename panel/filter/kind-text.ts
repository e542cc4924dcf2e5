/** The kinds of rows as parts of the filter's text, put beside whatever else is in it. */
import { TOPICS } from '../../src/analysis/api/facts.ts';
import { asOnePart } from './filter-parts.ts';

/** Of which one or several are chosen: none is all of them. */
export interface Choice {
  readonly key: 'kind' | 'has';
  readonly values: readonly string[];
}

export const TOPIC_CHOICE: Choice = { key: 'kind', values: TOPICS };
export const SEVERITY_CHOICE: Choice = { key: 'has', values: ['error', 'warning'] };

const NO_REQUESTS = /(^|\s)-kind:request(?=\s|$)/g;

/** One value, or several in brackets with `or` between: as `withChosen` writes them. */
function pattern({ key, values }: Choice): RegExp {
  const one = `${key}:(?:${values.join('|')})`;
  return new RegExp(`(^|\\s)(${one}|\\(${one}(?: or ${one})+\\))(?=\\s|$)`, 'g');
}

export function chosenIn(filter: string, choice: Choice): ReadonlySet<string> {
  const [, , part = ''] = pattern(choice).exec(filter) ?? [];
  return new Set(choice.values.filter((value) => part.split(/[\s()]+/).includes(`${choice.key}:${value}`)));
}

/** The filter with these values in place of those that were chosen before. */
export function withChosen(filter: string, choice: Choice, chosen: ReadonlySet<string>): string {
  const rest = plain(filter.replace(pattern(choice), ' '));
  const parts = choice.values.filter((value) => chosen.has(value)).map((value) => `${choice.key}:${value}`);
  if (parts.length === 0) return rest;
  const [only = ''] = parts;
  return `${asOnePart(rest)} ${parts.length === 1 ? only : `(${parts.join(' or ')})`}`.trim();
}

/** False where requests that brought no event are left out. */
export function showsRequests(filter: string): boolean {
  return filter.match(NO_REQUESTS) === null;
}

export function withRequests(filter: string, shown: boolean): string {
  const rest = plain(filter.replace(NO_REQUESTS, ' '));
  return shown ? rest : `${asOnePart(rest)} -kind:request`.trim();
}

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

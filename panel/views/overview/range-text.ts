/** A range of time as terms of the filter's language, put beside whatever else is in the filter. */

import { asOnePart } from '../../filter/filter-parts.ts';

/** Epoch milliseconds; `to` is not in it. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

const TERM = /(^|\s)(after|before):(\d{4}-\d{2}-\d{2}T[\d:.]+)(?=\s|$)/g;

/** The filter without the range that was put there. */
export function withoutRange(filter: string): string {
  return filter.replace(TERM, ' ').replace(/\s+/g, ' ').trim();
}

/** The filter with this range in place of an earlier one. An `or` beside it is put into brackets. */
export function withRange(filter: string, { from, to }: TimeRange): string {
  const rest = withoutRange(filter);
  return `${asOnePart(rest)} after:${local(Math.floor(from))} before:${local(Math.ceil(to))}`.trim();
}

/** The range that was put into a filter; null where there is none, or only one end. */
export function rangeIn(filter: string): TimeRange | null {
  const ends = new Map([...filter.matchAll(TERM)].map(([, , key, time = '']) => [key, Date.parse(time)]));
  const [from, to] = [ends.get('after'), ends.get('before')];
  return from === undefined || to === undefined || !(from < to) ? null : { from, to };
}

/** Local time with its date, as the filter reads it. */
function local(time: number): string {
  const date = new Date(time);
  return new Date(time - date.getTimezoneOffset() * 60_000).toISOString().slice(0, -1);
}

/** Values as short text for a finding's sentence. */
import { isObject } from '../text/json-object.ts';

const LIMIT = 80;

/** A JSON value in at most 80 characters; objects and arrays are named, not printed: they may be huge or deep. */
export function shortText(value: unknown): string {
  if (typeof value === 'string') return value.length > LIMIT ? `${value.slice(0, LIMIT - 1)}…` : value;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (isObject(value)) return 'an object';
  const text = String(value);
  return text.length > LIMIT ? `${text.slice(0, LIMIT - 1)}…` : text;
}

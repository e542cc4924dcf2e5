/** Values as short text for a finding's sentence. */

const LIMIT = 80;

/** A JSON value in at most 80 characters; objects and arrays are named, not printed: they may be huge or deep. */
export function shortText(value: unknown): string {
  if (typeof value === 'string') return value.length > LIMIT ? `${value.slice(0, LIMIT - 1)}…` : value;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}

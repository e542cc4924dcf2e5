/** Times as chat servers write them: seconds or milliseconds since 1970, as a number or as a string of digits. */

/** 1 Jan 2000 and 1 Jan 2100 in Unix seconds: outside of it a number is no time of a chat. */
const EARLIEST = 946_684_800;
const LATEST = 4_102_444_800;

export interface WireTime {
  /** Unix epoch milliseconds. */
  readonly at: number;
  /** The unit it was written in. The two ranges do not meet, so there is never a doubt. */
  readonly unit: 's' | 'ms';
}

/** What a wire value means as a time; null where it is no time (text, negative, a year outside 2000–2100). */
export function wireTime(value: unknown): WireTime | null {
  const digits = typeof value === 'string' ? fromDigits(value) : value;
  if (typeof digits !== 'number') return null;
  if (digits >= EARLIEST && digits < LATEST) return { at: digits * 1000, unit: 's' };
  if (digits >= EARLIEST * 1000 && digits < LATEST * 1000) return { at: digits, unit: 'ms' };
  return null;
}

/** Longer strings are no time; the limit keeps a hostile string from being scanned. */
const LONGEST = 24;

function fromDigits(text: string): number | null {
  if (text.length === 0 || text.length > LONGEST) return null;
  return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : null;
}

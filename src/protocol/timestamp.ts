/** Times as chat servers write them: seconds or milliseconds since 1970, as a number or as a string of digits. */
import { asDouble } from '../text/json-object.ts';

/** 1 Jan 2000 and 1 Jan 2100 in Unix seconds: outside of it a number is no time of a chat. */
const EARLIEST = 946_684_800;
const LATEST = 4_102_444_800;

/** A wire value as Unix milliseconds; null where it is no time (text, negative, a year outside 2000–2100). */
export function wireTime(value: unknown): number | null {
  const number = typeof value === 'string' ? fromDigits(value) : asDouble(value);
  const unit = unitOfNumber(number);
  if (unit === null || typeof number !== 'number') return null;
  return unit === 's' ? number * 1000 : number;
}

/** The unit a time is written in. The two ranges do not meet, so there is never a doubt. */
export function wireTimeUnit(value: unknown): 's' | 'ms' | null {
  return unitOfNumber(typeof value === 'string' ? fromDigits(value) : asDouble(value));
}

function unitOfNumber(value: unknown): 's' | 'ms' | null {
  if (typeof value !== 'number') return null;
  if (value >= EARLIEST && value < LATEST) return 's';
  return value >= EARLIEST * 1000 && value < LATEST * 1000 ? 'ms' : null;
}

/** Longer strings are no time; the limit keeps a hostile string from being scanned. */
const LONGEST = 24;

/** The schema asks for a time and the order of events asks again; what follows is mostly of the same second. */
let lastText = '';
let lastNumber: number | null = null;

function fromDigits(text: string): number | null {
  if (text === lastText) return lastNumber;
  const number = readDigits(text);
  // A longer one is not worth to be held on to.
  if (text.length > LONGEST) return number;
  lastText = text;
  lastNumber = number;
  return number;
}

function readDigits(text: string): number | null {
  const { length } = text;
  if (length === 0 || length > LONGEST) return null;
  if (length > PLAIN) return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : null;
  let number = 0;
  for (let at = 0; at < length; at += 1) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit >= 0 && digit <= 9) number = number * 10 + digit;
    else return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : null;
  }
  return number;
}

/** Almost every time has ten or thirteen digits: so many are exact in a number without further ado. */
const PLAIN = 15;

/** Values that show by themselves what they are, wherever they stand. */
import type { Kind } from './kinds.ts';
import { UUIDS_IN_TEXT } from './tokens.ts';

export interface Match {
  readonly start: number;
  readonly end: number;
  readonly kind: Kind;
}

interface Pattern {
  readonly kind: Kind;
  /** Global; each looks at a bounded number of characters. */
  readonly pattern: RegExp;
  readonly check?: (text: string) => boolean;
}

const PATTERNS: readonly Pattern[] = [
  { kind: 'token', pattern: /\beyJ[\w-]{5,8192}\.[\w-]{2,8192}(?:\.[\w-]{0,8192})?/g },
  { kind: 'token', pattern: /\b(?:Bearer|Basic|Digest)\s+[\w.~+/=-]{6,8192}/gi },
  { kind: 'token', pattern: /\b(?:sk|pk|ghp|gho|xox[abp]|AKIA|AIza)[_-]?[\w-]{12,256}/g },
  { kind: 'email', pattern: /[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu },
  { kind: 'iban', pattern: /\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{1,4}){3,9}\b/gi, check: isIban },
  { kind: 'card', pattern: /(?<![\d.])\d(?:[ -]?\d){12,18}(?![\d.])/g, check: isCard },
  {
    kind: 'address',
    pattern: /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])/g,
  },
  {
    kind: 'address',
    pattern: /(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){1,7}(?![\w:])/gi,
    check: isIp6,
  },
  {
    kind: 'phone',
    pattern: /(?<![\w#])(?:\+|00)?(?:\(\d{1,5}\)[ ./-]?)?\d(?:[ ./()-]{0,3}\d){6,14}(?![\w])/g,
    check: isPhone,
  },
];

/** Kinds whose digits an id may have by chance. */
const DIGITS: ReadonlySet<Kind> = new Set<Kind>(['phone', 'card', 'iban']);

/** What the patterns find in a text, from left to right, none inside another. */
export function matchesIn(text: string): Match[] {
  const found: Match[] = [];
  const ids = [...text.matchAll(UUIDS_IN_TEXT)].map(({ index }) => index);
  for (const { kind, pattern, check } of PATTERNS) {
    if (!mayHold(kind, text)) continue;
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      const [whole] = match;
      const isInId = DIGITS.has(kind) && ids.some((at) => match.index < at + 36 && at < pattern.lastIndex);
      if (!isInId && (check === undefined || check(whole)))
        found.push({ start: match.index, end: match.index + whole.length, kind });
    }
  }
  return withoutOverlaps(found);
}

/** The kind of a value that is one of the patterns from its beginning to its end; null for any other. */
export function kindOfWhole(text: string): Kind | null {
  if (text.length > 8_192) return null;
  const trimmed = text.trim();
  for (const { start, end, kind } of matchesIn(trimmed))
    if (start === 0 && end === trimmed.length) return kind;
  return null;
}

/** Of matches that overlap the first has it, and of those that begin together the longest. */
export function withoutOverlaps<T extends { readonly start: number; readonly end: number }>(
  matches: readonly T[],
): T[] {
  const ordered = [...matches].sort((one, other) => one.start - other.start || other.end - one.end);
  const kept: T[] = [];
  let at = 0;
  for (const match of ordered) {
    if (match.start < at) continue;
    kept.push(match);
    at = match.end;
  }
  return kept;
}

/** A cheap look, so that most texts are not searched for most kinds. */
function mayHold(kind: Kind, text: string): boolean {
  if (kind === 'email') return text.includes('@');
  return kind === 'token' || /\d/.test(text);
}

function isIban(text: string): boolean {
  const plain = text.replaceAll(/[ -]/g, '').toUpperCase();
  if (plain.length < 15 || plain.length > 34) return false;
  let rest = 0;
  for (const char of plain.slice(4) + plain.slice(0, 4)) {
    const value = Number.parseInt(char, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** The check digit of Luhn. */
function isCard(text: string): boolean {
  const digits = text.replaceAll(/\D/g, '');
  if (digits.length < 13 || digits.length > 19) return false;
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at]);
    const value = at % 2 === 0 ? digit : digit * 2;
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}

function isPhone(text: string): boolean {
  const digits = text.replaceAll(/\D/g, '');
  if (digits.length < 7 || digits.length > 15) return false;
  // Plain digits without a plus are a telephone number from nine on; fewer are more often something else.
  if (/^\d+$/.test(text)) return digits.length >= 9 && !/^909090909\d{6}$/.test(text);
  // A date and a clock are none.
  return !/^\d{4}-\d{2}-\d{2}(?:[ ]\d{2})?$/.test(text) && !/^\d{1,3}(?:[.]\d{3})+$/.test(text);
}

function isIp6(text: string): boolean {
  const groups = text.split(':').length;
  return groups >= 4 && (text.includes('::') || groups === 8);
}

/**
 * Matches that overlap as one, which covers all that any of them covers and is told by the longest: what is left out of
 * one could be a part of what another one hides.
 */
export function united<T extends { readonly start: number; readonly end: number }>(
  matches: readonly T[],
): T[] {
  const ordered = [...matches].sort((one, other) => one.start - other.start || other.end - one.end);
  const found: T[] = [];
  let longest = 0;
  for (const match of ordered) {
    const last = found.at(-1);
    const length = match.end - match.start;
    if (last === undefined || match.start >= last.end) {
      found.push(match);
      longest = length;
      continue;
    }
    const end = Math.max(last.end, match.end);
    found[found.length - 1] = { ...(length > longest ? match : last), start: last.start, end };
    longest = Math.max(longest, length);
  }
  return found;
}

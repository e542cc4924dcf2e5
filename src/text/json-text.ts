/**
 * JSON as text: how deep it goes, where the elements of an envelope begin and end, and a parse that hostile depth
 * cannot break. Everything here is a loop and not a recursion.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** JSON below so many levels is read as null: whoever walks a value stays shallow. */
export const JSON_DEPTH = 200;

export type Slice = readonly [start: number, end: number];

export interface ParsedJson {
  readonly value: unknown;
  /** True when parts deeper than the cap were read as null. */
  readonly tooDeep: boolean;
}

/** The value of a JSON text, own `__proto__` keys included as data; null when it does not parse. */
export function parseJson(text: string): ParsedJson | null {
  const { readable, tooDeep } = readableJson(text);
  try {
    return { value: JSON.parse(readable), tooDeep };
  } catch {
    return null;
  }
}

/** The text with what is deeper than the cap as null: what `JSON.parse` is given. */
export function readableJson(text: string): { readonly readable: string; readonly tooDeep: boolean } {
  const readable = mayBeTooDeep(text) ? withoutDepths(text) : text;
  return { readable, tooDeep: readable !== text };
}

/**
 * Slices of the elements of the list in `text`: the array itself, or the array under the top-level key `name`
 * (the last one, as JSON.parse has it). Stops quietly where the text is cut off: `complete` is false and the slices
 * are those of the elements that are whole. Null where there is no such list.
 */
export function elementSlices(
  text: string,
  name: string,
): { readonly slices: Slice[]; readonly complete: boolean } | null {
  const start = skipSpace(text, 0);
  const first = text.charCodeAt(start);
  if (first === OPEN_BRACKET) return listSlices(text, start);
  if (first !== OPEN_BRACE) return null;
  let found: { slices: Slice[]; complete: boolean } | null = null;
  let at = skipSpace(text, start + 1);
  while (at < text.length && text.charCodeAt(at) === QUOTE) {
    const keyEnd = stringEnd(text, at);
    const key = text.slice(at + 1, keyEnd - 1);
    at = skipSpace(text, keyEnd);
    if (text.charCodeAt(at) !== COLON) return found;
    at = skipSpace(text, at + 1);
    if (key === name || (key.includes('\\') && decodedKey(key) === name)) {
      found = text.charCodeAt(at) === OPEN_BRACKET ? listSlices(text, at) : null;
      if (found !== null && !found.complete) return found;
    }
    at = skipSpace(text, skipValue(text, at));
    if (text.charCodeAt(at) !== COMMA) break;
    at = skipSpace(text, at + 1);
  }
  return found;
}

/** The text without the white space around it, as a slice. */
export function trimmedSlice(text: string): Slice {
  const start = skipSpace(text, 0);
  let end = text.length;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return [start, end];
}

function listSlices(text: string, open: number): { slices: Slice[]; complete: boolean } {
  const slices: Slice[] = [];
  let at = skipSpace(text, open + 1);
  if (text.charCodeAt(at) === CLOSE_BRACKET) return { slices, complete: true };
  while (at < text.length) {
    const end = skipValue(text, at);
    if (end < 0 || end > text.length) break;
    const next = skipSpace(text, end);
    const separator = text.charCodeAt(next);
    if (separator !== COMMA && separator !== CLOSE_BRACKET) {
      // A cut right behind a whole object or string still leaves the element whole.
      if (next >= text.length && isClosing(text.charCodeAt(end - 1))) slices.push([at, end]);
      break;
    }
    slices.push([at, end]);
    if (separator === CLOSE_BRACKET) return { slices, complete: true };
    at = skipSpace(text, next + 1);
  }
  return { slices, complete: false };
}

/** Index behind the value that starts at `at`; past the end of the text when it is cut off. */
function skipValue(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === QUOTE) return stringEnd(text, at);
  if (code !== OPEN_BRACE && code !== OPEN_BRACKET) {
    let end = at;
    while (end < text.length && !endsScalar(text.charCodeAt(end))) end += 1;
    return end === at ? text.length + 1 : end;
  }
  let depth = 0;
  let index = at;
  while (index < text.length) {
    const here = text.charCodeAt(index);
    if (here === QUOTE) {
      index = stringEnd(text, index);
      continue;
    }
    if (here === OPEN_BRACE || here === OPEN_BRACKET) depth += 1;
    else if (here === CLOSE_BRACE || here === CLOSE_BRACKET) {
      depth -= 1;
      if (depth === 0) return index + 1;
    }
    index += 1;
  }
  return text.length + 1;
}

/** Index behind the closing quote of the string that opens at `at`; past the end when it is cut off. */
export function stringEnd(text: string, at: number): number {
  let quote = text.indexOf('"', at + 1);
  while (quote !== -1) {
    let slashes = quote - 1;
    while (slashes > at && text.charCodeAt(slashes) === BACKSLASH) slashes -= 1;
    if ((quote - slashes) % 2 === 1) return quote + 1;
    quote = text.indexOf('"', quote + 1);
  }
  return text.length + 1;
}

/** Cheap for ordinary texts: what nests deeper than the cap has as many brackets, opening and closing. */
function mayBeTooDeep(text: string): boolean {
  if (text.length <= 2 * JSON_DEPTH) return false;
  const brackets = countUpTo(text, '[', JSON_DEPTH);
  // A level of braces takes `{"":}` at least.
  if (brackets * 2 + (JSON_DEPTH - brackets) * 5 > text.length) return false;
  return brackets + countUpTo(text, '{', JSON_DEPTH) > JSON_DEPTH;
}

function countUpTo(text: string, character: string, limit: number): number {
  let count = 0;
  let at = text.indexOf(character);
  while (at !== -1 && count <= limit) {
    count += 1;
    at = text.indexOf(character, at + 1);
  }
  return count;
}

/** The text with `null` in place of every container below the cap, so that whoever walks the value stays shallow. */
function withoutDepths(text: string): string {
  const kept: string[] = [];
  let keptFrom = 0;
  let depth = 0;
  let index = 0;
  while (index < text.length) {
    const here = text.charCodeAt(index);
    if (here === QUOTE) {
      index = stringEnd(text, index);
      continue;
    }
    if (here === OPEN_BRACE || here === OPEN_BRACKET) {
      if (depth === JSON_DEPTH) {
        const end = skipValue(text, index);
        kept.push(text.slice(keptFrom, index), 'null');
        keptFrom = end;
        index = end;
        continue;
      }
      depth += 1;
    } else if (here === CLOSE_BRACE || here === CLOSE_BRACKET) depth -= 1;
    index += 1;
  }
  if (kept.length === 0) return text;
  kept.push(text.slice(keptFrom));
  return kept.join('');
}

function decodedKey(key: string): string {
  try {
    return String(JSON.parse(`"${key}"`));
  } catch {
    return key;
  }
}

function isClosing(code: number): boolean {
  return code === CLOSE_BRACE || code === CLOSE_BRACKET || code === QUOTE;
}

function endsScalar(code: number): boolean {
  return code === COMMA || code === CLOSE_BRACKET || code === CLOSE_BRACE || isSpace(code);
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

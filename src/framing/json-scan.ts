/**
 * Walks the characters of JSON once and says where named objects and strings stand in it: linear in the text, without
 * recursion, so that neither depth nor length can break it. Several JSON texts may follow each other.
 */
import type { JsonPath } from './layer.ts';

/** Which objects are events: those whose member `typeMember` is a string that `knows` accepts. */
export interface EventNames {
  readonly typeMember: string;
  knows(name: string): boolean;
}

/** An object or a string that was found, and where it stands in the text. */
export interface Found {
  readonly kind: 'event' | 'string';
  readonly start: number;
  readonly end: number;
  readonly path: JsonPath;
}

/** A whole value at the root of the text. */
export interface RootValue {
  readonly start: number;
  readonly end: number;
}

export interface Scan {
  /** Events, and strings that `isOfInterest`, none inside an event, in the order in which they stand. */
  readonly found: readonly Found[];
  readonly roots: readonly RootValue[];
  /** True where everything up to the end of the text was JSON. */
  readonly complete: boolean;
  /** True where something below the greatest depth was passed over. */
  readonly tooDeep: boolean;
}

interface Level {
  readonly isList: boolean;
  readonly start: number;
  /** The member that is being read, or the position in a list. */
  key: string | number;
  /** What the type member says: nothing, a known name, or another string. */
  named: 'no' | 'known' | 'other';
  /** Of a list: how many elements are events, and where those are that have another name. */
  events: number;
  others: { readonly start: number; readonly end: number; readonly key: number }[] | null;
  /** How many were found before it opened. */
  readonly before: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const RECORD_SEPARATOR = 0x1e;

/**
 * @param isOfInterest whether a string, as it is written between its quotes, is to be found
 * @param maxDepth levels below which nothing is found
 */
export function scanJson(
  text: string,
  names: EventNames,
  isOfInterest: (start: number, end: number) => boolean,
  maxDepth: number,
): Scan {
  const levels: Level[] = [];
  const roots: RootValue[] = [];
  let found: Found[] = [];
  let tooDeep = false;
  let at = skipBetweenRoots(text, 0);
  let rootStart = at;

  const pathHere = (depth: number): JsonPath => {
    const path: (string | number)[] = [];
    for (let level = 0; level < depth; level += 1) path.push(levels[level]?.key ?? '');
    return path;
  };
  const result = (complete: boolean): Scan => {
    return { found, roots, complete, tooDeep };
  };

  while (at < text.length) {
    const code = text.charCodeAt(at);
    let end: number;
    const level = levels.at(-1);
    if (code === OPEN_OBJECT || code === OPEN_LIST) {
      if (levels.length > maxDepth) tooDeep = true;
      const isList = code === OPEN_LIST;
      const key = isList ? 0 : '';
      const before = found.length;
      // Not spread from another object: a message may open a million of them.
      levels.push({ isList, start: at, key, named: 'no', events: 0, others: null, before });
      at = skipSpace(text, at + 1);
      if (text.charCodeAt(at) !== (isList ? CLOSE_LIST : CLOSE_OBJECT)) {
        if (isList) continue;
        const next = readKey(text, at, levels.at(-1));
        if (next < 0) return result(false);
        at = next;
        continue;
      }
      end = at + 1;
      close(end);
    } else if (code === QUOTE) {
      end = stringEnd(text, at);
      if (end < 0) return result(false);
      if (level !== undefined && !level.isList && level.key === names.typeMember) {
        const name = decodedString(text, at, end);
        level.named = name !== null && names.knows(name) ? 'known' : 'other';
      }
      if (levels.length <= maxDepth && isOfInterest(at + 1, end - 1)) {
        found.push({ kind: 'string', start: at, end, path: pathHere(levels.length) });
      }
    } else {
      end = at;
      while (end < text.length && isScalar(text.charCodeAt(end))) end += 1;
      if (end === at || !isLiteral(text.slice(at, end))) return result(false);
    }
    // Behind a value: what comes next in the levels around it.
    for (;;) {
      const around = levels.at(-1);
      if (around === undefined) {
        roots.push({ start: rootStart, end });
        at = skipBetweenRoots(text, end);
        rootStart = at;
        break;
      }
      at = skipSpace(text, end);
      const separator = text.charCodeAt(at);
      if (separator === COMMA) {
        at = skipSpace(text, at + 1);
        if (around.isList) {
          around.key = Number(around.key) + 1;
          break;
        }
        const next = readKey(text, at, around);
        if (next < 0) return result(false);
        at = next;
        break;
      }
      if (separator !== (around.isList ? CLOSE_LIST : CLOSE_OBJECT)) return result(false);
      end = at + 1;
      close(end);
    }
  }
  return result(levels.length === 0);

  function close(end: number): void {
    const level = levels.pop();
    if (level === undefined) return;
    const around = levels.at(-1);
    if (level.isList) {
      if (level.events === 0 || level.others === null) return;
      found = withOthers(found, level, level.others, pathHere(levels.length));
      return;
    }
    if (level.named === 'known' && levels.length <= maxDepth) {
      // What stands inside an event is its content: a person may have typed it.
      found.length = level.before;
      found.push({ kind: 'event', start: level.start, end, path: pathHere(levels.length) });
      if (around?.isList) around.events += 1;
    } else if (level.named === 'other' && around?.isList) {
      around.others ??= [];
      around.others.push({ start: level.start, end, key: Number(around.key) });
    }
  }
}

/** Takes the member's name into the level; gives where its value begins, -1 where there is none. */
function readKey(text: string, at: number, level: Level | undefined): number {
  if (level === undefined || text.charCodeAt(at) !== QUOTE) return -1;
  const end = stringEnd(text, at);
  if (end < 0) return -1;
  level.key = decodedString(text, at, end) ?? text.slice(at + 1, end - 1);
  const colon = skipSpace(text, end);
  return text.charCodeAt(colon) === COLON ? skipSpace(text, colon + 1) : -1;
}

/** Behind the closing quote of the string that opens at `at`; -1 where it is cut off. */
export function stringEnd(text: string, at: number): number {
  let quote = text.indexOf('"', at + 1);
  while (quote !== -1) {
    let slashes = quote - 1;
    while (slashes > at && text.charCodeAt(slashes) === BACKSLASH) slashes -= 1;
    if ((quote - slashes) % 2 === 1) return quote + 1;
    quote = text.indexOf('"', quote + 1);
  }
  return -1;
}

/** What a string with its quotes says; null where it is no JSON string. */
export function decodedString(text: string, start: number, end: number): string | null {
  const inside = text.slice(start + 1, end - 1);
  if (!inside.includes('\\')) return inside;
  try {
    const value: unknown = JSON.parse(text.slice(start, end));
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

/** Beside an event of a list stand others of the protocol, with names that nobody knows: they are events too. */
function withOthers(
  found: Found[],
  list: Level,
  others: readonly { readonly start: number; readonly end: number; readonly key: number }[],
  path: JsonPath,
): Found[] {
  const merged = found.slice(0, list.before);
  let next = list.before;
  for (const { start, end, key } of others) {
    for (let each = found[next]; each !== undefined && each.start < end; each = found[next]) {
      // What stands inside it is its content.
      if (each.start < start) merged.push(each);
      next += 1;
    }
    merged.push({ kind: 'event', start, end, path: [...path, key] });
  }
  for (; next < found.length; next += 1) {
    const each = found[next];
    if (each !== undefined) merged.push(each);
  }
  return merged;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

/** Between texts may also stand U+001E, before the first a byte order mark. */
function skipBetweenRoots(text: string, from: number): number {
  let at = from === 0 && text.charCodeAt(0) === 0xfeff ? 1 : from;
  while (isSpace(text.charCodeAt(at)) || text.charCodeAt(at) === RECORD_SEPARATOR) at += 1;
  return at;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** Characters of numbers and of `true`, `false`, `null`. */
function isScalar(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x61 && code <= 0x7a) ||
    code === 0x45 ||
    code === 0x2b ||
    code === 0x2d ||
    code === 0x2e
  );
}

function isLiteral(text: string): boolean {
  return (
    text === 'true' ||
    text === 'false' ||
    text === 'null' ||
    /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text)
  );
}

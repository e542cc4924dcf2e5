/**
 * Walks JSON text as far as it is JSON and has its keys, strings and numbers replaced where they stand, without
 * recursion. Several values may follow each other, with white space or U+001E between them.
 */
import { decodedString, stringEnd } from './json-lexer.ts';

/** An object or list around a value. */
export interface Level {
  readonly isList: boolean;
  /** The member or position that is being read. */
  key: string | number;
  /** Whether the object, or one around it, is an event with a known name. */
  readonly inEvent: boolean;
  /** What the visitor knows of the values in it. */
  readonly note: unknown;
}

export interface JsonVisitor {
  /** The note of an object or list that opens under `around`; `event`: the name of an event that is known. */
  open(around: Level | undefined, isList: boolean, event: string | null): unknown;
  /** What stands in place of a string; null: it stays as it was. */
  string(value: string, levels: readonly Level[]): string | null;
  /** The text of a number in its place. */
  number(raw: string, levels: readonly Level[]): string | null;
  key(name: string, levels: readonly Level[]): string | null;
  /** A string that is none, for a line end or a wrong escape in it; what stands in its place is made as wrong. */
  wrongString(raw: string): string | null;
}

export interface JsonWalk {
  readonly edits: { start: number; end: number; text: string }[];
  /** Up to where the text was JSON: its length where all of it is. */
  readonly until: number;
  /** True where the text ended inside of a value. */
  readonly cutOff: boolean;
  /** Root values that were whole, and whether each is an object or a list. */
  readonly roots: number;
  readonly containers: boolean;
}

/** Stands between records. */
export const RECORD_SEPARATOR = String.fromCharCode(0x1e);
const SPACE = new RegExp(`[\\s\\ufeff${RECORD_SEPARATOR}]*`, 'y');
const SCALAR = /[-+.0-9A-Za-z]+/y;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** @param events names of known events by where their objects begin; see `knownEvents` */
export function walkJson(text: string, visitor: JsonVisitor, events: ReadonlyMap<number, string>): JsonWalk {
  const edits: JsonWalk['edits'] = [];
  const levels: Level[] = [];
  let roots = 0;
  let containers = true;
  let at = spaceEnd(text, 0);
  const stop = (until: number, cutOff: boolean): JsonWalk => ({ edits, until, cutOff, roots, containers });
  const put = (start: number, end: number, value: string | null) => {
    if (value !== null) edits.push({ start, end, text: JSON.stringify(value) });
  };
  const wrong = (start: number, end: number) => {
    const raw = text.slice(start + 1, end - 1);
    const value = visitor.wrongString(raw);
    if (value !== null) edits.push({ start, end, text: `"${value}${hasControl(raw) ? '\n' : '\\x'}"` });
  };
  /** Takes a member's name; gives where its value begins, or -1. */
  const readKey = (level: Level): number => {
    if (text[at] !== '"') return -1;
    const end = stringEnd(text, at);
    if (end < 0) return -1;
    const colon = spaceEnd(text, end);
    if (text[colon] !== ':') return -1;
    const name = decodedString(text, at, end);
    level.key = name ?? '';
    if (name === null) wrong(at, end);
    else put(at, end, visitor.key(name, levels));
    return spaceEnd(text, colon + 1);
  };

  while (at < text.length) {
    const start = at;
    const char = text[at];
    let end: number;
    if (char === '{' || char === '[') {
      const isList = char === '[';
      const around = levels.at(-1);
      const event = events.get(at) ?? null;
      const inEvent = event !== null || (around?.inEvent ?? false);
      const note = visitor.open(around, isList, event);
      // Not spread from another object: a message may open millions of them.
      const level: Level = { isList, key: isList ? 0 : '', inEvent, note };
      levels.push(level);
      at = spaceEnd(text, at + 1);
      if (text[at] !== (isList ? ']' : '}')) {
        if (isList) {
          if (at >= text.length) return stop(at, true);
          continue;
        }
        const next = readKey(level);
        if (next < 0) return stop(at, stringIsCut(text, at));
        at = next;
        if (at >= text.length) return stop(at, true);
        continue;
      }
      levels.pop();
      end = at + 1;
    } else if (char === '"') {
      end = stringEnd(text, at);
      if (end < 0) return stop(start, true);
      const value = decodedString(text, at, end);
      if (value === null) wrong(start, end);
      else put(start, end, visitor.string(value, levels));
    } else {
      SCALAR.lastIndex = at;
      const raw = SCALAR.exec(text)?.[0] ?? '';
      end = at + raw.length;
      if (raw !== 'true' && raw !== 'false' && raw !== 'null') {
        if (!NUMBER.test(raw)) return stop(start, end >= text.length && raw !== '');
        const number = visitor.number(raw, levels);
        if (number !== null) edits.push({ start, end, text: number });
      }
    }
    for (;;) {
      const around = levels.at(-1);
      if (around === undefined) {
        roots += 1;
        containers &&= char === '{' || char === '[' || text[end - 1] === '}' || text[end - 1] === ']';
        at = spaceEnd(text, end);
        break;
      }
      at = spaceEnd(text, end);
      if (text[at] === ',') {
        at = spaceEnd(text, at + 1);
        if (around.isList) {
          around.key = Number(around.key) + 1;
          if (at >= text.length) return stop(at, true);
          break;
        }
        const next = readKey(around);
        if (next < 0) return stop(at, stringIsCut(text, at));
        at = next;
        if (at >= text.length) return stop(at, true);
        break;
      }
      if (text[at] !== (around.isList ? ']' : '}')) return stop(at, at >= text.length);
      levels.pop();
      end = at + 1;
    }
  }
  return stop(text.length, levels.length > 0);
}

/** Names of known events by where the objects begin that have them in one of `typeMembers`, however deep they stand. */
export function knownEvents(
  text: string,
  typeMembers: ReadonlySet<string>,
  knows: (name: string) => boolean,
): ReadonlyMap<number, string> {
  const starts = new Map<number, string>();
  const open: number[] = [];
  let key = '';
  let at = 0;
  while (at < text.length) {
    const char = text[at];
    if (char === '"') {
      const end = stringEnd(text, at);
      if (end < 0) break;
      const behind = spaceEnd(text, end);
      if (text[behind] === ':') {
        key = decodedString(text, at, end) ?? '';
        at = spaceEnd(text, behind + 1);
        if (text[at] !== '"' || !typeMembers.has(key)) continue;
        const valueEnd = stringEnd(text, at);
        if (valueEnd < 0) break;
        const name = decodedString(text, at, valueEnd) ?? '';
        if (knows(name)) starts.set(open.at(-1) ?? -1, name);
        at = valueEnd;
        continue;
      }
      at = end;
      continue;
    }
    if (char === '{' || char === '[') open.push(at);
    else if (char === '}' || char === ']') open.pop();
    at += 1;
  }
  return starts;
}

function spaceEnd(text: string, from: number): number {
  const code = text.charCodeAt(from);
  if (code > 0x20 && code < 0x7f) return from;
  SPACE.lastIndex = from;
  SPACE.test(text);
  return Math.max(from, SPACE.lastIndex);
}

const stringIsCut = (text: string, at: number): boolean =>
  at >= text.length ||
  (text[at] === '"' && stringEnd(text, at) < 0) ||
  /^"(?:[^"\\]|\\.)*"\s*$/.test(text.slice(at, at + 10_000));

function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) < 0x20) return true;
  return false;
}

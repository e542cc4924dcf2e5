/**
 * Where a text stops being JSON. The engines word and place their messages differently, and a trace has to give the
 * same findings in every one of them; so the place is found here, once `JSON.parse` has said no.
 */
export interface JsonFault {
  /** UTF-16 offset of the first character that cannot stand where it stands; the length when the text is cut off. */
  readonly offset: number;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  readonly cutOff: boolean;
}

/** The first fault, or null for a text that is JSON. */
export function jsonFault(text: string): JsonFault | null {
  const offset = faultOffset(text);
  if (offset === -1) return null;
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  return { offset, line, column: offset - lineStart + 1, cutOff: offset >= text.length };
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SPACE = /[ \t\n\r]*/y;
const LITERALS = ['true', 'false', 'null'] as const;

/** A pushdown reader: `open` is the stack of containers, `expects` what may come next. */
function faultOffset(text: string): number {
  const open: string[] = [];
  let expects: 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' = 'value';
  let at = afterSpace(text, 0);
  for (;;) {
    const inside = open.at(-1);
    if (expects === 'comma-or-end' && inside === undefined) return at === text.length ? -1 : at;
    if (at >= text.length) return text.length;
    const here = text.charAt(at);
    const closes = (inside === '{' && here === '}') || (inside === '[' && here === ']');
    if (closes && (expects === 'comma-or-end' || expects === 'key-or-end' || expects === 'value-or-end')) {
      open.pop();
      expects = 'comma-or-end';
      at += 1;
    } else if (expects === 'comma-or-end') {
      if (here !== ',') return at;
      expects = inside === '{' ? 'key' : 'value';
      at += 1;
    } else if (expects === 'colon') {
      if (here !== ':') return at;
      expects = 'value';
      at += 1;
    } else if (expects === 'key' || expects === 'key-or-end') {
      if (here !== '"') return at;
      const end = stringEnd(text, at);
      if (end.fault !== -1) return end.fault;
      expects = 'colon';
      at = end.next;
    } else if (here === '{' || here === '[') {
      open.push(here);
      expects = here === '{' ? 'key-or-end' : 'value-or-end';
      at += 1;
    } else {
      const end = scalarEnd(text, at);
      if (end.fault !== -1) return end.fault;
      expects = 'comma-or-end';
      at = end.next;
    }
    at = afterSpace(text, at);
  }
}

interface ScalarEnd {
  readonly next: number;
  readonly fault: number;
}

function scalarEnd(text: string, at: number): ScalarEnd {
  if (text.charAt(at) === '"') return stringEnd(text, at);
  for (const literal of LITERALS) {
    if (literal.charAt(0) !== text.charAt(at)) continue;
    for (let index = 0; index < literal.length; index += 1) {
      if (text.charAt(at + index) !== literal.charAt(index)) return { next: at, fault: at + index };
    }
    return { next: at + literal.length, fault: -1 };
  }
  NUMBER.lastIndex = at;
  const number = NUMBER.exec(text);
  if (number !== null) return { next: at + number[0].length, fault: -1 };
  return { next: at, fault: text.charAt(at) === '-' ? at + 1 : at };
}

function stringEnd(text: string, at: number): ScalarEnd {
  let index = at + 1;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (code === 0x22) return { next: index + 1, fault: -1 };
    if (code < 0x20) return { next: at, fault: index };
    if (code === 0x5c) {
      const escaped = text.charAt(index + 1);
      if (escaped === 'u') {
        for (let digit = index + 2; digit < index + 6; digit += 1) {
          if (!/^[0-9a-fA-F]$/.test(text.charAt(digit)))
            return { next: at, fault: Math.min(digit, text.length) };
        }
        index += 6;
        continue;
      }
      if (escaped === '' || !'"\\/bfnrt'.includes(escaped)) return { next: at, fault: index + 1 };
      index += 2;
      continue;
    }
    index += 1;
  }
  return { next: at, fault: text.length };
}

function afterSpace(text: string, at: number): number {
  SPACE.lastIndex = at;
  SPACE.exec(text);
  return Math.max(at, SPACE.lastIndex);
}

/**
 * Values as TypeScript that a person would write: single quotes, bare names of members, short lists on one line. Every
 * value is hostile text: nothing in it ends a string or a comment, and what cannot be seen is written out.
 */

import { HIDDEN_SET, shownText } from '../../text/shown-text.ts';

/** A line that is longer is broken up. */
const WIDTH = 100;
const STEP = '  ';
/** Deeper values are written as JSON: nobody reads them. */
const DEEPEST = 40;

/** Code of its own, which stands as it is among values. */
export class Code {
  constructor(readonly text: string) {}
}

/** The value as an expression; `indent` is what stands before its first line. */
export function literal(value: unknown, indent = ''): string {
  return written(value, indent, 0);
}

function written(value: unknown, indent: string, depth: number): string {
  if (value instanceof Code) return value.text;
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value);
  if (depth > DEEPEST) return `JSON.parse(${quoted(JSON.stringify(value))})`;
  const list = Array.isArray(value);
  const inner = indent + STEP;
  const parts = list
    ? value.map((each) => written(each, inner, depth + 1))
    : Object.entries(value).flatMap(([name, each]) =>
        each === undefined ? [] : [`${member(name)}: ${written(each, inner, depth + 1)}`],
      );
  if (parts.length === 0) return list ? '[]' : '{}';
  const line = list ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
  if (line.length + indent.length <= WIDTH && !line.includes('\n')) return line;
  const body = parts.map((part) => `${inner}${part},\n`).join('');
  return list ? `[\n${body}${indent}]` : `{\n${body}${indent}}`;
}

/** A name in a list of members. `__proto__: x` would not be a member. */
function member(name: string): string {
  if (name === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

/** A string in single quotes, on one line. */
export function quoted(text: string): string {
  const body = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${escaped(body)}'`;
}

/** Text for a comment to the end of the line: on one line, and no longer than a person reads. */
export function comment(text: string): string {
  const line = shownText(text.replace(/\s+/g, ' '));
  return line.length > 200 ? `${line.slice(0, 200)} …` : line;
}

/** Lines of comments are shorter than those of code. */
const COMMENT_WIDTH = 84;

/** Lines of a comment of at most `COMMENT_WIDTH` characters, each behind `before`. */
export function commentLines(text: string, before = '// '): string {
  const lines: string[] = [''];
  for (const word of comment(text).split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && before.length + line.length + word.length >= COMMENT_WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.map((line) => `${before}${line}\n`).join('');
}

const HIDDEN = new RegExp(`[${HIDDEN_SET}]`, 'gu');

/** What is not seen, or turns the direction of text, as escapes of a string. */
function escaped(text: string): string {
  return text.replace(HIDDEN, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}

/** Where a user says that events stand in a message: `payload`, `data[0]`, `arguments.0`. */
import { stringEnd } from './json-scan.ts';
import type { JsonPath } from './layer.ts';

/** Longer paths lead nowhere in practice. */
const MOST_STEPS = 32;
const STEP = /\.?(?:([^.[\]\s"']+)|\[(\d+|"[^"]*"|'[^']*')\])/y;

/** The members and positions of a path as a person writes it; null for a text that is none. */
export function parseWrapperPath(text: string): JsonPath | null {
  const steps: (string | number)[] = [];
  const written = text.trim().replace(/^\$\.?/, '');
  let at = 0;
  while (at < written.length) {
    STEP.lastIndex = at;
    const step = STEP.exec(written);
    if (step === null || ((at === 0) !== !step[0].startsWith('.') && step[1] !== undefined)) return null;
    const [, name, index] = step;
    if (name !== undefined) steps.push(name);
    else if (index !== undefined) steps.push(/^\d/.test(index) ? Number(index) : index.slice(1, -1));
    if (steps.length > MOST_STEPS) return null;
    at = STEP.lastIndex;
  }
  return steps.length === 0 ? null : steps;
}

/** [start, end) of the value at the path in a JSON text; null where it is not there. A number is a member's name too. */
export function valueAt(text: string, path: JsonPath): readonly [number, number] | null {
  let at = skipSpace(text, text.charCodeAt(0) === 0xfeff ? 1 : 0);
  for (const step of path) {
    const inside =
      text[at] === '{' ? memberAt(text, at, String(step)) : text[at] === '[' ? elementAt(text, at, step) : -1;
    if (inside < 0) return null;
    at = inside;
  }
  const end = valueEnd(text, at);
  return end > at && end <= text.length ? [at, end] : null;
}

/** Where the value of the member begins, of several the last, as `JSON.parse` has it; -1 where there is none. */
function memberAt(text: string, object: number, name: string): number {
  let found = -1;
  let at = skipSpace(text, object + 1);
  while (text[at] === '"') {
    const keyEnd = stringEnd(text, at);
    if (keyEnd < 0) return -1;
    const key = text.slice(at + 1, keyEnd - 1);
    const colon = skipSpace(text, keyEnd);
    if (text[colon] !== ':') return -1;
    const value = skipSpace(text, colon + 1);
    if (key === name || (key.includes('\\') && decodedKey(key) === name)) found = value;
    const end = valueEnd(text, value);
    if (end < 0) return found;
    at = skipSpace(text, end);
    if (text[at] !== ',') return found;
    at = skipSpace(text, at + 1);
  }
  return found;
}

function elementAt(text: string, list: number, step: string | number): number {
  const position = Number(step);
  if (!Number.isInteger(position) || position < 0) return -1;
  let at = skipSpace(text, list + 1);
  for (let index = 0; at < text.length && text[at] !== ']'; index += 1) {
    if (index === position) return at;
    const end = valueEnd(text, at);
    if (end < 0) return -1;
    at = skipSpace(text, end);
    if (text[at] !== ',') return -1;
    at = skipSpace(text, at + 1);
  }
  return -1;
}

/** Behind the value that begins at `at`; -1 where it is cut off. */
function valueEnd(text: string, at: number): number {
  const first = text[at];
  if (first === '"') return stringEnd(text, at);
  if (first !== '{' && first !== '[') {
    let end = at;
    while (end < text.length && !',]} \n\r\t'.includes(text[end] ?? '')) end += 1;
    return end;
  }
  let depth = 0;
  for (let index = at; index < text.length; ) {
    const here = text[index];
    if (here === '"') {
      index = stringEnd(text, index);
      if (index < 0) return -1;
      continue;
    }
    if (here === '{' || here === '[') depth += 1;
    else if (here === '}' || here === ']') depth -= 1;
    index += 1;
    if (depth === 0) return index;
  }
  return -1;
}

function decodedKey(key: string): string {
  try {
    return String(JSON.parse(`"${key}"`));
  } catch {
    return key;
  }
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at += 1;
  return at;
}

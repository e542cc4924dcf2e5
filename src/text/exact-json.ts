/**
 * JSON whose numbers are kept as they came. A reviver is given no source text by Node 20 nor Firefox 128, so that texts
 * with a number that a double may not hold are read once more, by a reader of our own.
 */
import { ExactNumber, isExact } from './exact-number.ts';
import { isObject } from './json-object.ts';
import { type ParsedJson, readableJson, stringEnd } from './json-text.ts';

/**
 * Sixteen digits in a row, an exponent, a fraction that ends in zero, or a negative zero where a value may stand. Inside of
 * a string it costs time and nothing else.
 */
const MAY_BE_INEXACT = /(?:^|[:[,\s])-?(?:\d[\d.]{15}|\d+(?:\.\d+)?[eE]|\d+\.\d*0(?!\d))|-0(?![.\d])/;

/** The value of a JSON text as `parseJson` gives it, numbers that a double does not hold as `ExactNumber`. */
export function parseExactJson(text: string): ParsedJson | null {
  const { readable, tooDeep } = readableJson(text);
  let value: unknown;
  try {
    value = JSON.parse(readable);
  } catch {
    return null;
  }
  return { value: MAY_BE_INEXACT.test(readable) ? readExactly(readable) : value, tooDeep };
}

/** `value` of the JSON in `text` from `start` to `end`, or the same with exact numbers where it has some. */
export function withExactNumbers(text: string, value: unknown, start = 0, end = text.length): unknown {
  if (!isObject(value) || !mayHoldNumber(value)) return value;
  const own = text.slice(start, end);
  return MAY_BE_INEXACT.test(own) ? (parseExactJson(own)?.value ?? value) : value;
}

/** A look at the members: almost every event has nothing but strings. */
function mayHoldNumber(object: Readonly<Record<string, unknown>>): boolean {
  for (const key in object) {
    const value = object[key];
    if (typeof value === 'number' || (typeof value === 'object' && value !== null)) return true;
  }
  return false;
}

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Of a text that is JSON, and not deep. */
function readExactly(text: string): unknown {
  let at = 0;
  const skipSpace = (): void => {
    while (at < text.length && text.charCodeAt(at) <= 0x20) at += 1;
  };
  const readString = (): string => {
    const end = stringEnd(text, at);
    const read: unknown = JSON.parse(text.slice(at, end));
    at = end;
    return String(read);
  };
  const readList = (): unknown[] => {
    const list: unknown[] = [];
    at += 1;
    for (skipSpace(); text[at] !== ']'; skipSpace()) {
      if (text[at] === ',') at += 1;
      list.push(readValue());
    }
    at += 1;
    return list;
  };
  const readObject = (): Record<string, unknown> => {
    const object: Record<string, unknown> = {};
    at += 1;
    for (skipSpace(); text[at] !== '}'; skipSpace()) {
      if (text[at] === ',') at += 1;
      skipSpace();
      const key = readString();
      skipSpace();
      at += 1;
      const value = readValue();
      // As JSON.parse has it, `__proto__` is a member like others.
      if (key === '__proto__') {
        Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
      } else object[key] = value;
    }
    at += 1;
    return object;
  };
  const readValue = (): unknown => {
    skipSpace();
    const first = text[at];
    if (first === '{') return readObject();
    if (first === '[') return readList();
    if (first === '"') return readString();
    if (first === 't') return word('true', true);
    if (first === 'f') return word('false', false);
    if (first === 'n') return word('null', null);
    NUMBER.lastIndex = at;
    const number = NUMBER.exec(text)?.[0];
    if (number === undefined) throw new Error('not JSON');
    at += number.length;
    return isExact(number) ? Number(number) : new ExactNumber(number);
  };
  const word = <T>(letters: string, value: T): T => {
    at += letters.length;
    return value;
  };
  return readValue();
}

/** One term of the filter: a value of a key, or a word, a phrase, a regular expression in the whole row. */
import {
  CHOICES,
  choicesInWords,
  FILTER_KEYS,
  type FilterKey,
  isNumberKey,
  isTextKey,
  isTimeKey,
  keyNamed,
  readChoice,
  readNumber,
  readTime,
} from './filter-keys.ts';
import type { Regex, Test, TextMatch, Token } from './filter-tree.ts';
import type { Scanner } from './scanner.ts';

/** Compiles a regular expression, or throws an error whose message says what is wrong with it. */
export type CompileRegex = (source: string, flags: string) => Regex;

interface Context {
  readonly compile: CompileRegex | null;
  /** A bracket that closes ends the term. */
  readonly inGroup: boolean;
}

/** A term as it was read. Without a test and a fault it asks for nothing yet. */
export interface ReadTerm {
  readonly test: Test | null;
  readonly fault: string | null;
  readonly kind: Token['kind'];
  /** Its regular expression waits for the engine. */
  readonly waits: boolean;
}

/** Longest source of a regular expression, in UTF-16 units. */
const LONGEST_REGEX = 1_000;

/** A word, a phrase or a regular expression for the whole row. */
export function readWord(scanner: Scanner, context: Context): ReadTerm {
  const { match, ...rest } = readMatch(scanner, context);
  return {
    ...rest,
    test: match === null ? null : { on: 'row', match },
    kind: rest.kind === 'value' ? 'word' : rest.kind,
  };
}

/** `key:value` where `key`, with or without a path, is one of ours; null where it is not: then it is part of a word. */
export function readTerm(scanner: Scanner, key: string, context: Context): ReadTerm | null {
  const dot = key.indexOf('.');
  const name = keyNamed(dot === -1 ? key : key.slice(0, dot));
  if (name === null || (dot !== -1 && name !== 'field')) return null;
  scanner.at += key.length + 1;
  if (name === 'field') {
    const path =
      dot === -1
        ? []
        : key
            .slice(dot + 1)
            .split('.')
            .filter((step) => step !== '');
    const { match, ...rest } = readMatch(scanner, context);
    return { ...rest, test: match === null ? null : { on: 'field', path, match } };
  }
  if (isTextKey(name))
    return CHOICES[name] === undefined ? readText(scanner, name, context) : readOneOf(scanner, name, context);
  const typed = scanner.char() === '"' ? scanner.quoted() : scanner.word(context.inGroup);
  const term = { test: null, fault: null, kind: 'value', waits: false } as const;
  // While the sign or the first digits are typed nothing is asked for yet.
  if (/^(?:[<>=]*|\+)$/.test(typed)) return term;
  if (isNumberKey(name)) return { ...term, ...readNumber(name, typed) };
  return isTimeKey(name) ? { ...term, ...readTime(name, typed) } : term;
}

function readText(scanner: Scanner, on: FilterKey & Test['on'], context: Context): ReadTerm {
  const { match, ...rest } = readMatch(scanner, context);
  return { ...rest, test: match === null ? null : ({ on, match } as Test) };
}

/** A key that takes one of few values: the value is compared whole. */
function readOneOf(scanner: Scanner, on: FilterKey & Test['on'], context: Context): ReadTerm {
  const { test, ...rest } = readText(scanner, on, context);
  if (test === null || !('match' in test) || test.match.how === 'regex') return { ...rest, test };
  const choice = readChoice(on, test.match.needle);
  if (choice !== null) {
    return { ...rest, test: { on, match: { how: 'equals', needle: choice } } as Test };
  }
  const fault = `${on}: there is no “${test.match.needle}”. It takes ${choicesInWords(on)}.`;
  return { ...rest, test: null, fault };
}

type ReadMatch = Omit<ReadTerm, 'test'> & { readonly match: TextMatch | null };

function readMatch(scanner: Scanner, { compile, inGroup }: Context): ReadMatch {
  const match = { match: null, fault: null, waits: false, kind: 'value' } as const;
  const from = scanner.at;
  const regex = scanner.regex(inGroup);
  if (regex !== null) return { ...match, ...readRegex(regex, compile), kind: 'regex' };
  // Only a value may ask to be equal: `=` before a word is part of it.
  const equals = scanner.char() === '=' && scanner.text[from - 1] === ':';
  if (equals) scanner.at += 1;
  const quoted = scanner.char() === '"';
  const needle = (quoted ? scanner.quoted() : scanner.word(inGroup)).toLowerCase();
  if (needle === '' && !(equals && quoted)) return match;
  return { ...match, match: { how: equals ? 'equals' : 'contains', needle } };
}

function readRegex(
  { source, flags }: { readonly source: string; readonly flags: string },
  compile: CompileRegex | null,
): Partial<ReadMatch> {
  if (/[^ims]/.test(flags)) return { fault: `/${source}/${flags} takes the letters i, m and s behind it.` };
  if (source.length > LONGEST_REGEX) {
    return {
      fault: `A regular expression may have ${LONGEST_REGEX} characters; this one has ${source.length}.`,
    };
  }
  if (compile === null) return { waits: true };
  try {
    return { match: { how: 'regex', source: `/${source}/${flags}`, regex: compile(source, flags) } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { fault: `/${source}/: ${reason}` };
  }
}

/** A sentence where an unknown key is one slip away from a known one; null where it is part of a word, as in a URL. */
export function slipOfKey(key: string, term: string): string | null {
  const meant =
    key.length < 3 || term.startsWith(`${key}:/`)
      ? undefined
      : FILTER_KEYS.find((known) => oneSlip(key.toLowerCase(), known));
  return meant === undefined ? null : `There is no key “${key}:”; ${meant}: is one. In quotes it is text.`;
}

/** True where one letter too many, too few, another one, or two that changed places make one word of the other. */
function oneSlip(one: string, other: string): boolean {
  let from = 0;
  while (from < one.length && one[from] === other[from]) from += 1;
  const [rest, otherRest] = [one.slice(from), other.slice(from)];
  if (rest.slice(1) === otherRest || rest === otherRest.slice(1) || rest.slice(1) === otherRest.slice(1))
    return true;
  return rest[0] === otherRest[1] && rest[1] === otherRest[0] && rest.slice(2) === otherRest.slice(2);
}

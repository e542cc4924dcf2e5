/**
 * Tokens in place of values: one value of one kind has one token in an export. They are numbered as they come and say
 * nothing of the value. The forms that rules and readers look at are kept: a UUID stays a UUID, a number a number, a
 * host a host. Tokens are known again, so that redacting twice changes nothing.
 */
import { isKind, KINDS, type Kind } from './kinds.ts';

const OPEN = '‹';
const CLOSE = '›';
const KIND_WORDS = Object.keys(KINDS).join('|');
const MARKED = `${OPEN}(?:(${KIND_WORDS})(?:-[a-z]+)?)#(\\d{1,9})(?:\\.[a-z0-9]{1,5})?(?:, ~\\d{1,12} chars)?`;
const NAMES = `(?:, ["']?(?:[a-z]{1,20}": ?")?[A-Za-z_]{1,100}["']?)*`;
const WHOLE_TOKEN = new RegExp(`^"?${MARKED}${CLOSE}$`);
const ANY_TOKEN = new RegExp(`${MARKED}${NAMES}${CLOSE}`, 'g');
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const UUID_TOKEN = /^1dd[0-9a-f]{5}-0000-4000-8000-[0-9a-f]{12}$/i;
const HOST_TOKEN = /^host-(\d{1,9})\.invalid$/i;
/** Fifteen digits that are no time in any unit, no card and no telephone number. */
const NUMBER_TOKEN = /^909090909(\d{6})$/;
const NUMERIC = /^-?\d{1,32}(?:\.\d{1,32})?$/;

/** A token as the text that it stands in holds it: whole, of any form. */
export function isToken(text: string): boolean {
  return WHOLE_TOKEN.test(text) || UUID_TOKEN.test(text) || HOST_TOKEN.test(text) || NUMBER_TOKEN.test(text);
}

export const isUuid = (text: string): boolean => UUID.test(text);
export const isNumericText = (text: string): boolean => NUMERIC.test(text);
export const UUIDS_IN_TEXT = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
/** Every token between marks in a text, for who shows them. */
export const tokensIn = (text: string): IterableIterator<RegExpExecArray> => text.matchAll(ANY_TOKEN);

export interface TokenPlace {
  readonly start: number;
  readonly end: number;
  /** Null where the form of the token does not say it. */
  readonly kind: Kind | null;
}

/** Where tokens of any form stand in a text as it is written, also percent-encoded in a URL; for who shows them. */
export function* tokenPlaces(text: string): Generator<TokenPlace, void, undefined> {
  for (const match of text.matchAll(WRITTEN)) {
    const [token, marked, , encoded, uuid, host] = match;
    const kind = marked ?? encoded ?? (uuid === undefined ? (host === undefined ? '' : 'host') : 'id');
    const start = match.index;
    yield { start, end: start + token.length, kind: isKind(kind) ? kind : null };
  }
}

const WRITTEN = new RegExp(
  [
    `${MARKED}${NAMES}${CLOSE}`,
    `%E2%80%B9(${KIND_WORDS})[^"/&?\\s]{1,80}?%E2%80%BA`,
    '\\b(1dd[0-9a-f]{5}-0000-4000-8000-[0-9a-f]{12})',
    '\\b(host-\\d{1,9}\\.invalid)',
    '\\b909090909\\d{6}\\b',
  ].join('|'),
  'gi',
);

/** How long a text is, so roughly that it cannot be told by it. */
function lengthClass(length: number): number {
  if (length < 10) return 10;
  const step = 10 ** Math.floor(Math.log10(length));
  return Math.round(length / step) * step;
}

const LONG_KINDS: ReadonlySet<Kind> = new Set<Kind>([
  'text',
  'preview',
  'value',
  'error',
  'title',
  'form',
  'sdp',
]);

export class Tokens {
  readonly #numbers = new Map<string, number>();
  readonly #next = new Map<string, number>();

  /** Numbers of tokens that a text already has are not given again. */
  reserve(text: string): void {
    if (text.includes(OPEN)) {
      for (const [, kind = '', number = ''] of tokensIn(text)) this.#reserve(kind, Number(number));
    }
    const lower = text.includes('host-') || text.includes('1dd') || text.includes('909090909');
    if (!lower) return;
    for (const [, number = ''] of text.matchAll(/host-(\d{1,9})\.invalid/gi))
      this.#reserve('host', Number(number));
    for (const [, number = ''] of text.matchAll(/1dd([0-9a-f]{5})-0000-4000-8000-/gi))
      this.#reserve('uuid', Number.parseInt(number, 16));
    for (const [, number = ''] of text.matchAll(/909090909(\d{6})/g)) this.#reserve('number', Number(number));
  }

  /** The token of a value: of its form where rules look at the form, else `‹kind#1›`. */
  of(kind: Kind, value: string): string {
    if (isToken(value)) return value;
    if (UUID.test(value)) return this.uuid(value);
    if (NUMERIC.test(value)) return this.number(kind, value);
    return this.marked(kind, value);
  }

  /** `‹kind#1›` for any value; what is long also says about how long. */
  marked(kind: Kind, value: string, more = ''): string {
    const number = this.#number(kind, `${kind} ${value}`);
    const extension = kind === 'file' ? (/\.([A-Za-z0-9]{1,5})$/.exec(value)?.[1]?.toLowerCase() ?? '') : '';
    const known = EXTENSIONS.has(extension) ? `.${extension}` : '';
    const length = LONG_KINDS.has(kind) ? `, ~${lengthClass(value.length)} chars` : '';
    return `${OPEN}${kind}#${number}${known}${length}${more}${CLOSE}`;
  }

  /** A number in digits, with which nothing can be called and nothing paid. */
  number(kind: Kind, digits: string): string {
    const number = this.#number('number', `${kind} number ${digits}`);
    return `909090909${String(number).padStart(6, '0')}`;
  }

  /** One UUID is one id whatever it is called; capitals stay capitals. */
  uuid(value: string): string {
    if (UUID_TOKEN.test(value)) return value;
    const number = this.#number('uuid', `uuid ${value.toLowerCase()}`);
    const token = `1dd${(number % 0x100000).toString(16).padStart(5, '0')}-0000-4000-8000-${Math.floor(
      number / 0x100000,
    )
      .toString(16)
      .padStart(12, '0')}`;
    return value === value.toUpperCase() && value !== value.toLowerCase() ? token.toUpperCase() : token;
  }

  host(value: string): string {
    if (HOST_TOKEN.test(value)) return value;
    return `host-${this.#number('host', `host ${value.toLowerCase()}`)}.invalid`;
  }

  #number(counter: string, key: string): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#next.get(counter) ?? 1;
    this.#next.set(counter, number + 1);
    this.#numbers.set(key, number);
    return number;
  }

  #reserve(counter: string, number: number): void {
    if (number >= (this.#next.get(counter) ?? 1)) this.#next.set(counter, number + 1);
  }
}

/** Endings of file names that say what a file is and nothing of whose it is. */
const EXTENSIONS: ReadonlySet<string> = new Set(
  'png jpg jpeg gif webp svg bmp heic pdf doc docx xls xlsx ppt pptx odt ods txt csv json xml html log zip gz mp3 mp4 wav ogg webm mov'.split(
    ' ',
  ),
);

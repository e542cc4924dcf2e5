/** Writing hostile text and colours to a terminal. */

/** Colours by what they mean. */
export interface Palette {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly note: (text: string) => string;
  readonly good: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

const paint = (open: number, close: number) => (text: string) => `\u001b[${open}m${text}\u001b[${close}m`;
const plain = (text: string) => text;

const COLOURS: Palette = {
  error: paint(31, 39),
  warning: paint(33, 39),
  note: paint(36, 39),
  good: paint(32, 39),
  strong: paint(1, 22),
  faint: paint(2, 22),
};
const NO_COLOURS: Palette = {
  error: plain,
  warning: plain,
  note: plain,
  good: plain,
  strong: plain,
  faint: plain,
};

/**
 * Colours where they are asked for; else where the output is a terminal, unless NO_COLOR is set; FORCE_COLOR asks for
 * them anywhere.
 */
export function palette(
  output: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
  asked: 'always' | 'never' | null = null,
): Palette {
  if (asked !== null) return asked === 'always' ? COLOURS : NO_COLOURS;
  if (env.NO_COLOR) return NO_COLOURS;
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0';
  return forced || (output.isTTY === true && env.TERM !== 'dumb') ? COLOURS : NO_COLOURS;
}

/** Control characters, line separators and the marks that turn the direction of text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what captured text must not do to a terminal
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** Captured text on one line, without anything that a terminal would obey. */
export function safe(text: string): string {
  return text.replace(UNSAFE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Text that UTF-8 can hold: half of a surrogate pair becomes the replacement character. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

/** At most `length` characters, with an ellipsis where something was cut. */
export function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** "1 error", "2 errors". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

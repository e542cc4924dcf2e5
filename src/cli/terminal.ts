/** Colours on a terminal. */

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

/** "1 error", "2 errors"; of other plurals, "2 entries". */
export function counted(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : nouns}`;
}

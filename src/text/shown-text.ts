/**
 * Captured text in, text out that hides nothing: characters that are invisible, that control a terminal or that change
 * the order of what stands around them are written as escapes, `\u{202E}`. One function for the terminal, the formats of
 * the command line and the panel.
 *
 * What stays as it is, because ordinary text needs it and it can be seen there: a zero width joiner and one variation
 * selector within an emoji, the flags of England, Scotland and Wales, a joiner or non-joiner between letters of the
 * scripts that are written with them, and one variation selector behind a Chinese, Japanese or Mongolian letter.
 * Spaces of any width stay too. The result is for eyes: it is not meant to be read back.
 */

/** Captured text on one line. Line breaks and tabs are written `\n`, `\r` and `\t`. */
export function shownText(text: string): string {
  return HIDDEN.test(text) ? text.replace(SEQUENCES, shownMatch) : text;
}

/** Captured text whose line breaks (LF, CRLF) and tabs stay, for places that have room for lines. */
export function shownLines(text: string): string {
  return HIDDEN.test(text) ? text.replace(SEQUENCES_AND_LINES, shownMatch) : text;
}

/**
 * Controls; what Unicode lets a program ignore (zero width and bidirectional characters, tags, fillers, selectors);
 * line and paragraph separators; interlinear annotations; the empty Braille cell; half surrogate pairs;
 * noncharacters, which XML cannot hold. The inside of a character class of a regular expression with the flag `u`.
 */
export const HIDDEN_SET =
  '\\p{Cc}\\p{Default_Ignorable_Code_Point}\\p{Zl}\\p{Zp}\\ufff9-\\ufffb\\u2800\\p{Cs}\\p{Noncharacter_Code_Point}';

const PICTOGRAPH = '\\p{Extended_Pictographic}(?:[\\ufe0e\\ufe0f]|\\p{Emoji_Modifier})?';

const FLAG_TAGS = ['gbeng', 'gbsct', 'gbwls'].map((name) =>
  [...name].map((char) => `\\u{${(0xe0000 + char.charCodeAt(0)).toString(16)}}`).join(''),
);

/** Scripts whose letters change their form at a joiner or non-joiner (Unicode Standard Annex 31, section 2.3.1). */
const JOINED = [
  ...['Arab', 'Syrc', 'Mong', 'Deva', 'Beng', 'Guru', 'Gujr', 'Orya', 'Taml', 'Telu', 'Knda', 'Mlym', 'Sinh'],
]
  .map((script) => `\\p{Script_Extensions=${script}}`)
  .join('');

/** What stays although it holds a character of the set. */
const KEPT = [
  `${PICTOGRAPH}(?:\\u200d${PICTOGRAPH})*`,
  '[0-9#*]\\ufe0f\\u20e3',
  `\\u{1f3f4}(?:${FLAG_TAGS.join('|')})\\u{e007f}`,
  `[\\u200c\\u200d](?<=[${JOINED}].)(?=[${JOINED}])`,
  '\\p{Script=Han}[\\ufe00-\\ufe02\\u{e0100}-\\u{e01ef}]',
  '[\\u180b-\\u180d\\u180f](?<=[\\u1820-\\u18aa].)',
];

const HIDDEN = new RegExp(`[${HIDDEN_SET}]`, 'u');
// The flags are pictographs themselves, so they come first.
const SEQUENCES = new RegExp(`${[KEPT[2], ...KEPT].join('|')}|([${HIDDEN_SET}])`, 'gu');
const SEQUENCES_AND_LINES = new RegExp(`\\r\\n|[\\n\\t]|${SEQUENCES.source}`, 'gu');

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function shownMatch(match: string, hidden: string | undefined): string {
  if (hidden === undefined) return match;
  return SHORT[hidden] ?? `\\u{${(hidden.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`;
}

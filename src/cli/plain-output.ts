/**
 * Lines of ours that no build host obeys. Runners read both streams line by line: GitHub's trims leading blanks and takes
 * `::name …::` at the beginning and `##[name …]` anywhere for a command, Azure `##vso[…]`, TeamCity `##teamcity[…]`.
 */
import { boundedText } from '../text/bounded-text.ts';
import { HIDDEN_SET, shownText } from '../text/shown-text.ts';

/** Captured text, or a name from outside, as a part of a line: short, with nothing hidden in it. */
export function shownPart(text: string): string {
  return shownText(boundedText(text));
}

/** Whole lines, colours included, in which nothing begins like a command any more. */
export function plainLines(text: string): string {
  return text.replace(BRACKET_COMMAND, '#\\u{23}').replace(COLON_COMMAND, '$1:\\u{3A}');
}

/**
 * Whole lines, in which text that is written from right to left stands between isolates (Unicode Standard Annex 9, section
 * 2.4.2): it cannot reorder what stands around it. Words are kept together, signs of ours that set parts apart are not.
 */
export function isolatedLines(text: string): string {
  return text.replace(FROM_RIGHT, '\u2068$&\u2069');
}

const RIGHT_TO_LEFT = ['Adlm', 'Arab', 'Hebr', 'Mand', 'Mend', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa', 'Yezi']
  .map((script) => `\\p{Script=${script}}`)
  .join('');
const BETWEEN_WORDS = "[\\p{M}\\p{Nd} ,.;!?'’׳״-]{0,20}";
const FROM_RIGHT = new RegExp(`[${RIGHT_TO_LEFT}]+(?:${BETWEEN_WORDS}[${RIGHT_TO_LEFT}]+)*`, 'gu');

const BRACKET_COMMAND = /##(?=[\w-]*\[)/g;
/** Behind blanks, and behind the codes of our own colours. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
const COLON_COMMAND = /^((?:[^\S\r\n]|\u001b\[\d*m)*)::/gm;

/** The same JSON, with everything that could hide, control, reorder or command written as JSON's own escapes. */
export function plainJson(json: string): string {
  return json.replace(HIDDEN, jsonEscape).replace(BRACKET_COMMAND, '#\\u0023');
}

/** Line ends stand between members only: in strings JSON has escapes for them. */
const HIDDEN = new RegExp(`(?!\\n)[${HIDDEN_SET}]`, 'gu');

function jsonEscape(char: string): string {
  const units = Array.from({ length: char.length }, (_, at) => char.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}

/** A line on standard error: what is wrong, after the program's name. */
export function complaint(text: string): string {
  return plainLines(`chat-inspector: ${shownText(text)}\n`);
}

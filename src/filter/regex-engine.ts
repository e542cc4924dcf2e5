/** Regular expressions in a time linear in the text, whatever was typed. Loaded when somebody types one. */
import { RE2JS } from 're2js';
import type { Regex } from './filter-tree.ts';

/**
 * Compiles an expression of RE2's syntax, in any case unless it says `(?-i)`. @throws an error that says what is wrong.
 */
export function compileRegex(source: string, flags: string): Regex {
  const more = (flags.includes('m') ? RE2JS.MULTILINE : 0) | (flags.includes('s') ? RE2JS.DOTALL : 0);
  try {
    const compiled = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE | more);
    return { test: (text) => compiled.test(text) };
  } catch (error) {
    throw new Error(inWords(error instanceof Error ? error.message : String(error)));
  }
}

/** What the engine refuses, in words; what cannot be done in linear time is named. */
function inWords(message: string): string {
  const [, fault = message] = /^error parsing regexp: (.*)$/s.exec(message) ?? [];
  if (/^invalid or unsupported Perl syntax: `\(\?(?:=|!|<=|<!|<)/.test(fault)) {
    return 'looking ahead or behind (“(?=”) cannot be done in a time that is sure to end, so it is not taken.';
  }
  if (/^invalid escape sequence: `\\[1-9k]/.test(fault)) {
    return 'a reference to a group (“\\1”) cannot be done in a time that is sure to end, so it is not taken.';
  }
  // The engine puts our flags before the source.
  return `${fault.replace(/`\(\?[ims]+\)/, '`')}.`;
}

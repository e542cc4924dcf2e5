/** What a person types into the settings: one entry a line, and what is wrong with a line that would do harm. */
import { parseWrapperPath } from '../../src/framing/wrapper-path.ts';

/** One line that cannot be kept, in words for the person who wrote it. */
export interface LineFault {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

export interface TypedLines {
  readonly entries: readonly string[];
  readonly fault: LineFault | null;
}

/** Every entry is looked for in every URL or text of a page, so that there may not be thousands. */
export const MOST_ENTRIES = 100;
const LONGEST = 500;
/** What is shorter occurs in nearly every URL and text. */
const SHORTEST = 3;

/** Parts of URLs, `*` for anything between them. */
export function parsePatterns(typed: string): TypedLines {
  return parseLines(typed, (entry) => {
    if (/\s/.test(entry)) return 'has a space, which no URL has';
    const longest = Math.max(...entry.split('*').map((part) => part.length));
    if (longest < SHORTEST) return `needs a part of ${SHORTEST} characters or more, or it fits every URL`;
    return null;
  });
}

/** Where events stand in messages. */
export function parseWrappers(typed: string): TypedLines {
  return parseLines(typed, (entry) =>
    parseWrapperPath(entry) === null ? 'is no path such as payload, data[0] or arguments.0' : null,
  );
}

/** Texts that tell chat in a body or a message. */
export function parseMarks(typed: string): TypedLines {
  return parseLines(typed, (entry) =>
    entry.length < SHORTEST ? `needs ${SHORTEST} characters or more, or it is in every text` : null,
  );
}

function parseLines(typed: string, faultOf: (entry: string) => string | null): TypedLines {
  const entries: string[] = [];
  let fault: LineFault | null = null;
  typed.split(/\r\n|\r|\n/).forEach((raw, at) => {
    const entry = raw.trim();
    if (entry === '' || entries.includes(entry)) return;
    const words =
      entries.length >= MOST_ENTRIES
        ? `is more than the ${MOST_ENTRIES} that can be kept`
        : entry.length > LONGEST
          ? `is longer than ${LONGEST} characters`
          : faultOf(entry);
    if (words !== null) fault ??= { line: at + 1, text: `Line ${at + 1} ${words}.` };
    else entries.push(entry);
  });
  return { entries, fault };
}

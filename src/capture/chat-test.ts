/** What counts as chat: by the path of a URL, by an event name in a text, or by an origin that has shown chat. */
import { PAGE_CAPS } from '../observation/page-caps.ts';
import { CHAT_MARKS, CHAT_PATHS } from '../protocol/marks.ts';
import { bare, indexOf, slice } from './natives.ts';

export interface ChatTest {
  /** True for an absolute URL whose path is the protocol's or that a pattern of the user's fits. */
  url(url: string): boolean;
  /** True for a text that names an event near its beginning. */
  text(text: string): boolean;
  /** True for a URL of an origin on which this document has shown chat. */
  origin(url: string): boolean;
  /** Remembers the origin of a URL as one that speaks chat. */
  learn(url: string): void;
  /** Patterns and marks beside the protocol's own. Lists must be private. */
  configure(patterns: readonly string[], marks: readonly string[]): void;
}

export function chatTest(): ChatTest {
  const origins: Record<string, true> = bare({});
  let learned = false;
  let patterns: readonly string[] = bare([]);
  let marks: readonly string[] = bare([]);

  return {
    url: (url) => {
      const path = withoutQuery(url);
      for (let i = 0; i < CHAT_PATHS.length; i++) if (indexOf(path, CHAT_PATHS[i] ?? '') >= 0) return true;
      for (let i = 0; i < patterns.length; i++) if (fits(url, patterns[i] ?? '')) return true;
      return false;
    },
    text: (text) => {
      const head = text.length > PAGE_CAPS.markWindow ? slice(text, 0, PAGE_CAPS.markWindow) : text;
      for (let i = 0; i < CHAT_MARKS.length; i++) if (indexOf(head, CHAT_MARKS[i] ?? '') >= 0) return true;
      for (let i = 0; i < marks.length; i++) if (indexOf(head, marks[i] ?? '') >= 0) return true;
      return false;
    },
    origin: (url) => learned && origins[hostOf(url)] === true,
    learn: (url) => {
      const host = hostOf(url);
      if (host === '') return;
      learned = true;
      origins[host] = true;
    },
    configure: (newPatterns, newMarks) => {
      patterns = newPatterns;
      marks = newMarks;
    },
  };
}

function withoutQuery(url: string): string {
  const query = indexOf(url, '?');
  const path = query < 0 ? url : slice(url, 0, query);
  const hash = indexOf(path, '#');
  return hash < 0 ? path : slice(path, 0, hash);
}

/** Host and port: a relay's socket (`wss:`) and its polls (`https:`) are one origin here. */
function hostOf(url: string): string {
  const start = indexOf(url, '://');
  if (start < 0) return '';
  const end = indexOf(url, '/', start + 3);
  return end < 0 ? slice(url, start) : slice(url, start, end);
}

/** `*` stands for any text; the parts between must follow each other. No regular expression, so none can hang. */
function fits(url: string, pattern: string): boolean {
  let at = 0;
  let from = 0;
  while (from <= pattern.length) {
    const star = indexOf(pattern, '*', from);
    const part = slice(pattern, from, star < 0 ? pattern.length : star);
    const found = indexOf(url, part, at);
    if (found < 0) return false;
    at = found + part.length;
    if (star < 0) return true;
    from = star + 1;
  }
  return true;
}

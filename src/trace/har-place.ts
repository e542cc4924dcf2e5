/** Where the parts of a HAR entry stand in the file, for those who show a finding beside its line. */
import type { FilePlace, HarEntryText } from './har-text.ts';

export interface EntryPlaces {
  readonly entry: FilePlace;
  /** The text of the request's body, and of the answer's, where the entry has one. */
  readonly request: FilePlace | null;
  readonly answer: FilePlace | null;
  /** Each message of a socket or stream. */
  readonly messages: readonly FilePlace[];
}

/** Reads the places off the text of an entry that parses. */
export function entryPlaces({ text, place }: Pick<HarEntryText, 'text' | 'place'>): EntryPlaces {
  const at = (...path: readonly string[]) => offsetOf(text, path);
  const list = at('_webSocketMessages') ?? at('_eventSourceMessages');
  const cursor = new Cursor(text, place);
  const placed = (offset: number | null) => (offset === null ? null : cursor.place(offset));
  return {
    entry: place,
    request: placed(at('request', 'postData', 'text')),
    answer: placed(at('response', 'content', 'text')),
    messages: list === null ? [] : children(text, list).map(({ value }) => cursor.place(value)),
  };
}

/** Where the value at `path` begins; null where there is none. Of a key that is there twice the last one counts. */
function offsetOf(text: string, path: readonly string[]): number | null {
  let at: number | null = skipSpace(text, 0);
  for (const key of path) {
    const quoted = JSON.stringify(key);
    at = children(text, at).findLast((child) => child.key === quoted)?.value ?? null;
    if (at === null) return null;
  }
  return at;
}

interface Child {
  /** As it is written, with its quotes; empty in a list. */
  readonly key: string;
  readonly value: number;
}

/** The members of the object, or the elements of the list, that opens at `open`. */
function children(text: string, open: number): Child[] {
  const found: Child[] = [];
  const list = text[open] === '[';
  if (!list && text[open] !== '{') return found;
  let at = skipSpace(text, open + 1);
  while (at < text.length && text[at] !== ']' && text[at] !== '}') {
    let key = '';
    if (!list) {
      const end = skipString(text, at);
      key = text.slice(at, end);
      at = skipSpace(text, skipSpace(text, end) + 1);
    }
    found.push({ key, value: at });
    at = skipSpace(text, skipValue(text, at));
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return found;
}

const CLOSER = /["[\]{}]/g;
const SCALAR_END = /[,\]}\s]|$/g;
const NO_SPACE = /[^ \t\n\r]|$/g;

function skipSpace(text: string, from: number): number {
  NO_SPACE.lastIndex = from;
  return NO_SPACE.exec(text)?.index ?? text.length;
}

function skipValue(text: string, at: number): number {
  if (text[at] === '"') return skipString(text, at);
  if (text[at] !== '{' && text[at] !== '[') {
    SCALAR_END.lastIndex = at + 1;
    return SCALAR_END.exec(text)?.index ?? text.length;
  }
  let depth = 0;
  for (let index = at; ; ) {
    CLOSER.lastIndex = index;
    const next = CLOSER.exec(text);
    if (next === null) return text.length;
    index = next.index + 1;
    if (next[0] === '"') index = skipString(text, next.index);
    else depth += next[0] === '{' || next[0] === '[' ? 1 : -1;
    if (depth === 0) return index;
  }
}

/** Behind the closing quote of the string that opens at `at`. */
function skipString(text: string, at: number): number {
  for (let quote = text.indexOf('"', at + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let slashes = quote;
    while (text[slashes - 1] === '\\') slashes -= 1;
    if ((quote - slashes) % 2 === 0) return quote + 1;
  }
  return text.length;
}

/** Lines and columns of offsets in a text that begins at `origin` in the file. Quick when they are asked for in order. */
class Cursor {
  readonly #text: string;
  readonly #origin: FilePlace;
  #line: number;
  #lineStart: number;
  #from = 0;

  constructor(text: string, origin: FilePlace) {
    this.#text = text;
    this.#origin = origin;
    this.#line = origin.line;
    this.#lineStart = 1 - origin.column;
  }

  place(offset: number): FilePlace {
    if (offset < this.#from) return new Cursor(this.#text, this.#origin).place(offset);
    for (
      let at = this.#text.indexOf('\n', this.#from);
      at !== -1 && at < offset;
      at = this.#text.indexOf('\n', at + 1)
    ) {
      this.#line += 1;
      this.#lineStart = at + 1;
    }
    this.#from = offset;
    return { line: this.#line, column: offset - this.#lineStart + 1 };
  }
}

/**
 * A HAR file as text, piece by piece: each entry is parsed as soon as its text has ended, so that the file need not fit
 * into memory, nor into one string. What stands around the entries is kept and parsed at the end, as if there were none.
 */
import { type JsonFault, jsonFault } from '../text/json-fault.ts';
import { jsonError, TextError } from './file-error.ts';

/** Where in the file something begins; both count from 1, columns in UTF-16 units. */
export interface FilePlace {
  readonly line: number;
  readonly column: number;
}

export interface HarEntryText {
  readonly value: unknown;
  /** Its text, from where it begins. */
  readonly text: string;
  readonly place: FilePlace;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const TAB = 0x09;
const SPACE = 0x20;
const LEADING_SPACE = /^[ \t\n\r]+/;

/** How much of the text before a bracket tells of what key it is the value. */
const KEY_WINDOW = 256;
/** The longest entry, and the longest text around the entries: more than any program writes, less than V8's longest string. */
const PART_CHARS = 256 * 1024 * 1024;
/** More than any recording has, and as few as can be read in a few minutes. */
const MOST_ENTRIES = 10_000_000;
/** What is deeper takes the memory of whoever looks for its fault. */
const DEEPEST = 100_000;
const ENTRIES_DEPTH = 3;

export class HarText {
  /** Entries found. */
  count = 0;
  readonly #skeleton = new Pieces();
  readonly #entry = new Pieces();
  /** Where the skeleton goes on behind the entries: its length there, and the place in the file. */
  #joint: { readonly at: number; readonly place: FilePlace } | null = null;
  #begun = false;
  #line = 1;
  /** Characters before the current piece in its first line. */
  #lineChars = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #inLog = false;
  #inEntries = false;
  #entryPlace: FilePlace | null = null;
  #listIsEmpty = true;

  /** The entries whose text ends in `piece`. @throws TextError that says where an entry is no JSON. */
  push(text: string): HarEntryText[] {
    // A byte order mark is no part of the JSON.
    const piece = !this.#begun && text.startsWith('\uFEFF') ? text.slice(1) : text;
    this.#begun = true;
    const found: HarEntryText[] = [];
    // What is before `from` has been put where it belongs.
    let from = 0;
    let lineStart = -this.#lineChars;
    const place = (at: number): FilePlace => ({ line: this.#line, column: at - lineStart + 1 });
    for (let at = 0; at < piece.length; at += 1) {
      const code = piece.charCodeAt(at);
      if (code === NEWLINE) {
        this.#line += 1;
        lineStart = at + 1;
      }
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (code === BACKSLASH) this.#escaped = true;
        else if (code === QUOTE) this.#inString = false;
        continue;
      }
      if (code === SPACE || code === NEWLINE || code === RETURN || code === TAB) continue;
      const opens = code === 0x7b || code === 0x5b;
      const closes = code === 0x7d || code === 0x5d;
      if (this.#inEntries && this.#depth === ENTRIES_DEPTH) {
        if (code === COMMA || closes) {
          this.#entry.push(piece.slice(from, at));
          from = at;
          this.#closeEntry(found, place(at), closes ? 'bracket' : 'comma');
          if (closes) {
            this.#inEntries = false;
            this.#depth -= 1;
          } else from = at + 1;
          continue;
        }
        this.#entryPlace ??= place(at);
      }
      if (code === QUOTE) this.#inString = true;
      else if (opens) {
        this.#depth += 1;
        if (this.#depth > DEEPEST) throw this.#tooDeep(place(at));
        if (this.#inEntries || this.#depth > ENTRIES_DEPTH) continue;
        const before = this.#depth > 1 ? this.#tail(piece, from, at) : '';
        if (this.#depth === 2) this.#inLog = code === 0x7b && /"log"\s*:\s*$/.test(before);
        else if (this.#depth === ENTRIES_DEPTH && this.#inLog && code === 0x5b) {
          this.#inEntries = /"entries"\s*:\s*$/.test(before);
          if (!this.#inEntries) continue;
          this.#listIsEmpty = true;
          this.#skeleton.push(piece.slice(from, at + 1));
          from = at + 1;
        }
      } else if (closes) this.#depth -= 1;
    }
    (this.#inEntries ? this.#entry : this.#skeleton).push(piece.slice(from));
    this.#lineChars = piece.length - lineStart;
    this.#checkLength();
    return found;
  }

  /** What stands around the entries. @throws TextError that says where the file is cut off or no JSON. */
  end(): unknown {
    if (this.#entryPlace !== null) {
      this.#judgeOpenEntry(this.#entry.text().replace(LEADING_SPACE, ''), this.#entryPlace);
      this.#closeEntry([], { line: this.#line, column: this.#lineChars + 1 }, 'bracket');
    } else this.#skeleton.push(this.#entry.text());
    const skeleton = this.#skeleton.text();
    try {
      return JSON.parse(skeleton);
    } catch {
      throw jsonError(this.#skeletonFault(skeleton));
    }
  }

  #tail(piece: string, from: number, at: number): string {
    const here = piece.slice(Math.max(from, at - KEY_WINDOW), at);
    return here.length >= KEY_WINDOW ? here : this.#skeleton.tail(KEY_WINDOW) + here;
  }

  #closeEntry(found: HarEntryText[], end: FilePlace, closing: 'comma' | 'bracket'): void {
    const whole = this.#entry.text();
    this.#entry.clear();
    const place = this.#entryPlace;
    this.#entryPlace = null;
    if (place === null) {
      // Nothing stands before a comma, or behind one: only an empty list may end so.
      if (!this.#listIsEmpty || closing === 'comma') throw jsonError({ ...end, cutOff: false });
      this.#skeleton.push(whole);
      return;
    }
    const text = whole.replace(LEADING_SPACE, '');
    found.push({ value: this.#parse(text, place), text, place });
    this.#listIsEmpty = false;
    this.count += 1;
    if (this.count > MOST_ENTRIES)
      throw new TextError(`line ${end.line}: the file has more than ${MOST_ENTRIES} entries`, end.line);
    // The bracket stands in the skeleton, a comma does not.
    const column = end.column + (closing === 'comma' ? 1 : 0);
    this.#joint = { at: this.#skeleton.length, place: { line: end.line, column } };
  }

  #parse(text: string, place: FilePlace): unknown {
    try {
      return JSON.parse(text);
    } catch {
      const fault = this.#entryFault(text, place);
      // The file goes on behind the entry.
      throw jsonError(fault === null ? null : { ...fault, cutOff: false });
    }
  }

  /** The file ends in the entry: that is its fault, unless there was one before. */
  #judgeOpenEntry(text: string, place: FilePlace): void {
    const fault = this.#entryFault(text, place);
    if (fault !== null) throw jsonError(fault);
  }

  #entryFault(text: string, place: FilePlace): JsonFault | null {
    const fault = jsonFault(text);
    return fault === null ? null : { ...fault, ...moved(fault, place) };
  }

  #skeletonFault(skeleton: string): JsonFault | null {
    const fault = jsonFault(skeleton);
    if (fault === null) return null;
    const joint = this.#joint;
    // Between the entries there is no fault: it would have been found there.
    if (joint === null || fault.offset < joint.at) return fault;
    const between = skeleton.slice(joint.at, fault.offset);
    const lines = between.split('\n');
    const local = { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
    return { ...fault, ...moved(local, joint.place) };
  }

  #tooDeep({ line, column }: FilePlace): TextError {
    return new TextError(
      `line ${line}, column ${column}: the JSON is nested more than ${DEEPEST} deep`,
      line,
    );
  }

  #checkLength(): void {
    const long = Math.max(this.#entry.length, this.#skeleton.length);
    if (long <= PART_CHARS) return;
    const what =
      this.#entry.length === long ? 'the entry that begins there' : 'what stands beside the entries';
    const { line, column } = this.#entryPlace ?? { line: this.#line, column: this.#lineChars + 1 };
    throw new TextError(
      `line ${line}, column ${column}: ${what} has more than ${PART_CHARS} characters`,
      line,
    );
  }
}

/** A place that was counted from `origin`, in the file. */
function moved({ line, column }: FilePlace, origin: FilePlace): FilePlace {
  return line === 1
    ? { line: origin.line, column: origin.column + column - 1 }
    : { line: origin.line + line - 1, column };
}

/** Text in pieces, joined when it is asked for. */
class Pieces {
  length = 0;
  #pieces: string[] = [];

  push(piece: string): void {
    if (piece === '') return;
    this.length += piece.length;
    this.#pieces.push(piece);
  }

  text(): string {
    return this.#pieces.join('');
  }

  tail(chars: number): string {
    let tail = '';
    for (let at = this.#pieces.length - 1; at >= 0 && tail.length < chars; at -= 1)
      tail = this.#pieces[at] + tail;
    return tail.slice(-chars);
  }

  clear(): void {
    this.#pieces = [];
    this.length = 0;
  }
}

/** The place of a finding in the JSON it is about: the member at fault with its neighbours. */

import type { JsonPath } from '../analysis/api/analysis.ts';
import { boundedText } from '../text/bounded-text.ts';
import { type JsonFault, jsonFault } from '../text/json-fault.ts';
import { shownText } from '../text/shown-text.ts';

export interface FrameStyle {
  /** Members shown before and after the marked one. */
  readonly context: number;
  readonly mark: (text: string) => string;
  readonly faint: (text: string) => string;
}

const WIDTH = 96;

/**
 * Code frames of the findings of a file, in their order. What was parsed last is kept: many findings of one body cost
 * one parse.
 */
export class CodeFrames {
  /** What is shown of a piece of a text that is no JSON. */
  readonly #excerpt: (text: string) => string;
  #text: string | null = null;
  #parsed: Parsed = { fault: null };
  /** Keys of the objects of the text whose members were asked for. */
  readonly #members = new Map<object, Members>();

  constructor(excerpt: (text: string) => string = (text) => text) {
    this.#excerpt = excerpt;
  }

  /**
   * Lines for a terminal, without a line end; none where there is nothing to show.
   * `text` is the event's or body's own text, and `path` the place in it. A path to nothing marks where it is missing.
   */
  lines(text: string, path: JsonPath, style: FrameStyle): string[] {
    if (text !== this.#text) {
      this.#text = text;
      this.#parsed = parsed(text);
      this.#members.clear();
    }
    if ('fault' in this.#parsed) return brokenFrame(text, this.#parsed.fault, style, this.#excerpt);
    return path.length === 0 ? [] : this.#memberFrame(this.#parsed.root, path, style);
  }

  #memberFrame(root: unknown, path: JsonPath, style: FrameStyle): string[] {
    let holder = root;
    let depth = 0;
    for (; depth < path.length - 1; depth += 1) {
      const next = member(holder, path[depth]);
      if (next === null || typeof next !== 'object') break;
      holder = next;
    }
    const lines = [style.faint(`    in ${shownText(pathText(path.slice(0, depth)))}`)];
    const key = String(path[depth]);
    const missing = style.mark(`  + │ ${shown(`${JSON.stringify(shorten(key))}: `)}is missing`);
    if (holder === null || typeof holder !== 'object')
      return [...lines, style.faint(`    │ ${shown(brief(holder))}`), missing];
    const members = this.#membersOf(holder);
    const marked = members.indexOf(key);
    const middle = marked ?? members.length;
    const to = Math.min(members.length, middle + style.context + 1);
    for (let at = Math.max(0, middle - style.context); at < to; at += 1)
      lines.push(...memberLines(members.text(at), at === marked, style));
    return marked === null ? [...lines, missing] : lines;
  }

  #membersOf(holder: object): Members {
    const known = this.#members.get(holder) ?? new Members(holder);
    this.#members.set(holder, known);
    return known;
  }
}

type Parsed = { readonly root: unknown } | { readonly fault: JsonFault | null };

function parsed(text: string): Parsed {
  try {
    return { root: JSON.parse(text) };
  } catch {
    return { fault: jsonFault(text) };
  }
}

/** `$.events[2].name`; keys that are no plain names are quoted. */
export function pathText(path: JsonPath): string {
  const steps = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    const key = boundedText(step);
    return /^[A-Za-z_][\w-]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
  });
  return `$${steps.join('')}`;
}

/** The members of an object or the elements of a list, of which few are ever shown: each is written when it is asked for. */
class Members {
  readonly length: number;
  readonly #holder: object;
  /** Null for a list. */
  readonly #keys: readonly string[] | null;
  #positions: Map<string, number> | null = null;

  constructor(holder: object) {
    this.#holder = holder;
    this.#keys = Array.isArray(holder) ? null : Object.keys(holder);
    this.length = this.#keys?.length ?? (Array.isArray(holder) ? holder.length : 0);
  }

  /** Position of a key; null where there is none. */
  indexOf(key: string): number | null {
    if (this.#keys === null) return /^\d+$/.test(key) && Number(key) < this.length ? Number(key) : null;
    this.#positions ??= new Map(this.#keys.map((each, index) => [each, index]));
    return this.#positions.get(key) ?? null;
  }

  text(at: number): string {
    if (this.#keys === null) return `[${at}] ${brief(member(this.#holder, at))}`;
    const key = this.#keys[at] ?? '';
    return `${JSON.stringify(shorten(key))}: ${brief(member(this.#holder, key))}`;
  }
}

function memberLines(line: string, marked: boolean, style: FrameStyle): string[] {
  const text = shown(line);
  if (!marked) return [style.faint(`    │ ${text}`)];
  return [`  ${style.mark('>')} │ ${text}`, style.mark(`    │ ${'^'.repeat(text.length)}`)];
}

function member(holder: unknown, step: string | number | undefined): unknown {
  if (step === undefined || holder === null || typeof holder !== 'object') return undefined;
  return Object.getOwnPropertyDescriptor(holder, step)?.value;
}

/** A value on one line; what it holds is only counted, so that no depth and no size matters. */
function brief(value: unknown): string {
  if (Array.isArray(value)) return `[ … ${value.length} ]`;
  if (value !== null && typeof value === 'object') return `{ … ${Object.keys(value).length} }`;
  return JSON.stringify(typeof value === 'string' ? shorten(value) : value);
}

function shorten(text: string): string {
  return text.length <= WIDTH ? text : `${text.slice(0, WIDTH - 1)}…`;
}

function shown(text: string): string {
  // An escape takes more room than what it stands for.
  return shorten(shownText(shorten(text)));
}

/** The text around the place where it stops being JSON. */
function brokenFrame(
  text: string,
  fault: JsonFault | null,
  style: FrameStyle,
  excerpt: (text: string) => string,
): string[] {
  if (fault === null) return [];
  const before = shownText(excerpt(text.slice(Math.max(0, fault.offset - WIDTH / 2), fault.offset)));
  const after = shownText(excerpt(text.slice(fault.offset, fault.offset + WIDTH / 2)));
  const place = `line ${fault.line}, column ${fault.column}`;
  const end = fault.cutOff ? 'ends here' : 'is no JSON from here';
  return [
    style.faint(`    at ${place}`),
    `  ${style.mark('>')} │ ${before}${after}`,
    style.mark(`    │ ${' '.repeat(before.length)}^ ${end}`),
  ];
}

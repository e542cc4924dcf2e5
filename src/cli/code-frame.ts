/** The place of a finding in the JSON it is about: the member at fault with its neighbours. */

import type { JsonPath } from '../analysis/analysis.ts';
import { jsonFault } from '../analysis/json-fault.ts';
import { safe, shorten } from './terminal.ts';

export interface FrameStyle {
  /** Members shown before and after the marked one. */
  readonly context: number;
  readonly mark: (text: string) => string;
  readonly faint: (text: string) => string;
}

const WIDTH = 96;

/**
 * Lines for a terminal, without a line end; none where there is nothing to show.
 * `text` is the event's or body's own text, and `path` the place in it. A path to nothing marks where it is missing.
 */
export function codeFrame(text: string, path: JsonPath, style: FrameStyle): string[] {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return brokenFrame(text, style);
  }
  return path.length === 0 ? [] : memberFrame(root, path, style);
}

/** `$.events[2].party_id`; keys that are no plain names are quoted. */
export function pathText(path: JsonPath): string {
  const steps = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    return /^[A-Za-z_][\w-]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
  });
  return `$${steps.join('')}`;
}

interface Line {
  readonly text: string;
  readonly key: string;
  readonly missing: boolean;
}

function memberFrame(root: unknown, path: JsonPath, style: FrameStyle): string[] {
  let holder = root;
  let depth = 0;
  for (; depth < path.length - 1; depth += 1) {
    const next = member(holder, path[depth]);
    if (next === null || typeof next !== 'object') break;
    holder = next;
  }
  const wanted = String(path[depth] ?? '');
  const lines = membersOf(holder);
  let marked = lines.findIndex((line) => line.key === wanted);
  if (marked === -1) {
    marked = lines.length;
    lines.push({ key: wanted, text: `${JSON.stringify(wanted)}: `, missing: true });
  }
  const from = Math.max(0, marked - style.context);
  const shown = lines.slice(from, marked + style.context + 1);
  return [
    style.faint(`    in ${safe(pathText(path.slice(0, depth)))}`),
    ...shown.flatMap((line, index) => memberLines(line, from + index === marked, style)),
  ];
}

function memberLines(line: Line, marked: boolean, style: FrameStyle): string[] {
  const text = safe(shorten(line.text, WIDTH));
  if (!marked) return [style.faint(`    │ ${text}`)];
  if (line.missing) return [style.mark(`  + │ ${text}is missing`)];
  return [`  ${style.mark('>')} │ ${text}`, style.mark(`    │ ${'^'.repeat(text.length)}`)];
}

function member(holder: unknown, step: string | number | undefined): unknown {
  if (step === undefined || holder === null || typeof holder !== 'object') return undefined;
  return Object.getOwnPropertyDescriptor(holder, step)?.value;
}

/** As many members as are ever looked at; a hostile object may have millions. */
const MEMBERS = 10_000;

function membersOf(holder: unknown): Line[] {
  if (holder === null || typeof holder !== 'object')
    return [{ key: '', text: brief(holder), missing: false }];
  const list = Array.isArray(holder);
  return Object.keys(holder)
    .slice(0, MEMBERS)
    .map((key) => {
      const value = brief(member(holder, key));
      return { key, text: list ? `[${key}] ${value}` : `${JSON.stringify(key)}: ${value}`, missing: false };
    });
}

/** A value on one line; what it holds is only counted, so that no depth and no size matters. */
function brief(value: unknown): string {
  if (Array.isArray(value)) return `[ … ${value.length} ]`;
  if (value !== null && typeof value === 'object') return `{ … ${Object.keys(value).length} }`;
  return JSON.stringify(typeof value === 'string' ? shorten(value, WIDTH) : value);
}

/** The text around the place where it stops being JSON. */
function brokenFrame(text: string, style: FrameStyle): string[] {
  const fault = jsonFault(text);
  if (fault === null) return [];
  const before = safe(text.slice(Math.max(0, fault.offset - WIDTH / 2), fault.offset));
  const after = safe(text.slice(fault.offset, fault.offset + WIDTH / 2));
  const place = `line ${fault.line}, column ${fault.column}`;
  const end = fault.cutOff ? 'ends here' : 'is no JSON from here';
  return [
    style.faint(`    at ${place}`),
    `  ${style.mark('>')} │ ${before}${after}`,
    style.mark(`    │ ${' '.repeat(before.length)}^ ${end}`),
  ];
}

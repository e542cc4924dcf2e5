/**
 * Reads what a body or a message holds under any framings and wrappers: its events with their places in the bytes, and
 * what the layers around them are. For what holds no event as it stands; plain traffic never comes by here.
 *
 * Strategy, layer by layer:
 * 1. JSON as it stands, one text or several: events at any depth, never inside an event; its strings are layers too.
 * 2. Base64 and compressed bytes, where the caller has reason to look.
 * 3. The text framings in turn; the first that takes the whole text apart is believed.
 */
import { base64Bytes, bytesText } from './encoded.ts';
import { TEXT_FRAMINGS, VALUE_FRAMINGS } from './framings.ts';
import { decodedString, type EventNames, type Found, scanJson } from './json-scan.ts';
import type { ContentPart, FramingFact, FramingTells, JsonPath, PartForm } from './layer.ts';
import { valueAt } from './wrapper-path.ts';

/** An event under layers. Offsets are of the outermost text; `text` is the event's own JSON. */
export interface WrappedEvent {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Members from the outermost text that lead to it; of several JSON texts the position comes first. */
  readonly path: JsonPath;
  /** True where the event stands in the bytes as it is, so that offsets in it are offsets there. */
  readonly verbatim: boolean;
}

export interface ReadMessage {
  readonly events: readonly WrappedEvent[];
  /** What its parts without content are, in the order of the bytes, each once. */
  readonly facts: readonly FramingFact[];
  /** What the layers tell, the outermost first. */
  readonly tells: readonly FramingTells[];
  /** The names of the framings that were found, the outermost first. */
  readonly framings: readonly string[];
  /** What stopped the reading, where something did: some of it was not looked at. */
  readonly stopped: 'too many layers' | 'too deep' | 'too large' | null;
}

export interface ReadOptions {
  readonly names: EventNames;
  /** Whether a text may hold an event at all: cheap, and never false where it does. */
  mentions(text: string): boolean;
  /** Whether base64 and compressed bytes are looked into. */
  readonly encodings: boolean;
  /** A framing that an earlier message of the connection was of, for certain. */
  readonly framing: string | null;
  readonly maxDepth: number;
  /** Where the user says that events stand: what is there is read whatever it is named. */
  readonly wrappers?: readonly JsonPath[];
}

/** Layers in layers, and characters that decoding may make of one message. */
const MAX_LAYERS = 8;
const MAX_DECODED = 64 * 1024 * 1024;
/** A message that is longer is no heartbeat, handshake or acknowledgement. */
const LONGEST_FACT = 4_096;
/** Of many texts in one message the first few say what it is. */
const MOST_TOLD = 16;

export function readMessage(text: string, options: ReadOptions): ReadMessage {
  const reading = new Reading(options);
  const events = reading.wrapped(text) ?? reading.layer(text, 0);
  return {
    events,
    facts: reading.facts,
    tells: reading.tells,
    framings: reading.framings,
    stopped: reading.stopped,
  };
}

class Reading {
  readonly facts: FramingFact[] = [];
  readonly tells: FramingTells[] = [];
  readonly framings: string[] = [];
  stopped: ReadMessage['stopped'] = null;
  readonly #options: ReadOptions;
  #decoded = 0;

  constructor(options: ReadOptions) {
    this.#options = options;
  }

  /** The events at the first of the user's places that has some; null where none has. */
  wrapped(text: string): WrappedEvent[] | null {
    const { wrappers = [], ...options } = this.#options;
    for (const path of wrappers) {
      const found = valueAt(text, path);
      if (found === null) continue;
      const [start, end] = found;
      const inside =
        text[start] === '"' ? this.#spend(decodedString(text, start, end)) : text.slice(start, end);
      if (inside === null) continue;
      const names = { ...options.names, knows: () => true };
      const content = new Reading({ ...options, names, mentions: () => true, encodings: true });
      const events = content.layer(inside, 1);
      if (events.length === 0) continue;
      this.stopped ??= content.stopped;
      if (text[start] !== '"') return placed(events, inside, start, end, 'same', path);
      const form = inside.length === end - start - 2 ? 'same' : 'json';
      return placed(events, text, start + 1, end - 1, form, path);
    }
    return null;
  }

  /** The events of a text, with places in that text. */
  layer(text: string, depth: number): WrappedEvent[] {
    if (depth > MAX_LAYERS) {
      this.stopped = 'too many layers';
      return [];
    }
    const { encodings, maxDepth, names } = this.#options;
    const scan = scanJson(text, names, (start, end) => this.#mayHold(text, start, end), maxDepth);
    if (scan.tooDeep) this.stopped = 'too deep';
    if (scan.complete && this.#isJson(text, scan.roots)) {
      const several = scan.roots.length > 1;
      this.#tellRoots(text, scan.roots, scan.found.length > 0);
      return this.#jsonEvents(text, scan.found, several ? scan.roots : null, depth);
    }
    if (encodings) {
      const bytes = base64Bytes(text);
      const decoded = bytes && this.#spend(bytesText(bytes, MAX_DECODED - this.#decoded));
      if (decoded) return this.layer(decoded, depth + 1).map((event) => whole(event, 0, text.length, []));
    }
    for (const framing of TEXT_FRAMINGS) {
      const parts = framing.split(text, this.#options.framing === framing.name);
      if (parts === null) continue;
      const events: WrappedEvent[] = [];
      for (const part of parts) {
        if (part.kind === 'fact') this.#note(part.framing, part.fact);
        else events.push(...this.#partEvents(part, depth));
      }
      return events;
    }
    // Cut off, or followed by something else: what is whole in it is still read.
    return this.#jsonEvents(text, scan.found, null, depth);
  }

  /** A digit before a list is no JSON text before another; alone it is one, unless the connection says otherwise. */
  #isJson(text: string, roots: readonly { readonly start: number }[]): boolean {
    const isContainer = ({ start }: { readonly start: number }) => text[start] === '{' || text[start] === '[';
    if (roots.length === 1 && this.#options.framing === null) return true;
    return roots.length > 0 && roots.every(isContainer);
  }

  #mayHold(text: string, start: number, end: number): boolean {
    if (end - start < 8) return false;
    if (this.#options.mentions(text.slice(start, end))) return true;
    return this.#options.encodings && end - start >= 24 && base64Bytes(text.slice(start, end)) !== null;
  }

  #jsonEvents(
    text: string,
    found: readonly Found[],
    roots: readonly { readonly end: number }[] | null,
    depth: number,
  ): WrappedEvent[] {
    const events: WrappedEvent[] = [];
    let root = 0;
    for (const each of found) {
      while (roots !== null && (roots[root]?.end ?? Number.POSITIVE_INFINITY) <= each.start) root += 1;
      const path = roots === null ? each.path : [root, ...each.path];
      if (each.kind === 'event') {
        const { start, end } = each;
        events.push({ text: text.slice(start, end), start, end, path, verbatim: true });
        continue;
      }
      const inside = this.#spend(decodedString(text, each.start, each.end));
      if (inside === null) continue;
      const { start, end } = each;
      const form = inside.length === end - start - 2 ? 'same' : 'json';
      const inner = this.layer(inside, depth + 1);
      events.push(...placed(inner, text, start + 1, end - 1, form, path));
    }
    return events;
  }

  #partEvents(part: ContentPart, depth: number): WrappedEvent[] {
    if (part.tells !== null) this.#tell(part.tells);
    if (part.form === 'whole') {
      const bytes = this.#options.mentions(part.text) ? null : base64Bytes(part.text);
      const text = bytes === null ? part.text : bytesText(bytes, MAX_DECODED - this.#decoded);
      const decoded = this.#spend(text);
      return decoded === null
        ? []
        : this.layer(decoded, depth + 1).map((event) => whole(event, part.start, part.end, part.path));
    }
    const inner = this.layer(part.text, depth + 1);
    return placed(inner, part.text, part.start, part.end, part.form, part.path);
  }

  /** Says what small values at the root are; of one with an event what its framing tells. */
  #tellRoots(
    text: string,
    roots: readonly { readonly start: number; readonly end: number }[],
    hasEvents: boolean,
  ): void {
    for (const { start, end } of roots.slice(0, MOST_TOLD)) {
      if (!hasEvents && end - start > LONGEST_FACT) continue;
      const value = parsed(text.slice(start, end));
      for (const framing of VALUE_FRAMINGS) {
        const told = framing.tell(value);
        if (told === null) continue;
        if (told.fact !== null) this.#note(framing.name, told.fact);
        this.#tell(told.tells);
        break;
      }
    }
  }

  #note(framing: string, fact: FramingFact): void {
    if (!this.framings.includes(framing)) this.framings.push(framing);
    if (!this.facts.includes(fact)) this.facts.push(fact);
  }

  #tell(tells: FramingTells): void {
    if (!this.framings.includes(tells.framing)) this.framings.push(tells.framing);
    if (this.tells.length < MOST_TOLD) this.tells.push(tells);
  }

  #spend(text: string | null): string | null {
    if (text === null) return null;
    this.#decoded += text.length;
    if (this.#decoded <= MAX_DECODED) return text;
    this.stopped = 'too large';
    return null;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function whole(event: WrappedEvent, start: number, end: number, path: JsonPath): WrappedEvent {
  return { ...event, start, end, path: [...path, ...event.path], verbatim: false };
}

/** Events of a part's text as events of the text around it, in which the part stands from `start` to `end`. */
function placed(
  events: readonly WrappedEvent[],
  text: string,
  start: number,
  end: number,
  form: PartForm,
  path: JsonPath,
): WrappedEvent[] {
  if (events.length === 0) return [];
  if (form === 'whole') return events.map((event) => whole(event, start, end, path));
  if (form === 'same') {
    return events.map((event) => ({
      ...event,
      start: start + event.start,
      end: start + event.end,
      path: [...path, ...event.path],
    }));
  }
  const offset = rawOffsets(text, start);
  return events.map((event) => ({
    ...event,
    start: offset(event.start),
    end: offset(event.end),
    path: [...path, ...event.path],
    verbatim: false,
  }));
}

/** Gives the place in the raw text of a place in what the JSON string at `start` says. Asked in ascending order. */
function rawOffsets(text: string, start: number): (decoded: number) => number {
  let raw = start;
  let at = 0;
  return (decoded) => {
    if (decoded < at) {
      raw = start;
      at = 0;
    }
    while (at < decoded) {
      raw += text[raw] === '\\' ? (text[raw + 1] === 'u' ? 6 : 2) : 1;
      at += 1;
    }
    return raw;
  };
}

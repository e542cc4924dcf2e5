/**
 * Bodies and messages: JSON, and JSON in what relays put around it. Whatever is no such thing becomes one token, in
 * which the names of events stay.
 */
import { type Edit, edited, moved } from './edits.ts';
import { encodedText } from './encoded-text.ts';
import { FramedText } from './framed-text.ts';
import { JsonRedaction } from './json-redaction.ts';
import { knownEvents, RECORD_SEPARATOR, walkJson } from './json-walk.ts';
import type { Redactor } from './redactor.ts';
import { isToken, tokensIn } from './tokens.ts';
import type { UrlRedaction } from './url-redaction.ts';

/** Texts in texts, no deeper than the analysis reads. */
const MAX_LAYERS = 10;

export class TextRedaction {
  readonly #redactor: Redactor;
  readonly #json: JsonRedaction;
  readonly #framed: FramedText;

  constructor(redactor: Redactor, urls: UrlRedaction) {
    this.#redactor = redactor;
    this.#json = new JsonRedaction(redactor, urls, (text, depth) => this.#inner(text, depth));
    this.#framed = new FramedText(redactor, (text, depth) => this.edits(text, depth));
  }

  /** The replacements in a whole body or message. */
  edits(text: string, depth = 0): Edit[] {
    if (text.trim() === '' || isToken(text.trim())) return [];
    if (depth > MAX_LAYERS) return this.#whole(text, 0);
    const framed = this.#framed.edits(text, depth);
    if (framed !== null) return framed;
    if (JSON_START.test(text) || /^\s*-?\d{1,40}(?:\.\d{1,40})?\s*$|^\s*(?:true|false|null)\s*$/.test(text))
      return this.#jsonEdits(text, depth);
    const encoded = this.#encoded(text, depth);
    if (encoded !== null) return [{ start: 0, end: text.length, text: encoded }];
    return this.#whole(text, 0);
  }

  /** What comes over a stream of server-sent events. */
  streamEdits(text: string): Edit[] {
    return this.#framed.streamEdits(text, 0);
  }

  /** A text of lines, each a message of its own. */
  lineEdits(text: string): Edit[] {
    const edits: Edit[] = [];
    for (const match of text.matchAll(/[^\r\n]+/g)) edits.push(...moved(this.edits(match[0]), match.index));
    return edits;
  }

  #jsonEdits(text: string, depth: number): Edit[] {
    const { rules } = this.#redactor;
    const events = knownEvents(text, rules.typeMembers, (name) => rules.knowsEvent(name));
    const { edits, until, cutOff } = walkJson(text, this.#json.visitor(depth), events);
    if (until >= text.length) return edits;
    const rest = text.slice(until);
    if (rest.trim() === '') return edits;
    const name = cutOff ? this.#cutName(text, until) : null;
    if (name !== null)
      return name === rest ? edits : [...edits, { start: until, end: text.length, text: name }];
    const [tail] = this.#whole(rest, until, cutOff);
    return tail === undefined ? edits : [...edits, tail];
  }

  /** The name of an event in which the text ends: what shows of it that it is one stays. */
  #cutName(text: string, until: number): string | null {
    const { rules } = this.#redactor;
    const [, member = ''] =
      /"([^"\\]{1,40})"\s*:\s*$/.exec(text.slice(Math.max(0, until - 100), until)) ?? [];
    if (text[until] !== '"' || !rules.typeMembers.has(member)) return null;
    const name = text.slice(until + 1);
    if (rules.knowsEvent(name)) return `"${name}`;
    const beginning = rules.eventBeginning(name);
    return beginning === ''
      ? null
      : `"${beginning}${this.#redactor.value('event', name.slice(beginning.length))}`;
  }

  /** One token for a text of which nothing can be read. Of JSON that is cut off, so that it stays cut off. */
  #whole(text: string, offset: number, cutOff = false): Edit[] {
    const redactor = this.#redactor;
    if (redactor.treatmentOf('text') === 'keep') return [];
    if (redactor.treatmentOf('text') === 'search') return moved(redactor.searchEdits(text), offset);
    if (isWholeToken(text, redactor)) return [];
    // What was a value in it may be in a note as well.
    for (const [, value = ''] of text.matchAll(/"([^"\\]{3,200})"(?!\s*:)/g)) {
      if (!redactor.rules.knowsEvent(value)) redactor.learn('value', value);
    }
    const quote = cutOff ? '"' : '';
    const put = quote + redactor.marked('text', text, this.#names(text, cutOff ? "'" : '"'));
    return put === text ? [] : [{ start: offset, end: offset + text.length, text: put }];
  }

  /** The known event names in a text, each as it stood: as a value of its own, in `quote`s, or mentioned. */
  #names(text: string, quote: '"' | "'"): string {
    const { rules } = this.#redactor;
    const names = new Map<string, string>();
    for (const match of text.matchAll(/[A-Za-z_]{3,100}/g)) {
      const [name] = match;
      if (!rules.knowsEvent(name) || names.size >= MOST_NAMES) continue;
      const before = text.slice(Math.max(0, match.index - 40), match.index);
      const after = text.slice(match.index + name.length, match.index + name.length + 6);
      const isValue = OPENS_VALUE.test(before) && CLOSES_VALUE.test(after);
      const [, member = ''] = /"([a-z]{1,20})"\s*:\s*"$/.exec(before) ?? [];
      const isMember = quote === '"' && rules.typeMembers.has(member);
      const shown = isMember ? `"${member}":"${name}"` : isValue ? quote + name + quote : name;
      if (!names.has(name) || isValue) names.set(name, shown);
    }
    return [...names.values()].map((name) => `, ${name}`).join('');
  }

  /** A string in a member that may hold a text with events; null where it is to be replaced as a value. */
  #inner(text: string, depth: number): string | null {
    if (depth >= MAX_LAYERS || text.length < 8) return null;
    if (this.#redactor.rules.mentionsEvent(text)) {
      const edits = this.edits(text, depth + 1);
      return edited(text, edits);
    }
    return this.#encoded(text, depth);
  }

  #encoded(text: string, depth: number): string | null {
    return encodedText(text, (inner) =>
      this.#redactor.rules.mentionsEvent(inner) ? edited(inner, this.edits(inner, depth + 1)) : null,
    );
  }
}

const JSON_START = new RegExp(`^[\\s\\ufeff${RECORD_SEPARATOR}]*[{["]`);
const MOST_NAMES = 20;
const OPENS_VALUE = /(?:["'>=]|%22|%3D|u0022|&quot;|: )$/;
const CLOSES_VALUE = /^(?:["'<&\\\r\n]|%22|%26|$)/;

/** A token that stands for a text, as it was written before: the names in it are known ones. */
function isWholeToken(text: string, { rules }: Redactor): boolean {
  const plain = text.startsWith('"') ? text.slice(1) : text;
  const [token, ...more] = tokensIn(plain);
  if (token === undefined || more.length > 0 || token[0] !== plain) return false;
  const [, ...parts] = plain.slice(0, -1).split(', ');
  return parts.every((part) => {
    const words = part.match(/[A-Za-z_]+/g) ?? [];
    return (
      /^~\d+ chars$/.test(part) ||
      words.every((word) => rules.knowsEvent(word) || rules.typeMembers.has(word))
    );
  });
}

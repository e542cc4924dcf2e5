/** Replaces single values by a profile, and remembers them to find them again elsewhere. */
import type { ChatProtocol } from '../../protocol/chat-protocol.ts';
import { decodedView, placeIn } from './decoded-view.ts';
import { type Edit, edited } from './edits.ts';
import { FieldRules } from './field-rules.ts';
import type { Kind } from './kinds.ts';
import { kindOfWhole, type Match, matchesIn, united } from './patterns.ts';
import { type Profile, type Treatment, treatment } from './profile.ts';
import { SecretIndex } from './secret-index.ts';
import { isNumericText, isToken, isUuid, Tokens, tokensIn, UUIDS_IN_TEXT } from './tokens.ts';

/** `learn`: values are found and numbered. `write`: they are replaced and counted. */
export type Phase = 'learn' | 'write';

interface Found extends Match {
  readonly text: string;
}

/** Values that are no words of anybody: they are in every trace. */
const NOBODYS: ReadonlySet<string> = new Set([
  'true',
  'false',
  'null',
  'undefined',
  'yes',
  'no',
  'on',
  'off',
  'none',
]);
/** Longer values are not searched for in other places. */
const LONGEST_SEARCHED = 1_000;

export class Redactor {
  readonly tokens = new Tokens();
  readonly rules: FieldRules;
  readonly profile: Profile;
  readonly counts = new Map<Kind, number>();
  phase: Phase = 'learn';
  readonly #secrets = new SecretIndex();

  constructor(profile: Profile, protocols: readonly ChatProtocol[]) {
    this.profile = profile;
    this.rules = new FieldRules(protocols);
  }

  treatmentOf(kind: Kind): Treatment {
    return treatment(this.profile, kind);
  }

  /** What stands in place of a value of a kind; the value itself where it stays. */
  value(kind: Kind, value: string, how: Treatment = this.treatmentOf(kind)): string {
    if (how === 'keep' || value.trim() === '' || isToken(value) || NOBODYS.has(value.toLowerCase()))
      return value;
    const shown = CERTAIN.has(kind) ? null : kindOfWhole(value);
    if (how === 'search') {
      if (shown !== null && this.treatmentOf(shown) === 'replace') return this.#replaced(shown, value);
      return this.searched(value);
    }
    return this.#replaced(shown ?? this.#strongKind(kind, value), value);
  }

  /** A token for what may have any form, such as a body that nobody can read; `more` is told in it. */
  marked(kind: Kind, value: string, more = ''): string {
    this.#count(kind);
    return this.tokens.marked(kind, value, more);
  }

  /** Has a value found where text stays, without replacing it here. */
  learn(kind: Kind, value: string): void {
    if (this.phase === 'learn' && !isToken(value)) this.#know(value, this.tokens.of(kind, value), kind);
  }

  host(value: string): string {
    if (this.treatmentOf('host') !== 'replace' || isToken(value)) return value;
    const token = this.tokens.host(value);
    this.#know(value, token, 'host');
    this.#count('host');
    return token;
  }

  number(kind: Kind, raw: string): string {
    if (this.treatmentOf(kind) !== 'replace' || isToken(raw)) return raw;
    const value = Number(raw);
    const digits = Number.isSafeInteger(value) ? String(value) : raw;
    const certain = CERTAIN.has(kind) ? kind : (kindOfWhole(digits) ?? this.#strongKind(kind, digits));
    const token = this.tokens.number(certain, digits);
    if (digits.length > 3) this.#know(digits, token, kind);
    this.#count(kind);
    return token;
  }

  /** The text with what is known or shows to be personal in it replaced. */
  searched(text: string): string {
    return edited(text, this.searchEdits(text));
  }

  searchEdits(text: string): Edit[] {
    const found: Found[] = this.#tokenPlaces(text);
    this.#findIn(text, (start, end) => [start, end], found);
    const view = decodedView(text);
    if (view !== null) this.#findIn(view.text, (start, end) => placeIn(view, start, end), found);
    this.#findEncoded(text, found);
    const edits: Edit[] = [];
    for (const { start, end, text: put, kind } of united(found)) {
      if (text.slice(start, end) === put) continue;
      edits.push({ start, end, text: put });
      this.#count(kind);
    }
    return edits;
  }

  /** True where a member's name is or has a replaced value. */
  nameHolds(name: string): boolean {
    return this.#secrets.isIn(name);
  }

  #replaced(kind: Kind, value: string): string {
    const token =
      isUuid(value) || isNumericText(value) ? this.tokens.of(kind, value) : this.#withInnerIds(kind, value);
    if (token === value) return value;
    this.#know(value, token, kind);
    this.#count(kind);
    return token;
  }

  /** Ids made of a UUID and a number, as `chat:13`, keep both apart. */
  #withInnerIds(kind: Kind, value: string): string {
    if (kind !== 'id' || !/^[0-9a-f-]{36}[:./_-]\d{1,5}$/i.test(value)) return this.tokens.of(kind, value);
    const id = value.slice(0, 36);
    return isUuid(id) ? this.tokens.uuid(id) + value.slice(36) : this.tokens.of(kind, value);
  }

  /** Where a declaration says nothing, what was an id or a name elsewhere is the same id or name. */
  #strongKind(kind: Kind, value: string): Kind {
    return WEAK.has(kind) ? (this.#secrets.strongKindOf(value) ?? kind) : kind;
  }

  #know(value: string, token: string, kind: Kind): void {
    if (value.length > LONGEST_SEARCHED) return;
    this.#secrets.add(value, token, kind);
    if (kind !== 'name') return;
    for (const part of value.split(/\s+/))
      if (NAME_PART.test(part) && part !== value) this.#secrets.add(part, token, kind);
  }

  #count(kind: Kind): void {
    if (this.phase === 'write') this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
  }

  /** Tokens that are there stay as they are: their words are ours. */
  #tokenPlaces(text: string): Found[] {
    const found: Found[] = [];
    const stay = (match: RegExpMatchArray) =>
      found.push({
        start: match.index ?? 0,
        end: (match.index ?? 0) + match[0].length,
        kind: 'value',
        text: match[0],
      });
    if (text.includes('‹')) for (const match of tokensIn(text)) stay(match);
    if (text.includes('.invalid')) for (const match of text.matchAll(/host-\d{1,9}\.invalid/gi)) stay(match);
    if (text.includes('909090909')) for (const match of text.matchAll(/\b909090909\d{6}\b/g)) stay(match);
    return found;
  }

  #findIn(
    text: string,
    place: (start: number, end: number) => readonly [number, number],
    found: Found[],
  ): void {
    const add = (at: number, until: number, kind: Kind, put: string) => {
      const [start, end] = place(at, until);
      found.push({ start, end, kind, text: put });
    };
    for (const { start, end, kind } of matchesIn(text)) {
      if (this.treatmentOf(kind) !== 'replace') continue;
      const value = text.slice(start, end);
      const token = isToken(value) ? value : this.tokens.of(kind, value);
      if (token !== value) this.#know(value, token, kind);
      add(start, end, kind, token);
    }
    for (const { pattern, kind } of this.profile.patterns) {
      for (const match of text.matchAll(pattern)) {
        if (match[0] !== '')
          add(match.index, match.index + match[0].length, kind, this.tokens.of(kind, match[0]));
      }
    }
    if (this.phase === 'learn') return;
    for (const { start, end, kind, token } of this.#secrets.find(text)) {
      if (this.profile.base === 'internal' && this.treatmentOf(kind) !== 'replace') continue;
      add(start, end, kind, token);
    }
    if (this.profile.base === 'share') {
      for (const match of text.matchAll(UUIDS_IN_TEXT)) {
        if (!isToken(match[0])) add(match.index, match.index + 36, 'id', this.tokens.uuid(match[0]));
      }
    }
  }

  /** Base64 of a text with something known in it goes whole. */
  #findEncoded(text: string, found: Found[]): void {
    if (text.length < 8) return;
    for (const match of text.matchAll(/[A-Za-z0-9+/_-]{8,}={0,2}/g)) {
      const decoded = decodedBase64(match[0]);
      if (decoded === null) continue;
      const inner: Found[] = [];
      this.#findIn(decoded, (start, end) => [start, end], inner);
      if (inner.length === 0) continue;
      found.push({
        start: match.index,
        end: match.index + match[0].length,
        kind: 'value',
        text: this.tokens.marked('value', match[0]),
      });
    }
  }
}

/** A word of a name, which may stand alone elsewhere. */
const NAME_PART = /^[\p{L}\p{M}'’-]{3,}$/u;
const WEAK: ReadonlySet<Kind> = new Set<Kind>(['value', 'path', 'query', 'key']);
/** Kinds that a declaration or a name says for certain, whatever the value looks like. */
const CERTAIN: ReadonlySet<Kind> = new Set<Kind>(['id', 'name', 'token', 'file', 'host', 'event']);

const decoder = new TextDecoder('utf-8', { fatal: true });

/** The UTF-8 text that base64, plain or for URLs, stands for; null where it stands for none. */
function decodedBase64(text: string): string | null {
  if (text.length > 1_000_000) return null;
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''));
    return decoder.decode(Uint8Array.from(binary, (char) => char.charCodeAt(0)));
  } catch {
    return null;
  }
}

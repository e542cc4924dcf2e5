/**
 * Values that were replaced somewhere, to be found again where text stays: at word boundaries, whatever the text is
 * encoded in. A text costs one pass, however many values are known.
 */
import { type Match, united } from './patterns.ts';

/** Shorter values are in every text. */
const SHORTEST = 3;
/** Longer ones are searched whole only. */
const LONGEST = 4_096;
const WORD = /[\p{L}\p{N}]+/gu;

interface Known {
  /** In lower case. */
  readonly value: string;
  token: string;
  kind: Match['kind'];
}

/** Kinds of values of which nobody has said what they are. */
export const WEAK_KINDS: ReadonlySet<Match['kind']> = new Set<Match['kind']>([
  'value',
  'path',
  'query',
  'key',
  'form',
  'text',
]);

export interface Secret extends Match {
  readonly token: string;
}

export class SecretIndex {
  /** By the first word. Longer values first, so that a whole name is found before its parts. */
  readonly #byWord = new Map<string, Known[]>();
  readonly #values = new Map<string, Known>();

  add(value: string, token: string, kind: Match['kind']): void {
    const lower = normal(value.trim());
    if (lower.length < SHORTEST || lower.length > LONGEST) return;
    const before = this.#values.get(lower);
    if (before !== undefined) {
      // What is an id or a name somewhere is one everywhere.
      if (WEAK_KINDS.has(before.kind) && !WEAK_KINDS.has(kind)) Object.assign(before, { token, kind });
      return;
    }
    const [word] = lower.match(WORD) ?? [];
    if (word === undefined) return;
    const known = { value: lower, token, kind };
    this.#values.set(lower, known);
    const group = this.#byWord.get(word);
    if (group === undefined) this.#byWord.set(word, [known]);
    else group.push(known);
  }

  /** The kind that a value is known as, if somebody has said what it is. */
  strongKindOf(value: string): Match['kind'] | null {
    const kind = this.#values.get(normal(value.trim()))?.kind;
    return kind === undefined || WEAK_KINDS.has(kind) ? null : kind;
  }

  /** The known values in a text as it stands. */
  find(text: string): Secret[] {
    if (this.#values.size === 0) return [];
    const searched = normal(text);
    const found: Secret[] = [];
    for (const match of searched.matchAll(WORD)) {
      for (const { value, token, kind } of this.#byWord.get(match[0]) ?? []) {
        const first = /[\p{L}\p{N}]/u.exec(value)?.index ?? 0;
        const start = match.index - first;
        if (start < 0 || !searched.startsWith(value, start)) continue;
        const end = start + value.length;
        if (isWordAt(searched, end) && isWordAt(value, value.length - 1)) continue;
        found.push({ start, end, token, kind });
      }
    }
    return united(found);
  }

  /** True where a plain name is a known value or has one as a word of it. */
  isIn(name: string): boolean {
    if (this.#values.size === 0) return false;
    if (this.#values.has(normal(name))) return true;
    const words = name.split(/[^\p{L}\p{N}]+|(?<=[\p{Ll}\p{N}])(?=\p{Lu})/u);
    return words.length > 1 && words.some((word) => this.#values.has(normal(word)));
  }
}

function isWordAt(text: string, at: number): boolean {
  const code = text.codePointAt(at);
  return code !== undefined && /[\p{L}\p{N}]/u.test(String.fromCodePoint(code));
}

/** In lower case, of the same length; half of a surrogate pair as UTF-8 has it. */
function normal(text: string): string {
  const lower = text.toLowerCase();
  // Some letters have another length in lower case: then places would be wrong.
  return (lower.length === text.length ? lower : text).replaceAll(/\p{Surrogate}/gu, '\ufffd');
}

/** A filter as a tree of terms, and what was found wrong in its text. */

/** A part of the text, [from, to) in UTF-16 units. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** How a text is compared: as it stands, in any case, or by a regular expression. `needle` is in lower case. */
export type TextMatch =
  | { readonly how: 'contains' | 'equals'; readonly needle: string }
  | { readonly how: 'regex'; readonly source: string; readonly regex: Regex };

/** A regular expression that takes a time linear in the text. */
export interface Regex {
  test(text: string): boolean;
}

export type Comparison = '<' | '<=' | '=' | '>=' | '>';

/** Parts of a row that hold texts, and those that hold one number. */
export const TEXT_KEYS = [
  'event',
  'session',
  'party',
  'transport',
  'dir',
  'kind',
  'rule',
  'severity',
  'fate',
  'url',
  'origin',
  'has',
] as const;
export type TextKey = (typeof TEXT_KEYS)[number];
export const NUMBER_KEYS = ['size', 'took', 'status'] as const;
export type NumberKey = (typeof NUMBER_KEYS)[number];
export const TIME_KEYS = ['after', 'before'] as const;
export type TimeKey = (typeof TIME_KEYS)[number];

/** A time as it was typed: of the day (local) or from the trace's first row in milliseconds, or a moment (epoch ms). */
export interface TypedTime {
  readonly from: 'day' | 'start' | 'epoch';
  readonly ms: number;
}

export type Test =
  /** The row's whole text. */
  | { readonly on: 'row'; readonly match: TextMatch }
  | { readonly on: TextKey; readonly match: TextMatch }
  /** Decoded values below a path of member names. */
  | { readonly on: 'field'; readonly path: readonly string[]; readonly match: TextMatch }
  | { readonly on: NumberKey; readonly compared: Comparison; readonly value: number }
  | { readonly on: TimeKey; readonly time: TypedTime };

export type FilterNode =
  /** The term that is being completed: true or false in its place. */
  | { readonly is: 'hole'; readonly holds: boolean }
  | { readonly is: 'test'; readonly test: Test }
  | { readonly is: 'not'; readonly part: FilterNode }
  | { readonly is: 'and' | 'or'; readonly parts: readonly FilterNode[] };

/** What a part of the text is, for its colour. */
export interface Token extends Span {
  readonly kind: 'key' | 'value' | 'operator' | 'regex' | 'word';
}

/** What is wrong with a part, in a sentence that says what it takes. The part is left out of the tree. */
export interface Mistake extends Span {
  readonly text: string;
}

/** A term as it was typed: `key:value`, or a word, a phrase or a regular expression alone. */
export interface TypedTerm extends Span {
  /** As it was typed, `field.msg` too; null for a term without a key. */
  readonly key: string | null;
  /** Where the value begins; `to` where there is none yet. */
  readonly valueFrom: number;
}

export interface ParsedFilter {
  /** Null: all rows. */
  readonly node: FilterNode | null;
  readonly tokens: readonly Token[];
  readonly terms: readonly TypedTerm[];
  readonly mistakes: readonly Mistake[];
  /** True where a regular expression waits for its engine: it is left out until then. */
  readonly needsEngine: boolean;
}

/** True where every row of `next` is also one of `earlier`, so that only the earlier result must be looked through. */
export function narrows(earlier: FilterNode, next: FilterNode): boolean {
  const wanted = conjuncts(next);
  return conjuncts(earlier).every((old) => wanted.some((term) => implies(term, old)));
}

function conjuncts(node: FilterNode): readonly FilterNode[] {
  return node.is === 'and' ? node.parts : [node];
}

function implies(one: FilterNode, other: FilterNode): boolean {
  if (one.is === 'not' && other.is === 'not') return implies(other.part, one.part);
  if (one.is === 'test' && other.is === 'test') return testImplies(one.test, other.test);
  return JSON.stringify(one) === JSON.stringify(other);
}

function testImplies(one: Test, other: Test): boolean {
  if ('match' in one && 'match' in other && one.on === other.on && other.match.how === 'contains') {
    const samePart =
      one.on !== 'field' || JSON.stringify(one) === JSON.stringify({ ...other, match: one.match });
    const isText = one.on !== 'session' || !isLetter(other.match.needle);
    if (samePart && isText && one.match.how !== 'regex') return one.match.needle.includes(other.match.needle);
  }
  return JSON.stringify(one) === JSON.stringify(other);
}

/** One or two letters name a session by its letter; an id is longer. */
export const isLetter = (needle: string): boolean => /^[a-z]{1,2}$/.test(needle);

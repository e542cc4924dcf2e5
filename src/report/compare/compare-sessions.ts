/**
 * Two sessions, event by event: what is the same, moved, missing, extra, changed or only later. Pure; the time is bounded
 * by the number of events. Ids, hosts and redacted values are the same where they stand in the same places, and times are
 * held against no event, unless both are to be compared as they are written; fields that are declared as volatile never are.
 */
import type { Analysis, EventSeq } from '../../analysis/api/analysis.ts';
import type { JsonPath } from '../../protocol/declaration.ts';
import { isReplaced } from './erased-words.ts';
import type { EventPairs } from './event-pairs.ts';
import { type ComparedField, compareFields, differs } from './field-comparison.ts';
import {
  type ComparedEvent,
  type ComparedSession,
  ComparedTexts,
  leavesOfRow,
  redactionOf,
  sessionEvents,
  sessionRows,
  type Words,
} from './session-events.ts';
import { pairSessions } from './session-pairs.ts';

/** In the order in which they are counted and shown. */
export const differenceKinds = ['same', 'changed', 'missing', 'extra', 'moved', 'later'] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

/** One event of A, one of B, or a pair, in the order of A; what B alone has stands where B has it. */
export interface ComparedPair {
  readonly kind: DifferenceKind;
  /** Null for an event that A lacks. */
  readonly a: ComparedEvent | null;
  readonly b: ComparedEvent | null;
  /** Of a changed pair the fields that differ; empty otherwise. */
  readonly paths: readonly JsonPath[];
  /** How many milliseconds later B has it than A, counted from the pair before; 0 where it is not later. */
  readonly later: number;
}

export interface Comparison {
  readonly a: ComparedSession;
  readonly b: ComparedSession;
  /** True where nothing differs but times and what is muted. */
  readonly same: boolean;
  readonly pairs: readonly ComparedPair[];
  /** Chat events by kind. Calls of the API are counted where they differ. */
  readonly counts: Readonly<Record<DifferenceKind, number>>;
  /** Position in `pairs` of the first that differs; null where none does. */
  readonly first: number | null;
  /** All fields of a pair, each with its verdict. */
  fields(pair: ComparedPair): readonly ComparedField[];
}

/** A session to compare: of any analysis, which both sides may share. */
export interface SessionOf {
  readonly analysis: Analysis;
  readonly session: string;
}

/** How ids, hosts and times are taken. */
export interface ComparedAs {
  /**
   * True (the default) where ids and hosts are the same that stand in the same places, and times are held against nothing;
   * false where each is compared as it is written. Which events are pairs does not depend on it.
   */
  readonly ignoreIdsAndTimes?: boolean;
}

/** Lays the session `b`, the actual one, beside `a`, the expected one. */
export function compareSessions(a: SessionOf, b: SessionOf, as: ComparedAs = {}): Comparison {
  const steps = comparisonSteps(a, b, as);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * The same in steps, for whoever must give way between them: each is short, but for those that pair all events, which take
 * some hundred milliseconds at 100,000. The sessions may grow between steps; rows that were there must stay.
 */
export function* comparisonSteps(
  a: SessionOf,
  b: SessionOf,
  { ignoreIdsAndTimes = true }: ComparedAs = {},
): Generator<void, Comparison, undefined> {
  const rowsA = yield* sessionRows(a.analysis, a.session);
  const rowsB = yield* sessionRows(b.analysis, b.session);
  const redactedA = redactionOf(a.analysis, a.session, rowsA);
  const redactedB = redactionOf(b.analysis, b.session, rowsB);
  function* compared(words: Words) {
    const texts = new ComparedTexts();
    const sideA = yield* sessionEvents(a.analysis, a.session, rowsA, texts, words);
    const sideB = yield* sessionEvents(b.analysis, b.session, rowsB, texts, words);
    return yield* compareSides(...withCommonCalls(sideA, sideB), { texts, words, ignoreIdsAndTimes });
  }
  if (redactedA !== redactedB) return yield* compared('erased');
  if (redactedA === 'no') return yield* compared('kept');
  // Exports that share a map have the same tokens for the same: then tokens are as good as words.
  const kept = yield* compared('kept');
  const fits = kept.counts.same * 2 >= Math.min(rowsA.length, rowsB.length) && !replacedOnOneSide(kept);
  return fits ? kept : yield* compared('erased');
}

/** True if a value of the one is a token in the other: the two exports did not replace the same. */
function replacedOnOneSide(comparison: Comparison): boolean {
  return comparison.pairs.some(
    (pair) =>
      pair.kind === 'changed' &&
      comparison.fields(pair).some(({ a, b }) => a && b && isReplaced(a.value) !== isReplaced(b.value)),
  );
}

/** A side that never opens its chat by a call has it from elsewhere, as over a relay: then no opening is compared. */
function withCommonCalls(a: ComparedSession, b: ComparedSession): [ComparedSession, ComparedSession] {
  const opens = ({ events }: ComparedSession) => events.some(isOpening);
  if (opens(a) === opens(b)) return [a, b];
  const without = (side: ComparedSession) => ({
    ...side,
    events: side.events.filter((event) => !isOpening(event)),
  });
  return [without(a), without(b)];
}

function isOpening({ seq, direction }: ComparedEvent): boolean {
  return seq === null && direction === 'out';
}

interface Means {
  readonly texts: ComparedTexts;
  readonly words: Words;
  readonly ignoreIdsAndTimes: boolean;
}

function* compareSides(
  a: ComparedSession,
  b: ComparedSession,
  { texts, words, ignoreIdsAndTimes }: Means,
): Generator<void, Comparison, undefined> {
  const { map, pairs, alike } = yield* pairSessions(a, b, texts);
  const same = (one: string, other: string) =>
    map.same(texts.references.number(one), texts.references.number(other));
  const asWritten = (one: string, other: string) => one === other;
  const fieldsOf = (one: ComparedEvent | null, other: ComparedEvent | null) =>
    compareFields(leaves(a, one, words), leaves(b, other, words), {
      same: ignoreIdsAndTimes ? same : asWritten,
      ignoreTimes: ignoreIdsAndTimes,
    });
  const noText = texts.number('');
  const list = yield* inOrder(a, b, pairs, (index, one, other) => {
    // What is the same but for ids and times is not looked into where they are ignored, nor what is the same text.
    const written = one.text !== other.text || one.text === noText;
    return (ignoreIdsAndTimes ? alike.has(index) : written)
      ? fieldsOf(one, other)
          .filter(differs)
          .map(({ path }) => path)
      : [];
  });
  const counts = { same: 0, moved: 0, missing: 0, extra: 0, changed: 0, later: 0 };
  for (const { kind, a: one, b: other } of list) {
    if (kind !== 'same' || (one ?? other)?.seq !== null) counts[kind] += 1;
  }
  const first = list.findIndex(({ kind }) => kind !== 'same' && kind !== 'later');
  return {
    ...{ a, b, pairs: list, counts },
    same: first === -1,
    first: first === -1 ? null : first,
    fields: (pair) => fieldsOf(pair.a, pair.b),
  };
}

function leaves({ analysis, protocol }: ComparedSession, event: ComparedEvent | null, words: Words) {
  return event === null ? [] : leavesOfRow(analysis, protocol, analysis.row(event.row), words);
}

/** Pairs in one step. */
const STEP = 500;

function* inOrder(
  { events: a }: ComparedSession,
  { events: b }: ComparedSession,
  { ofA, ofB, moved }: EventPairs,
  pathsOf: (index: number, one: ComparedEvent, other: ComparedEvent) => readonly JsonPath[],
): Generator<void, ComparedPair[], undefined> {
  const list: ComparedPair[] = [];
  const delay = new Delay();
  let nextB = 0;
  const extraUntil = (end: number) => {
    for (; nextB < end; nextB += 1) {
      if (ofB[nextB] === -1) list.push({ ...PLAIN, kind: 'extra', b: b[nextB] ?? null });
    }
  };
  for (const [index, one] of a.entries()) {
    if (index % STEP === STEP - 1) yield;
    const partner = ofA[index] ?? -1;
    const other = b[partner];
    if (other === undefined) list.push({ ...PLAIN, kind: 'missing', a: one });
    else if (moved.has(index)) list.push({ ...PLAIN, kind: 'moved', a: one, b: other });
    else {
      extraUntil(partner);
      nextB = partner + 1;
      const later = delay.of(one, other);
      const paths = pathsOf(index, one, other);
      const equal = later > 0 ? 'later' : 'same';
      list.push({ kind: paths.length > 0 ? 'changed' : equal, a: one, b: other, paths, later });
    }
  }
  extraUntil(b.length);
  return list;
}

const PLAIN = { a: null, b: null, paths: [], later: 0 } as const;

/** Less than this between two events is how networks are. In milliseconds. */
export const LATER_FROM = 1_000;

/** By how much each pair has fallen behind since the pair before. */
class Delay {
  #before: number | null = null;

  of(one: ComparedEvent, other: ComparedEvent): number {
    const behind = other.wallTime - one.wallTime;
    const grown = this.#before === null ? 0 : behind - this.#before;
    this.#before = behind;
    return grown >= LATER_FROM ? grown : 0;
  }
}

/** The position of an event as the command line's JSON has it. */
export function seqOf(event: ComparedEvent | null): EventSeq | null {
  return event?.seq ?? null;
}

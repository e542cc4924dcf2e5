/**
 * Two sessions, event by event: what is the same, moved, missing, extra, changed or only later. Pure; the time is bounded
 * by the number of events. Ids, hosts and redacted values are the same where they stand in the same places; times and
 * fields that are declared as volatile are never held against an event.
 */
import type { Analysis, EventSeq } from '../../analysis/api/analysis.ts';
import type { JsonPath } from '../../protocol/declaration.ts';
import { type EventPairs, pairAlikeEvents, pairEqualEvents } from './event-pairs.ts';
import { type ComparedField, compareFields, differs } from './field-comparison.ts';
import { ReferenceMap } from './reference-map.ts';
import {
  type ComparedEvent,
  type ComparedSession,
  ComparedTexts,
  isRedacted,
  leavesOfRow,
  sessionEvents,
  sessionRows,
  type Words,
} from './session-events.ts';

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

/** Lays the session `b`, the actual one, beside `a`, the expected one. */
export function compareSessions(a: SessionOf, b: SessionOf): Comparison {
  const rowsA = sessionRows(a.analysis, a.session);
  const rowsB = sessionRows(b.analysis, b.session);
  const redacted = [isRedacted(a.analysis, a.session, rowsA), isRedacted(b.analysis, b.session, rowsB)];
  const compared = (words: Words) => {
    const texts = new ComparedTexts();
    const sideA = sessionEvents(a.analysis, a.session, rowsA, texts, words);
    const sideB = sessionEvents(b.analysis, b.session, rowsB, texts, words);
    return compareSides(...withCommonCalls(sideA, sideB), texts, words);
  };
  if (redacted.every((side) => !side)) return compared('kept');
  if (redacted.some((side) => !side)) return compared('erased');
  // Exports that share a map have the same tokens for the same: then tokens are as good as words.
  const kept = compared('kept');
  return kept.counts.same * 2 >= Math.min(rowsA.length, rowsB.length) ? kept : compared('erased');
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

function compareSides(
  a: ComparedSession,
  b: ComparedSession,
  texts: ComparedTexts,
  words: Words,
): Comparison {
  const { map, pairs, alike } = paired(a, b, texts);
  const same = (one: string, other: string) =>
    map.same(texts.references.number(one), texts.references.number(other));
  const fieldsOf = (one: ComparedEvent | null, other: ComparedEvent | null) =>
    compareFields(leaves(a, one, words), leaves(b, other, words), same);
  const list = inOrder(a, b, pairs, alike, (one, other) =>
    fieldsOf(one, other)
      .filter(differs)
      .map(({ path }) => path),
  );
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

interface Paired {
  readonly map: ReferenceMap;
  readonly pairs: EventPairs;
  /** How many events are not the same in order. */
  readonly differing: number;
}

/** Sessions with more events together are laid beside each other from the start alone. */
const BOTH_ENDS = 8_000;

/** So often what refers to what is learnt again from the pairs that the last time gave. */
const ROUNDS = 2;

/**
 * Pairs the events without what they refer to, learns from the pairs what refers to what, and pairs them again with it, as
 * long as fewer differ. Names that both sides have may stand for themselves, as in two recordings of one chat, or may not:
 * what leaves less to explain is right.
 */
function paired(a: ComparedSession, b: ComparedSession, texts: ComparedTexts) {
  const { references } = texts;
  const textsA = Int32Array.from(a.events, ({ text }) => text);
  const textsB = Int32Array.from(b.events, ({ text }) => text);
  const withMap = (
    map: ReferenceMap,
    counts: (reference: number) => boolean,
    from: 'start' | 'end',
  ): Paired => {
    const key = (event: ComparedEvent, own: (reference: number) => number) =>
      texts.number(`${event.shape} ${event.references.filter(counts).map(own).join(' ')}`);
    const pairs = pairEqualEvents({
      ...{ textsA, textsB, from },
      keysA: Int32Array.from(a.events, (event) => key(event, (reference) => reference)),
      keysB: Int32Array.from(b.events, (event) => key(event, (reference) => map.ofB(reference))),
    });
    return { map, pairs, differing: differing(pairs) };
  };
  const learnt = (pairs: EventPairs, identical: boolean): ReferenceMap => {
    const map = new ReferenceMap(references);
    const names = ({ events }: ComparedSession) => events.map((event) => event.references);
    if (identical) map.takeIdentical(names(a), names(b));
    map.takeVotes(referencesOfPairs(a, b, pairs));
    return map;
  };
  const all = () => true;
  let best: Paired | null = null;
  const ends =
    a.events.length + b.events.length > BOTH_ENDS ? (['start'] as const) : (['start', 'end'] as const);
  for (const end of ends) {
    const byShape = withMap(new ReferenceMap(references), () => false, end).pairs;
    // Who speaks is soon known, and tells which of several like messages is which; only then their own numbers say more.
    const byParty = withMap(learnt(byShape, false), (reference) => references.recurs(reference), end).pairs;
    for (const identical of [false, true]) {
      let from = byParty;
      for (let round = 0; round < ROUNDS && best?.differing !== 0; round += 1) {
        const next = withMap(learnt(from, identical), all, end);
        const better = best === null || next.differing < best.differing;
        if (better) best = next;
        else if (round > 0) break;
        from = next.pairs;
      }
    }
  }
  best ??= withMap(new ReferenceMap(references), all, 'start');
  const alike = pairAlikeEvents(best.pairs, likenessOf(a, b, best.map));
  // What differs may name what nothing else names: it stands for what is in the same place.
  best.map.takeVotes(referencesOfAlike(a, b, best.pairs, alike));
  return { map: best.map, pairs: best.pairs, alike };
}

function differing({ ofA, ofB, moved }: EventPairs): number {
  const alone = (side: Int32Array) => side.reduce((count, partner) => count + Number(partner === -1), 0);
  return alone(ofA) + alone(ofB) + moved.size;
}

/** What stands in the same places of events of one shape. */
function* referencesOfPairs(a: ComparedSession, b: ComparedSession, { ofA }: EventPairs) {
  for (const [index, one] of a.events.entries()) {
    const other = b.events[ofA[index] ?? -1];
    if (other?.shape === one.shape) yield [one.references, other.references] as const;
  }
}

/** What stands in the same fields of events that are alike. */
function* referencesOfAlike(
  a: ComparedSession,
  b: ComparedSession,
  { ofA }: EventPairs,
  alike: ReadonlySet<number>,
) {
  for (const index of alike) {
    const [one, other] = [a.events[index], b.events[ofA[index] ?? -1]];
    if (one === undefined || other === undefined) continue;
    const found: [number[], number[]] = [[], []];
    eachCommonLeaf(one, other, (left, right, count) => {
      found[0].push(...one.references.slice(left, left + count));
      found[1].push(...other.references.slice(right, right + count));
    });
    yield found;
  }
}

/** Told of each leaf that both have with the same fixed part: where its references begin in each, and how many they are. */
function eachCommonLeaf(
  { leaves: a }: ComparedEvent,
  { leaves: b }: ComparedEvent,
  found: (left: number, right: number, count: number) => void,
): void {
  let [placeB, right] = [0, 0];
  for (let at = 0, left = 0; at < a.length; at += 3) {
    let [place, from] = [placeB, right];
    while (place < b.length && b[place] !== a[at]) {
      from += b[place + 2] ?? 0;
      place += 3;
    }
    const count = a[at + 2] ?? 0;
    if (place < b.length) {
      if (b[place + 1] === a[at + 1] && b[place + 2] === count) found(left, from, count);
      placeB = place + 3;
      right = from + (b[place + 2] ?? 0);
    }
    left += count;
  }
}

/** How like two events are: those of one name by the share of their fields; of two names only nearly equal ones. */
function likenessOf(a: ComparedSession, b: ComparedSession, map: ReferenceMap) {
  return (indexA: number, indexB: number): number => {
    const [one, other] = [a.events[indexA], b.events[indexB]];
    if (one === undefined || other === undefined || one.direction !== other.direction) return 0;
    if ((one.seq === null) !== (other.seq === null)) return 0;
    const renamed = one.name !== other.name;
    let equal = 0;
    eachCommonLeaf(one, other, (left, right, count) => {
      for (let at = 0; at < count; at += 1) {
        if (!map.mayBe(one.references[left + at] ?? -1, other.references[right + at] ?? -2)) return;
      }
      equal += 1;
    });
    // Of a renamed event the name's own field is another, and says nothing more.
    const own = renamed ? 1 : 0;
    const fields = Math.max(one.leaves.length, other.leaves.length) / 3 - own;
    const share = fields <= 0 ? 1 : equal / fields;
    if (!renamed) return 1 + share;
    if (endsChat(a, one) && endsChat(b, other)) return 0.5 + share / 4;
    return share >= 0.75 ? share / 2 : 0;
  };
}

function endsChat({ protocol }: ComparedSession, { seq, name }: ComparedEvent): boolean {
  if (seq === null) return false;
  const { role } = protocol.eventType(name);
  return role === 'ended' || role === 'inactivity-timeout';
}

function leaves({ analysis, protocol }: ComparedSession, event: ComparedEvent | null, words: Words) {
  return event === null ? [] : leavesOfRow(analysis, protocol, analysis.row(event.row), words);
}

function inOrder(
  { events: a }: ComparedSession,
  { events: b }: ComparedSession,
  { ofA, ofB, moved }: EventPairs,
  alike: ReadonlySet<number>,
  pathsOf: (one: ComparedEvent, other: ComparedEvent) => readonly JsonPath[],
): ComparedPair[] {
  const list: ComparedPair[] = [];
  const delay = new Delay();
  let nextB = 0;
  const extraUntil = (end: number) => {
    for (; nextB < end; nextB += 1) {
      if (ofB[nextB] === -1) list.push({ ...PLAIN, kind: 'extra', b: b[nextB] ?? null });
    }
  };
  for (const [index, one] of a.entries()) {
    const partner = ofA[index] ?? -1;
    const other = b[partner];
    if (other === undefined) list.push({ ...PLAIN, kind: 'missing', a: one });
    else if (moved.has(index)) list.push({ ...PLAIN, kind: 'moved', a: one, b: other });
    else {
      extraUntil(partner);
      nextB = partner + 1;
      const later = delay.of(one, other);
      const paths = alike.has(index) ? pathsOf(one, other) : [];
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

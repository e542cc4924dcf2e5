/** The events of two sessions in pairs: what refers to what is learnt from the pairs, and the pairs from what refers to what. */
import { type EventPairs, pairAlikeEvents, pairEqualEvents } from './event-pairs.ts';
import { ReferenceMap } from './reference-map.ts';
import type { ComparedEvent, ComparedSession, ComparedTexts } from './session-events.ts';

interface Paired {
  readonly map: ReferenceMap;
  readonly pairs: EventPairs;
  /** How many events are not the same in order. */
  readonly differing: number;
}

/** The events of two sessions in pairs, and what stands for what in them. */
export interface PairedSessions {
  readonly map: ReferenceMap;
  readonly pairs: EventPairs;
  /** Events of A whose partner is another event that is like it. */
  readonly alike: ReadonlySet<number>;
}

/** Sessions with more events together are laid beside each other from the start alone. */
const BOTH_ENDS = 8_000;

/** Events in one step. */
const STEP = 5_000;

/** So often what refers to what is learnt again from the pairs that the last time gave. */
const ROUNDS = 2;

/**
 * Pairs the events without what they refer to, learns from the pairs what refers to what, and pairs them again with it, as
 * long as fewer differ. Names that both sides have may stand for themselves, as in two recordings of one chat, or may not:
 * what leaves less to explain is right. Gives way all the time but while
 * sequences are laid beside each other, which takes some hundred milliseconds at 100,000 events.
 */
export function* pairSessions(
  a: ComparedSession,
  b: ComparedSession,
  texts: ComparedTexts,
): Generator<void, PairedSessions, undefined> {
  const { references } = texts;
  const textsA = Int32Array.from(a.events, ({ text }) => text);
  const textsB = Int32Array.from(b.events, ({ text }) => text);
  function* keysOf(
    { events }: ComparedSession,
    counts: (reference: number) => boolean,
    own: (reference: number) => number,
  ) {
    const keys = new Int32Array(events.length);
    for (const [at, { shape, references: named }] of events.entries()) {
      if (at % STEP === STEP - 1) yield;
      keys[at] = texts.number(`${shape} ${named.filter(counts).map(own).join(' ')}`);
    }
    return keys;
  }
  function* withMap(
    map: ReferenceMap,
    counts: (reference: number) => boolean,
    from: 'start' | 'end',
  ): Generator<void, Paired, undefined> {
    const keysA = yield* keysOf(a, counts, (reference) => reference);
    const keysB = yield* keysOf(b, counts, (reference) => map.ofB(reference));
    const pairs = pairEqualEvents({ textsA, textsB, from, keysA, keysB });
    yield;
    return { map, pairs, differing: differing(pairs) };
  }
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
    const byShape = (yield* withMap(new ReferenceMap(references), () => false, end)).pairs;
    // Who speaks is soon known, and tells which of several like messages is which; only then their own numbers say more.
    const known = learnt(byShape, false);
    yield;
    const byParty = (yield* withMap(known, (reference) => references.recurs(reference), end)).pairs;
    for (const identical of [false, true]) {
      let from = byParty;
      for (let round = 0; round < ROUNDS && best?.differing !== 0; round += 1) {
        const map = learnt(from, identical);
        yield;
        const next = yield* withMap(map, all, end);
        const better = best === null || next.differing < best.differing;
        if (better) best = next;
        else if (round > 0) break;
        from = next.pairs;
      }
    }
  }
  best ??= yield* withMap(new ReferenceMap(references), all, 'start');
  const alike = pairAlikeEvents(best.pairs, likenessOf(a, b, best.map));
  yield;
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
    const renamed = one.kind !== other.kind;
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

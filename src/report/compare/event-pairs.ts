/**
 * Events of two sessions in pairs: what is the same in order, the same in another place, and what is left between as one
 * event that differs or as one that the other side lacks.
 */
import { alignSequences } from './sequence-alignment.ts';

export interface EventPairs {
  /** For each event of A its partner in B, or -1. */
  readonly ofA: Int32Array;
  readonly ofB: Int32Array;
  /** Events of A whose partner stands in another place. */
  readonly moved: ReadonlySet<number>;
}

export interface PairingQuestion {
  /** Equal for events that are the same. */
  readonly keysA: Int32Array;
  readonly keysB: Int32Array;
  /** Equal for events that are the same character by character: decides between several that are the same. */
  readonly textsA: Int32Array;
  readonly textsB: Int32Array;
  /** From which end: of several equal events the first, or the last, are taken for the partners. */
  readonly from: 'start' | 'end';
}

/** Pairs the events that are the same; the time is bounded by their number, not by how much they differ. */
export function pairEqualEvents(question: PairingQuestion): EventPairs {
  const ofA = alignedFrom(question);
  const ofB = new Int32Array(question.keysB.length).fill(-1);
  for (let a = 0; a < ofA.length; a += 1) if ((ofA[a] ?? -1) >= 0) ofB[ofA[a] ?? 0] = a;
  slideTogether(question, ofA, ofB);
  const moved = pairMoved(question, ofA, ofB);
  return { ofA, ofB, moved };
}

function alignedFrom({ keysA, keysB, from }: PairingQuestion): Int32Array {
  if (from === 'start') return alignSequences(keysA, keysB);
  const last = keysB.length - 1;
  return alignSequences(keysA.toReversed(), keysB.toReversed())
    .reverse()
    .map((partner) => (partner === -1 ? -1 : last - partner));
}

/**
 * Of several equal events in a row, one of them alone, it is open which is alone. It is the one whose text is not the
 * partner's, else the one that stands where the other side has one alone too.
 */
function slideTogether({ keysA, keysB, textsA, textsB }: PairingQuestion, ofA: Int32Array, ofB: Int32Array) {
  const sides = [
    { own: ofA, other: ofB, keys: keysA, texts: textsA, otherTexts: textsB },
    { own: ofB, other: ofA, keys: keysB, texts: textsB, otherTexts: textsA },
  ];
  for (const side of sides) {
    for (let at = 0; at < side.own.length; at += 1) {
      if (side.own[at] === -1) slide(at, side);
    }
  }
}

/** No further than this: a run of equal events may be as long as the session. */
const SLIDE_LIMIT = 200;

interface Side {
  readonly own: Int32Array;
  readonly other: Int32Array;
  readonly keys: Int32Array;
  readonly texts: Int32Array;
  readonly otherTexts: Int32Array;
}

function slide(alone: number, side: Side): void {
  const { own, other, keys, texts, otherTexts } = side;
  let best = { place: alone, gain: aloneOpposite(alone, side) ? 1 : 0 };
  for (const step of [-1, 1]) {
    let gained = 0;
    for (let count = 1; count <= SLIDE_LIMIT; count += 1) {
      const place = alone + step * count;
      const partner = own[place] ?? -1;
      if (partner === -1 || keys[place] !== keys[alone]) break;
      // Its partner would go to the one before it on the way.
      gained +=
        Number(texts[place - step] === otherTexts[partner]) - Number(texts[place] === otherTexts[partner]);
      const opposite = standsAlone(partner + step, side);
      const gain = gained * 2 + (opposite ? 1 : 0);
      if (gain > best.gain) best = { place, gain };
    }
  }
  const step = Math.sign(best.place - alone);
  for (let place = alone; place !== best.place; place += step) {
    const partner = own[place + step] ?? -1;
    own[place] = partner;
    other[partner] = place;
  }
  own[best.place] = -1;
}

/** True if the other side has an event alone between the partners of this one's neighbours. */
function aloneOpposite(place: number, side: Side): boolean {
  const before = place > 0 ? (side.own[place - 1] ?? -1) : -1;
  const after = side.own[place + 1] ?? -1;
  if (place === 0 && standsAlone(0, side)) return true;
  return (before >= 0 && standsAlone(before + 1, side)) || (after >= 0 && standsAlone(after - 1, side));
}

function standsAlone(place: number, { other }: Side): boolean {
  return other[place] === -1;
}

/** More of one event, all out of order, tell of no one place that it moved from. */
const MOVED_ALIKE = 16;

function pairMoved({ keysA, keysB, textsA, textsB }: PairingQuestion, ofA: Int32Array, ofB: Int32Array) {
  const moved = new Set<number>();
  const byText = (which: Int32Array, key: Int32Array, at: number) => `${key[at]} ${which[at]}`;
  const pass = (nameA: (at: number) => string | number, nameB: (at: number) => string | number) => {
    const waiting = new Map<string | number, number[]>();
    for (let b = ofB.length - 1; b >= 0; b -= 1) {
      if (ofB[b] !== -1) continue;
      const queue = waiting.get(nameB(b));
      if (queue === undefined) waiting.set(nameB(b), [b]);
      else queue.push(b);
    }
    for (let a = 0; a < ofA.length; a += 1) {
      if (ofA[a] !== -1) continue;
      const queue = waiting.get(nameA(a));
      const b = queue === undefined || queue.length > MOVED_ALIKE ? undefined : queue.pop();
      if (b === undefined) continue;
      ofA[a] = b;
      ofB[b] = a;
      moved.add(a);
    }
  };
  pass(
    (a) => byText(textsA, keysA, a),
    (b) => byText(textsB, keysB, b),
  );
  pass(
    (a) => keysA[a] ?? 0,
    (b) => keysB[b] ?? 0,
  );
  return moved;
}

/** How like two events are that are not the same, above 0 to 2; 0 for those that are never a pair. */
export type Likeness = (a: number, b: number) => number;

/** Pairs what is left between two events that are the same by likeness, in order; gives the events of A that it paired. */
export function pairAlikeEvents({ ofA, ofB, moved }: EventPairs, likeness: Likeness): ReadonlySet<number> {
  const alike = new Set<number>();
  let [a, b] = [0, 0];
  while (a < ofA.length || b < ofB.length) {
    const leftA: number[] = [];
    const leftB: number[] = [];
    while (a < ofA.length && (ofA[a] === -1 || moved.has(a))) {
      if (ofA[a] === -1) leftA.push(a);
      a += 1;
    }
    while (b < ofB.length && (ofB[b] === -1 || moved.has(ofB[b] ?? -1))) {
      if (ofB[b] === -1) leftB.push(b);
      b += 1;
    }
    for (const [one, other] of likestPairs(leftA, leftB, likeness)) {
      ofA[one] = other;
      ofB[other] = one;
      alike.add(one);
    }
    a += 1;
    b += 1;
  }
  return alike;
}

/** A table of more cells is taken in pieces: its time and memory are its size. */
const CELLS = 1_024;

function likestPairs(
  leftA: readonly number[],
  leftB: readonly number[],
  likeness: Likeness,
): [number, number][] {
  if (leftA.length === 0 || leftB.length === 0) return [];
  const pairs: [number, number][] = [];
  const width = Math.sqrt(CELLS);
  const pieces = Math.max(1, Math.ceil(Math.max(leftA.length, leftB.length) / width));
  for (let piece = 0; piece < pieces; piece += 1) {
    const part = (list: readonly number[]) =>
      list.slice(
        Math.floor((list.length * piece) / pieces),
        Math.floor((list.length * (piece + 1)) / pieces),
      );
    pairs.push(...likestOfPiece(part(leftA), part(leftB), likeness));
  }
  return pairs;
}

function likestOfPiece(
  leftA: readonly number[],
  leftB: readonly number[],
  likeness: Likeness,
): [number, number][] {
  const columns = leftB.length + 1;
  const likenesses = new Float64Array((leftA.length + 1) * columns);
  const best = new Float64Array((leftA.length + 1) * columns);
  for (let i = leftA.length - 1; i >= 0; i -= 1) {
    for (let j = leftB.length - 1; j >= 0; j -= 1) {
      const cell = i * columns + j;
      const alike = likeness(leftA[i] ?? 0, leftB[j] ?? 0);
      likenesses[cell] = alike;
      const paired = alike > 0 ? alike + (best[cell + columns + 1] ?? 0) : 0;
      best[cell] = Math.max(paired, best[cell + columns] ?? 0, best[cell + 1] ?? 0);
    }
  }
  const pairs: [number, number][] = [];
  let [i, j] = [0, 0];
  while (i < leftA.length && j < leftB.length) {
    const cell = i * columns + j;
    const alike = likenesses[cell] ?? 0;
    if (alike > 0 && best[cell] === alike + (best[cell + columns + 1] ?? 0)) {
      pairs.push([leftA[i] ?? 0, leftB[j] ?? 0]);
      i += 1;
      j += 1;
    } else if (best[cell] === best[cell + columns]) i += 1;
    else j += 1;
  }
  return pairs;
}

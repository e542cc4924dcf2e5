/**
 * Two sequences of numbers laid beside each other: which elements of the one are those of the other, in order. The way
 * of Myers (1986), which is the shortest while the two differ little; for what differs more it is cut off and goes on from
 * the furthest place reached, so that the time is bounded whatever the sequences.
 */

/** For each element of `a` the index of its partner in `b`, or -1. Partners are equal, and in the same order on both sides. */
export function alignSequences(a: Int32Array, b: Int32Array): Int32Array {
  const partners = new Int32Array(a.length).fill(-1);
  // What the other side has nowhere can have no partner, and is left out before anything that costs.
  const [placesA, placesB] = [placesOfCommon(a, b), placesOfCommon(b, a)];
  const common = alignCommon(
    placesA.map((place) => a[place] ?? 0),
    placesB.map((place) => b[place] ?? 0),
  );
  for (const [at, partner] of common.entries()) {
    if (partner >= 0) partners[placesA[at] ?? 0] = placesB[partner] ?? 0;
  }
  return partners;
}

function placesOfCommon(own: Int32Array, other: Int32Array): Int32Array {
  const known = new Set(other);
  const places: number[] = [];
  for (const [at, element] of own.entries()) if (known.has(element)) places.push(at);
  return Int32Array.from(places);
}

function alignCommon(a: Int32Array, b: Int32Array): Int32Array {
  const partners = new Int32Array(a.length).fill(-1);
  let start = 0;
  let endA = a.length;
  let endB = b.length;
  while (start < endA && start < endB && a[start] === b[start]) {
    partners[start] = start;
    start += 1;
  }
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA -= 1;
    endB -= 1;
    partners[endA] = endB;
  }
  const whole: Part = { a, b, fromA: start, toA: endA, fromB: start, toB: endB, partners };
  if (!alignWithin(whole, SHORTEST)) {
    for (const part of betweenUniqueElements(whole)) alignByPieces(part);
  }
  return partners;
}

/** So many elements may differ before the whole is taken apart: steps and memory grow with their square. */
const SHORTEST = 1_000;
/** The same of a piece of what differs more. */
const PIECE = 512;

interface Part {
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly fromA: number;
  readonly toA: number;
  readonly fromB: number;
  readonly toB: number;
  readonly partners: Int32Array;
}

/** Writes the shortest way through the part; false, with nothing written, where it has more than `limit` differences. */
function alignWithin(part: Part, limit: number): boolean {
  const way = explore(part, limit);
  if (!way.complete) return false;
  retrace(part, way);
  return true;
}

function alignByPieces(part: Part): void {
  let { fromA, fromB } = part;
  while (fromA < part.toA && fromB < part.toB) {
    const piece = { ...part, fromA, fromB };
    const way = explore(piece, PIECE);
    retrace(piece, way);
    fromA = way.endA;
    fromB = way.endB;
    if (way.complete) return;
  }
}

interface Way {
  readonly complete: boolean;
  /** Where it ended, and after how many differences. */
  readonly endA: number;
  readonly endB: number;
  readonly differences: number;
  /** How far each diagonal was reached, after each number of differences; diagonal 0 in the middle. */
  readonly reached: readonly Int32Array[];
}

function explore({ a, b, fromA, toA, fromB, toB }: Part, limit: number): Way {
  const lengthA = toA - fromA;
  const lengthB = toB - fromB;
  const most = Math.min(limit, lengthA + lengthB);
  const middle = most + 1;
  const ends = new Int32Array(2 * middle + 1);
  const reached: Int32Array[] = [];
  let furthest = { x: 0, y: 0, differences: 0 };
  for (let differences = 0; differences <= most; differences += 1) {
    for (let diagonal = -differences; diagonal <= differences; diagonal += 2) {
      const below = ends[middle + diagonal - 1] ?? 0;
      const beside = ends[middle + diagonal + 1] ?? 0;
      const down = diagonal === -differences || (diagonal !== differences && below < beside);
      let x = down ? beside : below + 1;
      let y = x - diagonal;
      if (x > lengthA || y > lengthB) {
        // Outside: kept as it is, so that no way goes on from here.
        ends[middle + diagonal] = x;
        continue;
      }
      while (x < lengthA && y < lengthB && a[fromA + x] === b[fromB + y]) {
        x += 1;
        y += 1;
      }
      ends[middle + diagonal] = x;
      if (x + y > furthest.x + furthest.y) furthest = { x, y, differences };
      if (x === lengthA && y === lengthB) {
        reached.push(ends.slice(middle - differences - 1, middle + differences + 2));
        return { complete: true, endA: toA, endB: toB, differences, reached };
      }
    }
    reached.push(ends.slice(middle - differences - 1, middle + differences + 2));
  }
  const { x, y, differences } = furthest;
  return { complete: false, endA: fromA + x, endB: fromB + y, differences, reached };
}

function retrace({ fromA, fromB, partners }: Part, way: Way): void {
  let x = way.endA - fromA;
  let y = way.endB - fromB;
  for (let differences = way.differences; differences > 0; differences -= 1) {
    const diagonal = x - y;
    const before = way.reached[differences - 1];
    if (before === undefined) return;
    const at = (which: number) => before[which + differences] ?? 0;
    const down =
      diagonal === -differences || (diagonal !== differences && at(diagonal - 1) < at(diagonal + 1));
    const cameFrom = down ? diagonal + 1 : diagonal - 1;
    const startX = at(cameFrom);
    const afterX = down ? startX : startX + 1;
    while (x > afterX) {
      x -= 1;
      y -= 1;
      partners[fromA + x] = fromB + y;
    }
    x = startX;
    y = startX - cameFrom;
  }
  while (x > 0 && y > 0) {
    x -= 1;
    y -= 1;
    partners[fromA + x] = fromB + y;
  }
}

/** Partners what is there once on each side, as far as it is in order; gives the parts between. */
function betweenUniqueElements(part: Part): Part[] {
  const { a, b, fromA, toA, fromB, toB, partners } = part;
  const placesInB = new Map<number, number>();
  for (let at = fromB; at < toB; at += 1) placesInB.set(b[at] ?? 0, placesInB.has(b[at] ?? 0) ? -1 : at);
  const timesInA = new Map<number, number>();
  for (let at = fromA; at < toA; at += 1) timesInA.set(a[at] ?? 0, (timesInA.get(a[at] ?? 0) ?? 0) + 1);
  const unique: { a: number; b: number }[] = [];
  for (let at = fromA; at < toA; at += 1) {
    const place = placesInB.get(a[at] ?? 0) ?? -1;
    if (place >= 0 && timesInA.get(a[at] ?? 0) === 1) unique.push({ a: at, b: place });
  }
  const parts: Part[] = [];
  let from = { a: fromA, b: fromB };
  for (const anchor of [...longestRising(unique), { a: toA, b: toB }]) {
    parts.push({ ...part, fromA: from.a, toA: anchor.a, fromB: from.b, toB: anchor.b });
    if (anchor.a < toA) partners[anchor.a] = anchor.b;
    from = { a: anchor.a + 1, b: anchor.b + 1 };
  }
  return parts;
}

/** The longest part of a list, ordered by `a`, that is ordered by `b` too. */
function longestRising(list: readonly { a: number; b: number }[]): { a: number; b: number }[] {
  const ends: number[] = [];
  const before = new Int32Array(list.length).fill(-1);
  for (const [index, { b }] of list.entries()) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const mid = (low + high) >> 1;
      if ((list[ends[mid] ?? 0]?.b ?? 0) < b) low = mid + 1;
      else high = mid;
    }
    before[index] = low > 0 ? (ends[low - 1] ?? -1) : -1;
    ends[low] = index;
  }
  const rising: { a: number; b: number }[] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) {
    const element = list[at];
    if (element !== undefined) rising.push(element);
  }
  return rising.reverse();
}

/**
 * Which reference of the one session is which of the other. Nobody says it, so each pair of events votes for what stands in
 * the same places, and the most votes have it: one event that names another party than all others does not change who
 * is who.
 */
import type { ReferencePool } from './reference-pool.ts';

export class ReferenceMap {
  readonly #pool: ReferencePool;
  readonly #ofA = new Map<number, number>();
  readonly #ofB = new Map<number, number>();

  constructor(pool: ReferencePool) {
    this.#pool = pool;
  }

  /** True if the two stand for the same. What neither session has a partner for is the same only as itself. */
  same(a: number, b: number): boolean {
    const partner = this.#ofA.get(a);
    return partner === undefined ? a === b && !this.#ofB.has(b) : partner === b;
  }

  /** True if nothing speaks against it that the two stand for the same. */
  mayBe(a: number, b: number): boolean {
    if (this.#ofA.has(a) || this.#ofB.has(b)) return this.#ofA.get(a) === b;
    return this.#pool.comparable(a, b);
  }

  /** One number for both sides: the reference of A that it stands for, or a number that A does not have. */
  ofB(b: number): number {
    return this.#ofB.get(b) ?? (this.#ofA.has(b) ? -b - 1 : b);
  }

  /** Takes the references as they are that both sides have: recordings of one chat name things alike. */
  takeIdentical(a: Iterable<readonly number[]>, b: Iterable<readonly number[]>): void {
    const ofA = new Set<number>();
    for (const references of a) for (const reference of references) ofA.add(reference);
    for (const references of b) {
      for (const reference of references) if (ofA.has(reference)) this.#set(reference, reference);
    }
  }

  /** Takes what the pairs say, the most votes first; equal names, then what came first, where votes are equal. */
  takeVotes(pairs: Iterable<readonly [a: readonly number[], b: readonly number[]]>): void {
    const votes = new Map<number, Map<number, number>>();
    for (const [a, b] of pairs) {
      const places = Math.min(a.length, b.length);
      for (let place = 0; place < places; place += 1) {
        const [one = 0, other = 0] = [a[place], b[place]];
        if (!this.#pool.comparable(one, other)) continue;
        const ofOne = votes.get(one) ?? new Map<number, number>();
        ofOne.set(other, (ofOne.get(other) ?? 0) + 1);
        votes.set(one, ofOne);
      }
    }
    const said = [...votes].flatMap(([a, ofOne]) => [...ofOne].map(([b, count]) => ({ a, b, count })));
    // Sorting keeps the order of what is equal: that of the first appearance.
    said.sort(
      (one, other) => other.count - one.count || Number(other.a === other.b) - Number(one.a === one.b),
    );
    for (const { a, b } of said) if (!this.#ofA.has(a) && !this.#ofB.has(b)) this.#set(a, b);
  }

  #set(a: number, b: number): void {
    this.#ofA.set(a, b);
    this.#ofB.set(b, a);
  }
}

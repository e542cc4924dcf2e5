/** References and fixed parts of two sessions as numbers: equal texts have the same. */
export class ReferencePool {
  readonly #numbers = new Map<string, number>();
  readonly #classes: string[] = [];

  number(reference: string): number {
    const known = this.#numbers.get(reference);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(reference, number);
    this.#classes.push(reference.slice(0, reference.indexOf(' ')));
    return number;
  }

  /** True if the two may stand for one thing: a token of a redaction for anything, else both of one class. */
  comparable(one: number, other: number): boolean {
    const [a, b] = [this.#classes[one], this.#classes[other]];
    return a === b || a === 'token' || b === 'token';
  }

  /** True for what is named all the time, such as parties; false for what is numbered, such as messages. */
  recurs(reference: number): boolean {
    return !NUMBERED.has(this.#classes[reference] ?? '');
  }
}

const NUMBERED: ReadonlySet<string> = new Set(['message', 'form', 'file', 'value']);

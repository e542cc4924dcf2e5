/** A filter's text, made ready to be looked for in very many texts. */

export class Needle {
  readonly lower: string;
  readonly #pattern: RegExp | null;

  constructor(text: string) {
    this.lower = text.toLowerCase();
    this.#pattern = OTHER_THAN_ASCII.test(this.lower) ? null : inAnyCase(this.lower);
  }

  /** True if it is in the text, in any case. */
  isIn(text: string): boolean {
    if (text.length < this.lower.length) return false;
    if (this.#pattern === null) return text.toLowerCase().includes(this.lower);
    return this.#pattern.test(text);
  }
}

const OTHER_THAN_ASCII = /[^ -~]/;

/**
 * A pattern of nothing but the characters themselves: it is looked for in one pass, and unlike a text that is first put
 * in lower case it leaves nothing to collect. Two letters beyond ASCII are in lower case ASCII, and patterns do not say so.
 */
function inAnyCase(lower: string): RegExp {
  const literal = lower.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  return new RegExp(literal.replaceAll('k', '[k\u212a]').replaceAll('i', '[i\u0130]'), 'i');
}

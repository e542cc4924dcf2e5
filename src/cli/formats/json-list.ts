import { plainJson } from '../plain-output.ts';

/** A list in a JSON document that is written while it grows: the reports of many files need not be in memory at once. */
export class JsonList {
  readonly #head: string;
  readonly #indent: string;
  #written = 0;
  #begun = false;

  /** `head`: the document up to the opening bracket. `depth`: how many brackets are open around the list's elements. */
  constructor(head: string, depth: number) {
    this.#head = head;
    this.#indent = '  '.repeat(depth);
  }

  /** The text that adds these elements. */
  add(elements: readonly object[]): string {
    const texts = elements.map((element) => {
      const comma = this.#written === 0 ? '' : ',';
      this.#written += 1;
      const json = JSON.stringify(element, null, 2).replaceAll('\n', `\n${this.#indent}`);
      return `${comma}\n${this.#indent}${plainJson(json)}`;
    });
    return this.#begin() + texts.join('');
  }

  /** The text that closes the list. */
  end(): string {
    const bracket = this.#written === 0 ? ']' : `\n${this.#indent.slice(2)}]`;
    return `${this.#begin()}${bracket}`;
  }

  #begin(): string {
    if (this.#begun) return '';
    this.#begun = true;
    return this.#head;
  }
}

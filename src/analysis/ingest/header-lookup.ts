/** Headers by name, in upper or in lower case. A client spells each of them in one way. */
import type { Header } from '../../observation/observation.ts';
import { sameInAnyCase } from '../../text/same-letters.ts';

export class HeaderName {
  readonly #name: string;
  /** As it was spelled the last time: two strings are compared faster as they are than letter by letter. */
  #spelling: string;

  constructor(name: string) {
    this.#name = name;
    this.#spelling = name;
  }

  /** The value of the first header of that name; null where there is none. */
  valueIn(headers: readonly Header[]): string | null {
    for (let at = 0; at < headers.length; at += 1) {
      const header = headers[at];
      if (header !== undefined && this.#is(header[0])) return header[1];
    }
    return null;
  }

  #is(text: string): boolean {
    if (text === this.#spelling) return true;
    if (!sameInAnyCase(text, this.#name)) return false;
    this.#spelling = text;
    return true;
  }
}

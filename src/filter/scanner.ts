/** Reads a filter's text from left to right: spaces, words, quotes, regular expressions. */

export class Scanner {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  /** The character here, or one further on; '' behind the end. */
  char(offset = 0): string {
    return this.text[this.at + offset] ?? '';
  }

  skipSpaces(): void {
    while (!this.done && isSpace(this.char())) this.at += 1;
  }

  /** True where a term ends: at a space, the end, or a bracket that closes a group. */
  endsAt(at: number, inGroup: boolean): boolean {
    const char = this.text[at];
    return char === undefined || isSpace(char) || (inGroup && char === ')');
  }

  /** A word up to the next space. In a group it ends before a bracket that it did not open itself. */
  word(inGroup: boolean): string {
    const from = this.at;
    let opened = 0;
    while (!this.done && !isSpace(this.char())) {
      if (this.char() === '(') opened += 1;
      if (this.char() === ')') {
        if (opened === 0 && inGroup) break;
        opened -= 1;
      }
      this.at += 1;
    }
    return this.text.slice(from, this.at);
  }

  /** A phrase from its first quote on; a backslash takes the next character as it is. Unclosed it reaches to the end. */
  quoted(): string {
    let phrase = '';
    this.at += 1;
    while (!this.done && this.char() !== '"') {
      if (this.char() === '\\' && /["\\]/.test(this.char(1))) this.at += 1;
      phrase += this.char();
      this.at += 1;
    }
    this.at += 1;
    if (this.at > this.text.length) this.at = this.text.length;
    return phrase;
  }

  /** `/source/flags` that stands here, whole; null where there is none: a path is a word. */
  regex(inGroup: boolean): { readonly source: string; readonly flags: string } | null {
    if (this.char() !== '/') return null;
    let inClass = false;
    for (let at = this.at + 1; at < this.text.length; at += 1) {
      const char = this.text[at];
      if (char === '\\') at += 1;
      else if (char === '[') inClass = true;
      else if (char === ']') inClass = false;
      else if (char === '/' && !inClass) {
        let end = at + 1;
        while (/[imsguy]/.test(this.text[end] ?? '')) end += 1;
        if (at === this.at + 1 || !this.endsAt(end, inGroup)) return null;
        const source = this.text.slice(this.at + 1, at);
        const flags = this.text.slice(at + 1, end);
        this.at = end;
        return { source, flags };
      }
    }
    return null;
  }

  /** The name before a colon that stands here, without quotes and brackets; null where there is none. */
  key(): string | null {
    const [, name] =
      /^([a-z]+(?:\.[^\s:"()]+)?):/i.exec(this.text.slice(this.at, this.at + LONGEST_KEY)) ?? [];
    if (name === undefined) return null;
    return name;
  }
}

/** A field's path may be long. */
const LONGEST_KEY = 300;

export function isSpace(char: string): boolean {
  return char === ' ' || char === '\t' || char === '\n' || char === '\u00a0';
}

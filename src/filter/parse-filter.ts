/**
 * The language of the filter: words that must all occur, "several words", /regular expressions/, `key:value`, `-` before
 * what must not be, `or` between alternatives, brackets. What is wrong in it is told and left out, so that a slip never
 * empties the list.
 */
import type { FilterNode, Mistake, ParsedFilter, Token, TypedTerm } from './filter-tree.ts';
import { Scanner } from './scanner.ts';
import { type CompileRegex, readTerm, readWord, slipOfKey } from './term.ts';

/** A regular expression is compiled by what is given; null while the engine is not loaded. */
export interface ParseOptions {
  readonly compile: CompileRegex | null;
  /** The term that begins here is left open: it stands in the tree as true or as false. */
  readonly hole?: { readonly from: number; readonly holds: boolean };
}

export function parseFilter(text: string, options: ParseOptions = { compile: null }): ParsedFilter {
  return new Parser(text, options).parse();
}

/** Brackets in brackets. */
const DEEPEST = 50;

class Parser {
  readonly #scanner: Scanner;
  readonly #options: ParseOptions;
  readonly #tokens: Token[] = [];
  readonly #terms: TypedTerm[] = [];
  readonly #mistakes: Mistake[] = [];
  #needsEngine = false;
  #depth = 0;

  constructor(text: string, options: ParseOptions) {
    this.#scanner = new Scanner(text);
    this.#options = options;
  }

  parse(): ParsedFilter {
    const node = this.#alternatives();
    return {
      node,
      tokens: this.#tokens,
      terms: this.#terms,
      mistakes: this.#mistakes,
      needsEngine: this.#needsEngine,
    };
  }

  /** Parts with `or` between, up to the end or to the bracket that closes the group. */
  #alternatives(): FilterNode | null {
    const alternatives: FilterNode[] = [];
    let parts: FilterNode[] = [];
    /** The operator that waits for what stands behind it. */
    let waiting: { from: number; to: number } | null = null;
    let isEmpty = true;
    for (;;) {
      this.#scanner.skipSpaces();
      if (this.#scanner.done || (this.#depth > 0 && this.#scanner.char() === ')')) break;
      const operator = this.#operator();
      if (operator === null) {
        const part = this.#part();
        if (part !== null) parts.push(part);
        waiting = null;
        isEmpty = false;
        continue;
      }
      if (isEmpty || waiting !== null) this.#wrong(operator, needsBothSides(operator.word));
      else if (operator.word === 'or') {
        addAll(alternatives, parts);
        parts = [];
      }
      if (!isEmpty) waiting = operator;
    }
    if (waiting !== null)
      this.#wrong(waiting, needsBothSides(this.#scanner.text.slice(waiting.from, waiting.to)));
    addAll(alternatives, parts);
    return joined('or', alternatives);
  }

  #operator(): { from: number; to: number; word: 'and' | 'or' } | null {
    const from = this.#scanner.at;
    const word = this.#scanner.word(this.#depth > 0).toLowerCase();
    const to = this.#scanner.at;
    if (word === 'and' || word === 'or') {
      this.#tokens.push({ from, to, kind: 'operator' });
      return { from, to, word };
    }
    this.#scanner.at = from;
    return null;
  }

  /** A term or a group, with a minus before it or without. A lone minus is a word. */
  #part(): FilterNode | null {
    const from = this.#scanner.at;
    const negated = this.#scanner.char() === '-' && !this.#scanner.endsAt(from + 1, this.#depth > 0);
    if (negated) {
      this.#scanner.at += 1;
      this.#tokens.push({ from, to: from + 1, kind: 'operator' });
    }
    const part = this.#scanner.char() === '(' ? this.#group() : this.#term();
    if (part === null) return null;
    return negated ? { is: 'not', part } : part;
  }

  #group(): FilterNode | null {
    const from = this.#scanner.at;
    if (this.#depth >= DEEPEST) {
      this.#scanner.at = this.#scanner.text.length;
      this.#wrong({ from, to: this.#scanner.at }, `At most ${DEEPEST} brackets may stand in each other.`);
      return null;
    }
    this.#scanner.at += 1;
    this.#tokens.push({ from, to: from + 1, kind: 'operator' });
    this.#depth += 1;
    const node = this.#alternatives();
    this.#depth -= 1;
    const end = this.#scanner.at;
    if (this.#scanner.char() === ')') {
      this.#scanner.at += 1;
      this.#tokens.push({ from: end, to: end + 1, kind: 'operator' });
    } else this.#wrong({ from, to: from + 1 }, 'This bracket is not closed. In quotes it is text.');
    return node;
  }

  #term(): FilterNode | null {
    const scanner = this.#scanner;
    const from = scanner.at;
    const context = { compile: this.#options.compile, inGroup: this.#depth > 0 };
    const key = scanner.key();
    const known = key === null ? null : readTerm(scanner, key, context);
    const read = known ?? readWord(scanner, context);
    const to = scanner.at;
    const valueFrom = known === null ? from : from + (key?.length ?? 0) + 1;
    if (known !== null) this.#tokens.push({ from, to: valueFrom, kind: 'key' });
    if (valueFrom < to) this.#tokens.push({ from: valueFrom, to, kind: read.kind });
    this.#terms.push({ from, to, key: known === null ? null : key, valueFrom });
    const { hole } = this.#options;
    if (hole?.from === from) return { is: 'hole', holds: hole.holds };
    if (read.waits) this.#needsEngine = true;
    const fault =
      read.fault ?? (known === null && key !== null ? slipOfKey(key, scanner.text.slice(from, to)) : null);
    if (fault !== null) this.#wrong({ from, to }, fault);
    return fault !== null || read.test === null ? null : { is: 'test', test: read.test };
  }

  #wrong({ from, to }: { from: number; to: number }, text: string): void {
    this.#mistakes.push({ from, to, text });
  }
}

function needsBothSides(word: string): string {
  return `“${word.toLowerCase()}” stands between two parts. In quotes it is a word.`;
}

function addAll(alternatives: FilterNode[], parts: readonly FilterNode[]): void {
  const all = joined('and', parts);
  if (all !== null) alternatives.push(all);
}

/** One node for several; those of the same kind are taken into it. */
function joined(is: 'and' | 'or', nodes: readonly FilterNode[]): FilterNode | null {
  const parts = nodes.flatMap((node) => (node.is === is ? node.parts : [node]));
  const [first] = parts;
  if (first === undefined) return null;
  return parts.length === 1 ? first : { is, parts };
}

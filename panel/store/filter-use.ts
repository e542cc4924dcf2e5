/** The filter in use: what is typed, and the filter that it is made into. Its language and its engine are loaded with the first that needs them. */
import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { CompiledFilter, compileFilter } from '../../src/filter/compiled-filter.ts';
import type { CompileRegex } from '../../src/filter/term.ts';

export class FilterUse {
  readonly text: ReadonlySignal<string>;
  /** Null while nothing is typed. */
  readonly compiled: ReadonlySignal<CompiledFilter | null>;
  readonly #text = signal('');
  readonly #compiled: Signal<CompiledFilter | null> = signal(null);
  readonly #apply: (filter: CompiledFilter | null) => void;
  #compile: typeof compileFilter | null = null;
  #regex: CompileRegex | null = null;

  constructor(apply: (filter: CompiledFilter | null) => void) {
    this.#apply = apply;
    this.text = this.#text;
    this.compiled = this.#compiled;
  }

  /** Compiles regular expressions; null before the first one was typed. */
  get regex(): CompileRegex | null {
    return this.#regex;
  }

  /** Resolves when the text filters, or another one has taken its place. */
  async set(text: string): Promise<void> {
    this.#text.value = text;
    if (text.trim() === '') return this.#use(null);
    this.#compile ??= (await import('../../src/filter/compiled-filter.ts')).compileFilter;
    if (text !== this.#text.peek()) return;
    const compiled = this.#compile(text, this.#regex);
    if (compiled.parsed.needsEngine) {
      this.#regex = (await import('../../src/filter/regex-engine.ts')).compileRegex;
      if (text === this.#text.peek()) this.#use(this.#compile(text, this.#regex));
    } else this.#use(compiled);
  }

  #use(filter: CompiledFilter | null): void {
    batch(() => {
      this.#compiled.value = filter;
      this.#apply(filter);
    });
  }
}

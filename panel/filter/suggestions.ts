/** The suggestions for what is being typed: made anew with each key, while the counts of values come in slices. */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import {
  type CompletionPlace,
  completed,
  hasValues,
  keysFor,
  placeAt,
  presentCount,
  sessionsByLetter,
  ValueTally,
} from '../../src/filter/completion.ts';
import type { ParsedFilter } from '../../src/filter/filter-tree.ts';
import { parseFilter } from '../../src/filter/parse-filter.ts';
import { shortId } from '../format/format.ts';
import type { Inspector } from '../store/inspector.ts';
import type { TraceModel } from '../store/trace-model.ts';
import { nextTask, SLICE_MS } from '../store/work-schedule.ts';
import type { SavedFilters } from './saved-filters.ts';

/** A line of the list. */
export interface Suggestion {
  readonly group: 'values' | 'keys' | 'saved';
  /** What is put into the text. */
  readonly inserted: string;
  /** What is shown: hostile text. */
  readonly shown: string;
  readonly about: string;
  /** Rows that would be left, or values that are present; '' where nothing is counted. */
  readonly figure: string;
}

const MOST_VALUES = 8;
const MOST_SAVED = 5;

export class Suggestions {
  readonly text: Signal<string> = signal('');
  readonly caret: Signal<number> = signal(0);
  readonly open: Signal<boolean> = signal(false);
  /** The line that Tab or Enter takes; -1: none, for nothing is chosen over what is typed. */
  readonly active: Signal<number> = signal(-1);
  readonly parsed: ReadonlySignal<ParsedFilter>;
  readonly list: ReadonlySignal<readonly Suggestion[]>;
  /** While values are still counted. */
  readonly counting: Signal<boolean> = signal(false);
  readonly #place: ReadonlySignal<CompletionPlace>;
  readonly #inspector: Inspector;
  readonly #saved: SavedFilters;
  /** Changes when the tally has come further. */
  readonly #tallied = signal(0);
  #tally: { readonly identity: string; readonly trace: TraceModel; readonly values: ValueTally } | null =
    null;

  constructor(inspector: Inspector, saved: SavedFilters) {
    this.#inspector = inspector;
    this.#saved = saved;
    this.parsed = computed(() => {
      // The engine may have come meanwhile.
      inspector.filter.compiled.value;
      return parseFilter(this.text.value, { compile: inspector.filter.regex });
    });
    this.#place = computed(() => placeAt(this.text.value, this.caret.value, this.parsed.value));
    this.list = computed(() => (this.open.value ? this.#made() : []));
  }

  #made(): readonly Suggestion[] {
    const place = this.#place.value;
    const values = hasValues(place) ? this.#values(place) : [];
    const keys = place.key === null && !place.isPath ? this.#keys(place) : [];
    return [...values, ...keys, ...this.#filters(place)];
  }

  #values(place: CompletionPlace): readonly Suggestion[] {
    this.#tallied.value;
    const { analysis } = this.#inspector.trace.value;
    const values = this.#tallyFor(place);
    const sessions = place.key === 'session' ? sessionsByLetter(analysis) : null;
    const uncertain = values.overflown ? '+' : '';
    return values.suggested(place.typed, MOST_VALUES).map(({ inserted, value, rows }) => ({
      group: 'values',
      inserted,
      shown: value,
      about: sessions === null ? (ABOUT.get(value) ?? '') : shortId(sessions.get(value) ?? ''),
      figure: `${rows.toLocaleString('en-US')}${uncertain}`,
    }));
  }

  #keys(place: CompletionPlace): readonly Suggestion[] {
    const { analysis } = this.#inspector.trace.value;
    return keysFor(place).map(({ key, title }) => {
      const present = presentCount(analysis, key);
      const inserted = key === 'field' ? 'field.' : `${key}:`;
      return {
        group: 'keys',
        inserted,
        shown: inserted,
        about: title,
        figure: present === null ? '' : `${present} present`,
      };
    });
  }

  #filters({ key, typed }: CompletionPlace): readonly Suggestion[] {
    if (key !== null || (typed !== '' && typed !== this.text.value.toLowerCase())) return [];
    const fitting = this.#saved.all.value.filter(({ name }) => name.toLowerCase().includes(typed));
    return fitting.slice(0, MOST_SAVED).map(({ name, text }) => ({
      group: 'saved',
      inserted: text,
      shown: name,
      about: text,
      figure: '',
    }));
  }

  /** The counts of the place's values, which go on while only its value is typed. */
  #tallyFor(place: CompletionPlace): ValueTally {
    const trace = this.#inspector.trace.value;
    const text = this.text.value;
    const identity = JSON.stringify([text.slice(0, place.from), text.slice(place.to), place.key, place.path]);
    if (this.#tally?.identity !== identity || this.#tally.trace !== trace) {
      const values = new ValueTally(trace.analysis, text, place, this.#inspector.filter.regex);
      this.#tally = { identity, trace, values };
      values.count(SLICE_MS);
      void this.#countOn(values);
    }
    return this.#tally.values;
  }

  async #countOn(values: ValueTally): Promise<void> {
    await nextTask();
    this.counting.value = !values.complete;
    while (!values.complete && this.open.peek() && this.#tally?.values === values) {
      values.count(SLICE_MS);
      this.#tallied.value += 1;
      await nextTask();
    }
    this.counting.value = false;
    // A list that was closed meanwhile is counted anew.
    if (!values.complete && this.#tally?.values === values) this.#tally = null;
  }

  /** Puts a suggestion into the text. Gives where the caret stands then. */
  take(suggestion: Suggestion): number {
    const done =
      suggestion.group === 'saved'
        ? { text: suggestion.inserted, caret: suggestion.inserted.length }
        : completed(this.text.peek(), this.#place.peek(), suggestion.inserted);
    if (suggestion.group === 'saved') this.open.value = false;
    this.active.value = -1;
    this.text.value = done.text;
    this.caret.value = done.caret;
    void this.#inspector.setFilter(done.text);
    return done.caret;
  }
}

/** Values that say little by themselves. */
const ABOUT: ReadonlyMap<string, string> = new Map([
  ['in', 'from the server'],
  ['out', 'from the page'],
  ['problem', 'an error or a warning'],
  ['cut', 'cut off at a limit'],
  ['fate', 'what became of it is known'],
]);

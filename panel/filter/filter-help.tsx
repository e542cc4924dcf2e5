/** What helps to write a filter: the colours of its parts, its mistakes, suggestions, and the saved filters. */
import { effect, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { CloseIcon, StarIcon } from '../icons/icons.tsx';
import { storageArea } from '../settings/settings-store.ts';
import type { Inspector } from '../store/inspector.ts';
import { DrawnFilter } from './drawn-filter.tsx';
import { describeField, followField } from './field-keys.ts';
import { SavedFilters } from './saved-filters.ts';
import { SavedFiltersDialog } from './saved-filters-dialog.tsx';
import { SuggestionList } from './suggestion-list.tsx';
import { Suggestions } from './suggestions.ts';
import './filter-help.css';

export interface FilterHelpProps {
  readonly inspector: Inspector;
  readonly field: RefObject<HTMLInputElement | null>;
}

const FAULTS_ID = 'filter-faults';

export function FilterHelp({ inspector, field }: FilterHelpProps) {
  const [saved] = useState(() => new SavedFilters(storageArea));
  const [suggestions] = useState(() => new Suggestions(inspector, saved));
  const savedOpen = useSignal(false);
  const input = field.current;
  const { mistakes } = suggestions.parsed.value;

  const take = (at: number) => {
    const suggestion = suggestions.list.peek()[at];
    if (suggestion === undefined || input === null) return;
    const caret = suggestions.take(suggestion);
    input.value = suggestions.text.peek();
    input.focus();
    input.setSelectionRange(caret, caret);
  };
  useLayoutEffect(() => {
    if (input === null) return;
    void saved.read();
    return followField(input, suggestions, take);
  }, [input, saved, suggestions]);
  // The text may be set from elsewhere, as by Escape.
  useEffect(() => {
    suggestions.text.value = inspector.filterText.value;
  }, [suggestions, inspector.filterText.value]);
  useLayoutEffect(
    () => (input ? effect(() => describeField(input, suggestions, FAULTS_ID)) : undefined),
    [input, suggestions],
  );
  return (
    <>
      {input && <DrawnFilter input={input} text={suggestions.text.value} parsed={suggestions.parsed.value} />}
      <span class="filter-tools">
        {inspector.filterText.value !== '' && (
          <button
            type="button"
            class="filter-tool"
            aria-label="Clear the filter"
            title="Clear the filter (Esc)"
            onClick={() => {
              void inspector.setFilter('');
              input?.focus();
            }}
          >
            <CloseIcon />
          </button>
        )}
        <button
          type="button"
          class="filter-tool"
          aria-label="Saved filters"
          aria-haspopup="dialog"
          aria-expanded={savedOpen.value}
          title="Save this filter, or take a saved one"
          onClick={() => {
            savedOpen.value = !savedOpen.value;
          }}
        >
          <StarIcon />
        </button>
      </span>
      <p id={FAULTS_ID} class="spoken" aria-live="polite">
        {mistakes.map(({ text }) => text).join(' ')}
      </p>
      <SuggestionList suggestions={suggestions} take={take} />
      {savedOpen.value && (
        <SavedFiltersDialog
          saved={saved}
          text={inspector.filterText.value}
          use={(text) => void inspector.setFilter(text)}
          close={() => {
            savedOpen.value = false;
          }}
        />
      )}
    </>
  );
}

/** The text filter, and how many rows it lets through. */
import { useComputed } from '@preact/signals';
import { count } from '../format/format.ts';
import { FilterIcon } from '../icons/icons.tsx';
import { FILTER_KEYS } from '../store/filter-keys.ts';
import type { Inspector } from '../store/inspector.ts';

export const FILTER_ID = 'filter';

const EXPLANATION = `Words that must all occur; -word leaves rows out; “several words” in quotes (Ctrl+F)
In one part of the row: ${FILTER_KEYS.map((key) => `${key}:`).join(' ')}
Such as event:message dir:in -party:bot, transport:ws, severity:error, rule:order`;

export function FilterBox({ inspector }: { inspector: Inspector }) {
  const matches = useComputed(() => {
    if (inspector.filterText.value.trim() === '') return '';
    const trace = inspector.trace.value;
    const more = trace.searching.value ? ' …' : '';
    return `${count(trace.shown.value)} of ${count(trace.totals.value.rows)}${more}`;
  });
  return (
    <div class="filter">
      <FilterIcon />
      <input
        id={FILTER_ID}
        class="filter-input"
        type="search"
        aria-label="Filter"
        placeholder="Filter: words, -word, event:message"
        title={EXPLANATION}
        autocomplete="off"
        spellcheck={false}
        value={inspector.filterText.value}
        onInput={(event) => inspector.setFilter(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.currentTarget.value === '') return;
          event.preventDefault();
          event.stopPropagation();
          inspector.setFilter('');
        }}
      />
      <span class="filter-count">{matches}</span>
    </div>
  );
}

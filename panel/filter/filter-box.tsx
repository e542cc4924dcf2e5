/** The text filter, and how many rows it lets through. What helps to write it is loaded behind the panel. */
import { useComputed } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { count, counted } from '../format/format.ts';
import { FilterIcon } from '../icons/icons.tsx';
import { loadedLater } from '../layout/loaded-later.tsx';
import type { Inspector } from '../store/inspector.ts';
import type { FilterHelpProps } from './filter-help.tsx';
import './filter-box.css';

export const FILTER_ID = 'filter';

const FilterHelp = loadedLater<FilterHelpProps>(async () => (await import('./filter-help.tsx')).FilterHelp);

export function FilterBox({ inspector }: { inspector: Inspector }) {
  const field = useRef<HTMLInputElement>(null);
  const matches = useComputed(() => {
    // The language is loaded with the first filter that is typed: until then nothing is filtered.
    if (inspector.filter.compiled.value === null) return '';
    const trace = inspector.trace.value;
    const more = trace.searching.value ? ' …' : '';
    const faults = inspector.filter.compiled.value?.parsed.mistakes.length ?? 0;
    const leftOut = faults > 0 ? `, ${counted(faults, 'part')} left out` : '';
    return `${count(trace.shown.value)} of ${count(trace.totals.value.rows)}${more}${leftOut}`;
  });
  return (
    <div class="filter">
      <div class="filter-field">
        <FilterIcon />
        <input
          ref={field}
          id={FILTER_ID}
          class="filter-input"
          type="search"
          aria-label="Filter"
          placeholder="Filter the timeline: words, -word, event:message, /regex/"
          title="Filter the timeline (Ctrl+F)"
          autocomplete="off"
          spellcheck={false}
          value={inspector.filterText.value}
          onInput={(event) => void inspector.setFilter(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || event.currentTarget.value === '') return;
            event.preventDefault();
            event.stopPropagation();
            void inspector.setFilter('');
          }}
        />
        <FilterHelp inspector={inspector} field={field} />
      </div>
      <span class="filter-count">{matches}</span>
    </div>
  );
}

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

/** Notes are said once a session; with the switch on, every row that has one shows its ring. */
function NotesSwitch({ inspector }: { inspector: Inspector }) {
  const { totals, analysis, findingsVersion } = inspector.trace.value;
  findingsVersion.value;
  if (totals.value.notes === 0) return null;
  const kinds = analysis.findingGroups().filter(({ severity }) => severity === 'note').length;
  const on = inspector.everyNote.on.value;
  return (
    <button
      type="button"
      class="notes-switch"
      aria-pressed={on}
      title={`${count(totals.value.notes)} notes: said at the first row of a session that has them; press to mark every row`}
      onClick={() => inspector.everyNote.toggle()}
    >
      <span class="mark mark-note" />
      Notes <span class="quiet">{counted(kinds, 'kind')}</span>
    </button>
  );
}

export function FilterBox({ inspector }: { inspector: Inspector }) {
  const field = useRef<HTMLInputElement>(null);
  const matches = useComputed(() => {
    if (inspector.filterText.value.trim() === '') return '';
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
      <NotesSwitch inspector={inspector} />
    </div>
  );
}

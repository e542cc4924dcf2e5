/** The list below the filter's field: what is wrong, and what may be taken. */
// biome-ignore-all lint/a11y/useSemanticElements: a <select> cannot belong to a field that is typed into.
// biome-ignore-all lint/a11y/useFocusableInteractive: the field keeps the focus and names the active line.
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the field's keys take a line.
import { useLayoutEffect, useRef } from 'preact/hooks';
import { StarIcon } from '../icons/icons.tsx';
import { Captured } from '../marks/captured.tsx';
import { SeverityMark } from '../marks/marks.tsx';
import type { Suggestion, Suggestions } from './suggestions.ts';

export const SUGGESTIONS_ID = 'filter-suggestions';
export const optionId = (at: number) => `filter-option-${at}`;

const GROUPS = [
  { group: 'values', title: 'Values', isSaid: false },
  { group: 'keys', title: 'Keys', isSaid: true },
  { group: 'saved', title: 'Saved', isSaid: true },
] as const;

interface ListProps {
  readonly suggestions: Suggestions;
  readonly take: (at: number) => void;
}

export function SuggestionList({ suggestions, take }: ListProps) {
  const list = suggestions.list.value;
  const { mistakes } = suggestions.parsed.value;
  const active = suggestions.active.value;
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (active !== -1)
      box.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  if (!suggestions.open.value || (list.length === 0 && mistakes.length === 0)) return null;
  return (
    <div ref={box} class="suggestions">
      {mistakes.map(({ from, text }) => (
        <p key={from} class="suggestions-fault">
          <SeverityMark severity="error" />
          <span>
            <Captured text={text} /> Until then this part is left out.
          </span>
        </p>
      ))}
      {list.length > 0 && (
        <div class="suggestions-list" id={SUGGESTIONS_ID} role="listbox" aria-label="Suggestions">
          {GROUPS.map(({ group, title, isSaid }) => {
            const lines = list.flatMap((suggestion, at) =>
              suggestion.group === group ? [{ suggestion, at }] : [],
            );
            if (lines.length === 0) return null;
            return (
              <div key={group} role="group" aria-label={title}>
                {isSaid && (
                  <div class="suggestions-title quiet" aria-hidden="true">
                    {title}
                  </div>
                )}
                {lines.map(({ suggestion, at }) => (
                  <Line key={at} suggestion={suggestion} at={at} isActive={at === active} take={take} />
                ))}
              </div>
            );
          })}
        </div>
      )}
      <p class="suggestions-keys quiet">
        <kbd>↓</kbd> choose · <kbd>Tab</kbd> take · <kbd>Esc</kbd> close
        {suggestions.counting.value && ' · counting …'}
      </p>
    </div>
  );
}

interface LineProps {
  readonly suggestion: Suggestion;
  readonly at: number;
  readonly isActive: boolean;
  readonly take: (at: number) => void;
}

function Line({ suggestion, at, isActive, take }: LineProps) {
  const { group, shown, about, figure } = suggestion;
  return (
    <div
      id={optionId(at)}
      class={`suggestion suggestion-${group}`}
      role="option"
      aria-selected={isActive}
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => take(at)}
    >
      {group === 'saved' && <StarIcon />}
      <span class={group === 'saved' ? 'suggestion-name' : 'suggestion-name mono'}>
        <Captured text={shown} />
      </span>
      <span class={group === 'saved' ? 'suggestion-about mono quiet' : 'suggestion-about quiet'}>
        <Captured text={about} />
      </span>
      <span class="suggestion-figure quiet">{figure}</span>
    </div>
  );
}

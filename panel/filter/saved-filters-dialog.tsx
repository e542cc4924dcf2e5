/** The saved filters: save the one in use under a name, take one, remove one. */
import { useSignal } from '@preact/signals';
import { shownText } from '../../src/text/shown-text.ts';
import { CloseIcon } from '../icons/icons.tsx';
import { Popover } from '../layout/popover.tsx';
import { Captured } from '../marks/captured.tsx';
import { LONGEST_NAME, type SavedFilters } from './saved-filters.ts';

interface DialogProps {
  readonly saved: SavedFilters;
  /** The filter in use; '' for none. */
  readonly text: string;
  readonly use: (text: string) => void;
  readonly close: () => void;
}

export function SavedFiltersDialog({ saved, text, use, close }: DialogProps) {
  const name = useSignal('');
  const isFilter = text.trim() !== '';
  const save = async () => {
    if (name.peek().trim() === '') return;
    await saved.save({ name: name.peek().trim(), text: text.trim() });
    close();
  };
  return (
    <Popover label="Saved filters" close={close}>
      <h2>Saved filters</h2>
      {isFilter && (
        <form
          class="saved-form"
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <input
            class="saved-name"
            aria-label="Name"
            placeholder="Name for the filter in use"
            maxLength={LONGEST_NAME}
            value={name.value}
            onInput={(event) => {
              name.value = event.currentTarget.value;
            }}
          />
          <button type="submit" class="button" disabled={name.value.trim() === ''}>
            Save
          </button>
        </form>
      )}
      {saved.all.value.length === 0 ? (
        <p class="quiet">
          {isFilter ? 'None is saved yet.' : 'None is saved yet. Type a filter, then save it here.'}
        </p>
      ) : (
        <ul class="saved-list">
          {saved.all.value.map((filter) => (
            <li key={filter.name} class="saved">
              <button
                type="button"
                class="saved-take"
                onClick={() => {
                  use(filter.text);
                  close();
                }}
              >
                <Captured text={filter.name} />
                <span class="mono quiet">
                  <Captured text={filter.text} />
                </span>
              </button>
              <button
                type="button"
                class="filter-tool"
                aria-label={`Remove ${shownText(filter.name)}`}
                title="Remove"
                onClick={() => void saved.remove(filter.name)}
              >
                <CloseIcon />
              </button>
            </li>
          ))}
        </ul>
      )}
      <p class="quiet">
        Saved filters are settings: they stay on this computer. The filter in use is not kept.
      </p>
    </Popover>
  );
}

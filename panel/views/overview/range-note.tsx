/** Says in a view beside the timeline that a range of time is in the filter, and takes it away. */
import { clock } from '../../format/format.ts';
import type { Inspector } from '../../store/inspector.ts';
import { rangeIn, withoutRange } from './range-text.ts';
import './range-note.css';

export function RangeNote({ inspector }: { inspector: Inspector }) {
  const range = rangeIn(inspector.filterText.value);
  if (range === null) return null;
  return (
    <span class="range-note">
      <span class="quiet">
        only {clock(range.from)} to {clock(range.to)}
      </span>
      <button
        type="button"
        class="link"
        onClick={() => void inspector.setFilter(withoutRange(inspector.filterText.peek()))}
      >
        Show all times
      </button>
    </span>
  );
}

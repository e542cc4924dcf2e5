/** The list of the timeline's columns: which are shown, in what order, how wide. */
import { CloseIcon } from '../../icons/icons.tsx';
import { Popover } from '../../layout/popover.tsx';
import type { Inspector } from '../../store/inspector.ts';
import {
  COLUMNS,
  type ColumnName,
  FIXED,
  neededFor,
  type TimelineColumns,
  titleOf,
} from '../../store/timeline-columns.ts';
import './column-list.css';

/** Pixels by which a key makes a column wider or narrower. */
const STEP = 8;

export function ColumnList({ inspector }: { inspector: Inspector }) {
  const { columns } = inspector;
  const close = () => inspector.dialogs.close('columns');
  return (
    <Popover label="Columns" close={close}>
      <div class="column-list-head">
        <h2>Columns</h2>
        <button type="button" class="tool" aria-label="Close columns" title="Close (Esc)" onClick={close}>
          <CloseIcon />
        </button>
      </div>
      <ul class="column-list">
        {columns.choice.value.order.map((name) => (
          <Entry key={name} name={name} columns={columns} />
        ))}
      </ul>
      <p class="quiet">
        <kbd>Alt</kbd>+<kbd>↑</kbd> <kbd>↓</kbd> moves a column, <kbd>Alt</kbd>+<kbd>←</kbd> <kbd>→</kbd>{' '}
        makes it narrower or wider; in the timeline its edge is dragged, and a double click there fits it.
      </p>
      <p>
        <button type="button" class="button" disabled={columns.unchanged} onClick={() => columns.reset()}>
          As at first
        </button>
      </p>
    </Popover>
  );
}

function Entry({ name, columns }: { name: ColumnName; columns: TimelineColumns }) {
  const column = COLUMNS.find((each) => each.name === name);
  if (column === undefined) return null;
  const fixed = FIXED.includes(name);
  const needed = neededFor(name);
  const noRoom = columns.room.value > 0 && columns.room.value <= needed;
  const width = columns.choice.value.widths[name];
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const wider = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (step === undefined && wider === undefined) return;
    event.preventDefault();
    const field = event.currentTarget;
    if (step !== undefined) {
      columns.move(name, step);
      // What moves takes the focus with it.
      requestAnimationFrame(() => field instanceof HTMLElement && field.focus());
    } else columns.resize(name, (width ?? widthNow(name)) + (wider ?? 0));
  };
  return (
    <li class="column-entry">
      <label>
        <input
          type="checkbox"
          checked={!columns.choice.value.hidden.includes(name)}
          disabled={fixed}
          onChange={() => columns.toggle(name)}
          onKeyDown={onKeyDown}
        />
        {titleOf(column)}
      </label>
      <span class="quiet">
        {noRoom ? `needs ${needed + 1} px` : width === undefined ? '' : `${width} px`}
      </span>
      <span class="column-moves">
        <Move name={name} columns={columns} by={-1} />
        <Move name={name} columns={columns} by={1} />
      </span>
    </li>
  );
}

function Move({ name, columns, by }: { name: ColumnName; columns: TimelineColumns; by: 1 | -1 }) {
  const { order } = columns.choice.value;
  const at = order.indexOf(name);
  const ends = at + by < 1 || at + by >= order.length || at < 1;
  const column = COLUMNS.find((each) => each.name === name);
  return (
    <button
      type="button"
      class="tool"
      tabIndex={-1}
      disabled={ends}
      aria-label={`Move ${column ? titleOf(column) : name} ${by < 0 ? 'up' : 'down'}`}
      onClick={() => columns.move(name, by)}
    >
      {by < 0 ? '↑' : '↓'}
    </button>
  );
}

/** How wide the column is drawn. */
function widthNow(name: ColumnName): number {
  return document.querySelector<HTMLElement>(`.timeline-head .cell-${name}`)?.clientWidth ?? 80;
}

/** The timeline: a grid of all rows of which only those in sight exist, and the keys that move in it. */
// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot have absolutely placed rows of which most are absent.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the active row.
import { effect, type ReadonlySignal, type Signal, useComputed, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { count } from '../../format/format.ts';
import { DownIcon } from '../../icons/icons.tsx';
import type { Inspector } from '../../store/inspector.ts';
import { COLUMNS, type ColumnName, type TimelineColumns, templateFor } from '../../store/timeline-columns.ts';
import type { TraceModel } from '../../store/trace-model.ts';
import { DrawnRows } from './drawn-rows.ts';
import { EmptyTimeline } from './empty-timeline.tsx';
import { targetPosition } from './grid-keys.ts';
import { GridWindow } from './grid-window.ts';
import { chosenId } from './row-element.ts';
import './timeline.css';
import '../../marks/flag.css';
import './row-tags.css';

export function Timeline({ inspector }: { inspector: Inspector }) {
  const grid = useRef<HTMLDivElement>(null);
  const space = useRef<HTMLDivElement>(null);
  const drawn = useRef<DrawnRows>(null);
  const gridWindow = useGridWindow(inspector, grid, space);
  const trace = inspector.trace.value;
  const columns = inspector.columns.shown.value;

  useLayoutEffect(() => {
    if (!space.current || !gridWindow.value) return;
    const rows = new DrawnRows(space.current, trace, inspector.everyNote.on, columns);
    const { window } = gridWindow.value;
    drawn.current = rows;
    const stop = effect(() => {
      // A new filter result has other rows at the same positions.
      trace.filterVersion.value;
      rows.show(window.value.from, window.value.to);
    });
    return () => {
      stop();
      rows.close();
    };
  }, [trace, gridWindow.value, columns]);
  useColumnWidths(inspector.columns, grid);
  useRevealChosen(inspector, trace, gridWindow.value);

  const rowCount = useComputed(rowCountOf(inspector));
  const active = useComputed(activeRowOf(inspector, gridWindow));

  return (
    <div class="timeline">
      <div
        ref={grid}
        class="timeline-grid"
        role="grid"
        aria-label="Timeline"
        aria-rowcount={rowCount}
        aria-activedescendant={active}
        tabIndex={0}
        onKeyDown={(event) => onKeyDown(event, inspector, gridWindow.peek())}
        onClick={(event) => onClick(event, inspector, drawn.current)}
        onPointerOver={(event) => titleCell(event, drawn.current)}
      >
        <Head columns={inspector.columns} />
        {/* Filled by DrawnRows. */}
        <div ref={space} class="timeline-space" role="rowgroup" />
      </div>
      <EmptyTimeline inspector={inspector} />
      <JumpToNewest inspector={inspector} gridWindow={gridWindow.value} />
    </div>
  );
}

function Head({ columns }: { columns: TimelineColumns }) {
  return (
    <div class="timeline-head" role="rowgroup">
      <div class="row" role="row" aria-rowindex={1}>
        {columns.shown.value.map((name) => (
          <ColumnHead key={name} name={name} columns={columns} />
        ))}
      </div>
    </div>
  );
}

function ColumnHead({ name, columns }: { name: ColumnName; columns: TimelineColumns }) {
  const column = COLUMNS.find((each) => each.name === name);
  if (column === undefined) return null;
  return (
    <span role="columnheader" class={`cell cell-${name}`}>
      {'spoken' in column ? <span class="spoken">{column.spoken}</span> : column.title}
      {column.title !== '' && <span class="column-edge" aria-hidden="true" {...edge(name, columns)} />}
    </span>
  );
}

/** The edge of a column is dragged; a double click makes it as wide as what it holds. */
function edge(name: ColumnName, columns: TimelineColumns) {
  const cellOf = (event: Event) => (event.currentTarget as Element).parentElement;
  let start: { readonly x: number; readonly width: number } | null = null;
  return {
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0) return;
      start = { x: event.clientX, width: cellOf(event)?.clientWidth ?? 0 };
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
      event.preventDefault();
    },
    onPointerMove(event: PointerEvent) {
      if (start !== null) columns.resize(name, start.width + event.clientX - start.x);
    },
    onPointerUp() {
      start = null;
    },
    onPointerCancel() {
      start = null;
    },
    onDblClick(event: MouseEvent) {
      const grid = cellOf(event)?.closest('.timeline-grid');
      const cells = [...(grid?.querySelectorAll<HTMLElement>(`.cell-${name}`) ?? [])];
      columns.resize(name, Math.max(...cells.map(widthOfContent)));
    },
  };
}

function widthOfContent(cell: HTMLElement): number {
  const range = document.createRange();
  range.selectNodeContents(cell);
  const { paddingInlineStart, paddingInlineEnd, marginInlineStart, marginInlineEnd } = getComputedStyle(cell);
  const around = [paddingInlineStart, paddingInlineEnd, marginInlineStart, marginInlineEnd].map(
    Number.parseFloat,
  );
  return range.getBoundingClientRect().width + around.reduce((sum, each) => sum + each, 0) + 2;
}

/** What a person made of the columns, in the room that there is; untouched ones are as the style sheet has them. */
function useColumnWidths(columns: TimelineColumns, grid: RefObject<HTMLDivElement | null>): void {
  useLayoutEffect(() => {
    const { current } = grid;
    if (!current) return;
    const observer = new ResizeObserver(() => {
      columns.room.value = current.clientWidth;
    });
    observer.observe(current);
    columns.room.value = current.clientWidth;
    const stop = effect(() => {
      const template = columns.unchanged ? '' : templateFor(columns.choice.value, columns.room.value);
      if (template === '') current.style.removeProperty('--chosen-columns');
      else current.style.setProperty('--chosen-columns', template);
    });
    return () => {
      observer.disconnect();
      stop();
    };
  }, [columns, grid]);
}

interface NewestProps {
  readonly inspector: Inspector;
  readonly gridWindow: GridWindow | null;
}

function JumpToNewest(props: NewestProps) {
  const { following, trace } = props.inspector;
  // A file has no newest row to wait for.
  return following.value || trace.value.source.kind === 'file' ? null : <NewestButton {...props} />;
}

/** Made when following stops, so that it counts what came since. */
function NewestButton({ inspector, gridWindow }: NewestProps) {
  const trace = inspector.trace.value;
  const start = useRef<{ trace: TraceModel; shown: number }>({ trace, shown: trace.shown.peek() });
  if (start.current.trace !== trace) start.current = { trace, shown: trace.shown.peek() };
  const added = Math.max(0, trace.shown.value - start.current.shown);
  return (
    <button type="button" class="newest" onClick={() => gridWindow?.toEnd()}>
      <DownIcon />
      Jump to newest{added > 0 && ` (${count(added)} new)`}
    </button>
  );
}

/** Id of the chosen row while it is drawn; assistive technology is told of no row that is not there. */
// Each of these is outside of the component, whose functions hold the trace it was drawn with: what lives on after a
// trace was cleared must not hold it.

function useGridWindow(
  inspector: Inspector,
  grid: RefObject<HTMLDivElement | null>,
  space: RefObject<HTMLDivElement | null>,
): Signal<GridWindow | null> {
  const gridWindow = useSignal<GridWindow | null>(null);
  useLayoutEffect(() => {
    if (!grid.current || !space.current) return;
    const made = new GridWindow(grid.current, space.current, inspector.following, () => {
      const current = inspector.trace.peek();
      const row = current.selected.peek();
      return row === null ? null : current.positionOf(row);
    });
    gridWindow.value = made;
    return () => made.close();
  }, [inspector, gridWindow]);
  // All of it before anything is painted: rows that were drawn elsewhere would be seen to jump.
  useLayoutEffect(() => {
    const made = gridWindow.value;
    return made ? effect(() => made.resize(inspector.trace.value.shown.value)) : undefined;
  }, [inspector, gridWindow.value]);
  return gridWindow;
}

function rowCountOf(inspector: Inspector): () => number {
  return () => inspector.trace.value.shown.value + 1;
}

function activeRowOf(
  inspector: Inspector,
  gridWindow: ReadonlySignal<GridWindow | null>,
): () => string | undefined {
  return () => activeRow(inspector.trace.value, gridWindow.value);
}

function activeRow(trace: TraceModel, gridWindow: GridWindow | null): string | undefined {
  const row = trace.selected.value;
  if (row === null || !gridWindow) return undefined;
  const { from, to } = gridWindow.window.value;
  const position = trace.positionOf(row);
  return position >= from && position < to && trace.rowAt(position) === row ? chosenId(row) : undefined;
}

/** Another trace is shown from its start; a row that was chosen, here or by another view, is brought into sight. */
function useRevealChosen(inspector: Inspector, trace: TraceModel, gridWindow: GridWindow | null) {
  useLayoutEffect(() => {
    if (!gridWindow || inspector.following.peek()) return;
    const row = trace.selected.peek();
    if (row === null) gridWindow.toStart();
    else gridWindow.center(trace.positionOf(row));
  }, [inspector, trace, gridWindow]);
  useLayoutEffect(() => {
    if (!gridWindow) return;
    const before = inspector.choices.peek();
    return effect(() => {
      if (inspector.choices.value === before) return;
      const row = trace.selected.peek();
      if (row !== null) gridWindow.reveal(trace.positionOf(row));
    });
  }, [inspector, trace, gridWindow]);
}

function onKeyDown(event: KeyboardEvent, inspector: Inspector, gridWindow: GridWindow | null): void {
  if (event.ctrlKey || event.metaKey || event.altKey || !gridWindow) return;
  const trace = inspector.trace.peek();
  if (event.key === 'Enter') {
    if (trace.selected.peek() !== null) inspector.detailsOpen.value = true;
    event.preventDefault();
    return;
  }
  const selected = trace.selected.peek();
  const current = selected === null ? null : trace.positionOf(selected);
  const position = targetPosition(event.key, current, trace.shown.peek(), gridWindow.page);
  if (position === null) return;
  event.preventDefault();
  const row = trace.rowAt(position);
  if (row === undefined) return;
  inspector.select(row);
  gridWindow.reveal(position);
}

function onClick(event: MouseEvent, inspector: Inspector, drawn: DrawnRows | null): void {
  const row = event.target instanceof Element ? drawn?.rowOf(event.target) : undefined;
  if (!row) return;
  inspector.select(row.row);
  inspector.detailsOpen.value = true;
}

/** A cell that is pointed at tells its whole text: set now, since setting it with every row would cost each frame. */
function titleCell(event: PointerEvent, drawn: DrawnRows | null): void {
  const cell =
    event.target instanceof Element ? event.target.closest<HTMLElement>('[role="gridcell"]') : null;
  if (cell) drawn?.rowOf(cell)?.element.title(cell);
}

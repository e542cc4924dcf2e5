/** One row of the timeline. It redraws when its own row changes, when it is chosen, and never for another row. */
// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot have absolutely placed rows of which most are absent.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the active row.
import { computed } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { RowIndex, RowView } from '../../../src/analysis/analysis.ts';
import { bytes, clock, milliseconds } from '../../format/format.ts';
import { SeverityMark } from '../../marks/marks.tsx';
import { SessionChip } from '../../marks/session-chip.tsx';
import type { TraceModel } from '../../store/trace-model.ts';

interface TimelineRowProps {
  readonly trace: TraceModel;
  readonly row: RowIndex;
  /** Place in the list as it is filtered, from 0. */
  readonly position: number;
}

export const rowId = (row: RowIndex) => `row-${row}`;

export function TimelineRow({ trace, row, position }: TimelineRowProps) {
  const watched = useMemo(() => trace.watchRow(row), [trace, row]);
  useEffect(() => () => trace.releaseRow(row), [trace, row]);
  const chosen = useMemo(() => computed(() => trace.selected.value === row), [trace, row]);
  const view = watched.value;
  return (
    <div
      role="row"
      id={rowId(row)}
      class={rowClass(view)}
      // The head is the first row.
      aria-rowindex={position + 2}
      aria-selected={chosen.value}
      data-row={row}
      {...(view.seq === null ? { 'data-kind': view.kind } : { 'data-seq': view.seq })}
    >
      <Cells view={view} />
    </div>
  );
}

function Cells({ view }: { view: RowView }) {
  return (
    <>
      <span role="gridcell" class="cell cell-mark">
        {view.severity && <SeverityMark severity={view.severity} />}
      </span>
      <span role="gridcell" class="cell cell-time">
        {clock(view.wallTime)}
        <span class="cell-ms">{milliseconds(view.wallTime)}</span>
      </span>
      <span role="gridcell" class="cell cell-direction">
        {view.direction && <DirectionArrow direction={view.direction} />}
      </span>
      <span role="gridcell" class="cell cell-transport">
        {view.transport && TRANSPORT_NAMES[view.transport]}
      </span>
      <span role="gridcell" class="cell cell-event" title={view.event}>
        <EventName name={view.event} />
      </span>
      <span role="gridcell" class="cell cell-session">
        {view.session !== null && <SessionChip id={view.session} />}
      </span>
      <span role="gridcell" class="cell cell-party" title={view.party}>
        {view.party}
      </span>
      <span role="gridcell" class="cell cell-summary" title={view.summary}>
        {view.truncated && <span class="cut">cut</span>}
        {view.source === 'devtools.network' && (
          <span class="by-devtools" title="Seen by DevTools, not by the page’s hook">
            DevTools
          </span>
        )}
        {view.summary}
      </span>
      <span role="gridcell" class="cell cell-size">
        {view.size > 0 ? bytes(view.size) : ''}
      </span>
    </>
  );
}

/** What a person calls the transports. */
export const TRANSPORT_NAMES = {
  xhr: 'XHR',
  fetch: 'fetch',
  websocket: 'WebSocket',
  eventsource: 'SSE',
  beacon: 'beacon',
  http: 'HTTP',
} as const;

function DirectionArrow({ direction }: { direction: 'in' | 'out' }) {
  return (
    <span class={`arrow arrow-${direction}`} title={direction === 'in' ? 'from the server' : 'from the page'}>
      <span aria-hidden="true">{direction === 'in' ? '↓' : '↑'}</span>
      <span class="spoken">{direction === 'in' ? 'received' : 'sent'}</span>
    </span>
  );
}

const COMMON_PREFIX = 'chat_session_';

/** An event's name with the part that nearly all share set back. */
export function EventName({ name }: { name: string }) {
  if (!name.startsWith(COMMON_PREFIX)) return <>{name}</>;
  return (
    <>
      <span class="prefix">{COMMON_PREFIX}</span>
      {name.slice(COMMON_PREFIX.length)}
    </>
  );
}

function rowClass(view: RowView): string {
  const severity = view.severity === null ? '' : ` row-${view.severity}`;
  return `row row-kind-${view.kind}${severity}`;
}

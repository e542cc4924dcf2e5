/** The sequence of a session: an arrow an event, between the page, the server and the parties. */
// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot have absolutely placed rows of which most are absent.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the active row.
import { useMemo, useRef } from 'preact/hooks';
import type { RowView, Transport } from '../../../src/analysis/api/analysis.ts';
import { sequenceOf } from '../../../src/report/formats/mermaid.ts';
import { shownText } from '../../../src/text/shown-text.ts';
import { clock, milliseconds } from '../../format/format.ts';
import { useRowWindow } from '../../layout/row-window.ts';
import { SplitPane } from '../../layout/split-pane.tsx';
import { Captured } from '../../marks/captured.tsx';
import { Flag } from '../../marks/flag.tsx';
import { SeverityMark } from '../../marks/marks.tsx';
import type { Inspector } from '../../store/inspector.ts';
import type { TraceModel } from '../../store/trace-model.ts';
import { CopyButton } from '../details/copy-button.tsx';
import { Details } from '../details/details.tsx';
import { SessionPicker, shownSession } from '../session/session-picker.tsx';
import { targetPosition } from '../timeline/grid-keys.ts';
import { TRANSPORT_NAMES } from '../timeline/row-element.ts';
import { type Lane, PAGE, SERVER, type SequenceLine, SequenceList } from './sequence-list.ts';
import { type CarrierBar, carrierBars } from './transport-lane.ts';
import './sequence.css';

/** In pixels; the style sheet has them too. */
const ROW = 24;
const HEAD = 38;
const heightAt = (): number => ROW;
const POLLED: ReadonlySet<Transport> = new Set(['xhr', 'fetch', 'http'] as const);

export function Sequence({ inspector }: { inspector: Inspector }) {
  const trace = inspector.trace.value;
  trace.sessionsVersion.value;
  const { sessions } = trace.totals.value;
  const latest = useMemo(() => trace.analysis.latestSessions(1)[0]?.id ?? null, [trace, sessions]);
  const session = shownSession(inspector, trace, trace.selected.value, latest);
  if (session === null || !trace.analysis.session(session)) {
    return (
      <div class="view-empty">
        <p class="empty-title">No session yet.</p>
        <p class="quiet">
          A session appears with the first chat event; its events are drawn here as arrows between the page,
          the server and the parties.
        </p>
      </div>
    );
  }
  return (
    <div class="sequence">
      <div class="view-bar">
        <SessionPicker inspector={inspector} trace={trace} session={session} count={sessions} />
        <CopyButton name="Copy as Mermaid" text={() => sequenceOf(trace.analysis, session)} />
      </div>
      <SplitPane
        label="Size of the details"
        preferences={inspector.preferences}
        first={<SequenceGrid inspector={inspector} trace={trace} session={session} key={session} />}
        second={inspector.detailsOpen.value ? <Details inspector={inspector} /> : null}
      />
    </div>
  );
}

interface SequenceGridProps {
  readonly inspector: Inspector;
  readonly trace: TraceModel;
  readonly session: string;
}

function SequenceGrid({ inspector, trace, session }: SequenceGridProps) {
  const grid = useRef<HTMLDivElement>(null);
  const list = useMemo(() => new SequenceList(trace.analysis, session), [trace, session]);
  // Whatever comes may change rows that are there, too.
  trace.totals.value;
  trace.findingsVersion.value;
  trace.flagsVersion.value;
  list.update();
  const { lines, lanes, presences } = list;
  const selected = trace.selected.value;
  const place = selected === null ? -1 : list.positionOf(selected);
  const chosen = place >= 0 && lines[place]?.row === selected ? place : -1;
  const { window, measure } = useRowWindow({
    ...{ element: grid, heightAt, head: HEAD, rows: lines.length, chosen },
  });
  const { from, to } = window.value;
  const choose = (position: number) => {
    const line = lines[position];
    if (line) inspector.select(line.row);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' && chosen >= 0) {
      event.preventDefault();
      inspector.detailsOpen.value = true;
      return;
    }
    const page = Math.max(1, Math.floor(((grid.current?.clientHeight ?? 0) - HEAD) / ROW));
    const next = targetPosition(event.key, chosen < 0 ? null : chosen, lines.length, page);
    if (next === null) return;
    event.preventDefault();
    choose(next);
  };
  const transports = (trace.analysis.session(session)?.transports ?? []).map((each) => TRANSPORT_NAMES[each]);
  const middle = (lane: number) => `${((lane + 0.5) / lanes.length) * 100}%`;
  trace.listening.lookOn(() => false);
  const heard = trace.listening.of(session, trace.overview.span?.[1] ?? 0);
  const polls = trace.analysis.session(session)?.transports.some((each) => POLLED.has(each));
  const bars = carrierBars(trace.analysis, lines, heard, [from, to]);
  return (
    <div
      ref={grid}
      class="sequence-grid"
      style={`--lanes:${lanes.length}`}
      role="grid"
      aria-label="Sequence"
      aria-rowcount={lines.length + 1}
      aria-activedescendant={chosen >= from && chosen < to ? `sequence-${chosen}` : undefined}
      tabIndex={0}
      onScroll={measure}
      onKeyDown={onKeyDown}
      onClick={({ target }) => {
        const row = target instanceof Element ? target.closest<HTMLElement>('[data-place]') : null;
        if (row === null) return;
        choose(Number(row.dataset.place));
        inspector.detailsOpen.value = true;
      }}
    >
      <div class="sequence-head" role="row" aria-rowindex={1}>
        <span role="columnheader" class="sequence-time">
          Time
        </span>
        <span role="columnheader" class="sequence-lanes">
          <span class="spoken">Event</span>
          {lanes.map(({ name, label }, at) => (
            <span key={name} class="sequence-lane" style={`left:${middle(at)}`}>
              <b>
                <Captured text={name} />
              </b>
              <span class="quiet">
                <Captured text={at === SERVER ? transports.join(', ') : label} />
              </span>
            </span>
          ))}
        </span>
      </div>
      <div class="sequence-space" role="presentation" style={`height:${lines.length * ROW}px`}>
        <div class="sequence-drawing" aria-hidden="true">
          {lanes.map(({ name }, at) => (
            <span key={name} class="sequence-line" style={`left:${middle(at)}`} />
          ))}
          {presences
            .filter((each) => each.from < to && (each.to ?? lines.length) >= from)
            .map((each) => (
              <span
                key={`${each.lane} ${each.from}`}
                class="sequence-presence"
                style={`left:${middle(each.lane)};top:${(each.from + 1) * ROW - 5}px;height:${((each.to ?? lines.length - 1) - each.from) * ROW}px`}
              />
            ))}
          {bars.map((bar) => (
            <Bar key={bar.key} bar={bar} left={middle(PAGE)} polls={polls} />
          ))}
        </div>
        {lines.slice(from, to).map((line, offset) => (
          <Line
            key={line.row}
            view={trace.analysis.row(line.row)}
            line={line}
            lanes={lanes}
            place={from + offset}
            chosen={from + offset === chosen}
            prefix={list.prefix}
            deaf={bars.find((bar) => bar.kind === 'none' && bar.to === from + offset)?.label ?? ''}
          />
        ))}
      </div>
    </div>
  );
}

interface LineProps {
  readonly view: RowView;
  readonly line: SequenceLine;
  readonly lanes: readonly Lane[];
  readonly place: number;
  readonly chosen: boolean;
  readonly prefix: string;
  /** For how long nothing was open before it; '' where something was. */
  readonly deaf: string;
}

function Line({ view, line, lanes, place, chosen, prefix, deaf }: LineProps) {
  const { severity, event, summary, wallTime } = view;
  const bad = severity === 'error' || severity === 'warning' ? severity : null;
  const { from, to } = line;
  const name = event.startsWith(prefix) ? event.slice(prefix.length) : event;
  return (
    <div
      id={`sequence-${place}`}
      role="row"
      aria-rowindex={place + 2}
      aria-selected={chosen}
      data-place={place}
      data-seq={view.seq ?? undefined}
      class={`sequence-row ${bad === null ? '' : `sequence-${bad}`} ${from === null ? 'sequence-gap' : ''}`}
      style={`top:${place * ROW}px`}
    >
      <span role="gridcell" class="sequence-time">
        {bad && <SeverityMark severity={bad} />}
        {view.flag && <Flag number={view.flag.number} />}
        {clock(wallTime)}
        <span class="quiet">{milliseconds(wallTime)}</span>
      </span>
      <span role="gridcell" class="sequence-lanes">
        {from !== null && to !== null && (
          <>
            <span class="spoken">
              {to === PAGE ? 'from ' : 'from the page to '}
              <Captured text={lanes[to === PAGE ? from : to]?.name ?? ''} />
              {to === PAGE ? ' to the page: ' : ': '}
            </span>
            <Arrow from={from} to={to} lanes={lanes.length} dashed={line.dashed} />
          </>
        )}
        <span class="sequence-words">
          <span class="sequence-name" title={shownText(event)}>
            <Captured text={from === null ? 'lost' : name} />
          </span>{' '}
          {summary !== '' && summary !== event && <Captured text={summary} />}
        </span>
        {deaf !== '' && <span class="spoken">, no poll, socket or stream was open for {deaf} before it</span>}
      </span>
    </div>
  );
}

interface BarProps {
  readonly bar: CarrierBar;
  readonly left: string;
  /** Whether the session came by polls, at least in part. */
  readonly polls: boolean | undefined;
}

/** By what the lines beside it came; a hole is between two lines. */
function Bar({ bar: { kind, from, to, label }, left, polls }: BarProps) {
  const [top, bottom] =
    kind === 'none' ? [(from + 1) * ROW - 9, to * ROW + 9] : [from * ROW + 6, (to + 1) * ROW - 3];
  return (
    <span
      class={`sequence-carrier sequence-${kind}`}
      style={`left:${left};top:${top}px;height:${bottom - top}px`}
    >
      {label !== '' && (
        <span class="sequence-carrier-label">
          {kind === 'none' && <span class="sequence-carrier-word">{polls ? 'no poll ' : 'closed '}</span>}
          {label}
        </span>
      )}
    </span>
  );
}

function Arrow({ from, to, lanes, dashed }: { from: number; to: number; lanes: number; dashed: boolean }) {
  const [left, right] = from < to ? [from, to] : [to, from];
  const at = (lane: number) => ((lane + 0.5) / lanes) * 100;
  return (
    <span
      aria-hidden="true"
      class={`sequence-arrow ${to === PAGE ? 'sequence-in' : 'sequence-out'} ${dashed ? 'sequence-dashed' : ''}`}
      style={`left:${at(left)}%;width:${at(right) - at(left)}%`}
    />
  );
}

/** Steps through a session event by event, over lanes of what held when. */
import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { RowIndex } from '../../../src/analysis/api/analysis.ts';
import { shownText } from '../../../src/text/shown-text.ts';
import { clock, count, duration, milliseconds } from '../../format/format.ts';
import { NextEventIcon, PauseIcon, PlayIcon, PreviousEventIcon } from '../../icons/icons.tsx';
import { Captured } from '../../marks/captured.tsx';
import type { Inspector } from '../../store/inspector.ts';
import type { TraceModel } from '../../store/trace-model.ts';
import { SessionTrack, type TrackLane } from './session-track.ts';
import './scrubber.css';

const SPEEDS = [1, 2, 4, 8, 16] as const;
/** Milliseconds that one drawing may look at rows. */
const SLICE = 10;
/** A pause is no longer than this while it plays, milliseconds. */
const LONGEST_PAUSE = 1_000;

interface ScrubberProps {
  readonly inspector: Inspector;
  readonly trace: TraceModel;
  readonly session: string;
  /** The row after which the machine is shown; null: as it stands now. */
  readonly at: RowIndex | null;
}

export function Scrubber({ inspector, trace, session, at }: ScrubberProps) {
  const track = useMemo(() => new SessionTrack(trace.analysis, session), [trace, session]);
  useTrack(track);
  const { events } = track;
  const last = events.length - 1;
  // A state may also be told by an answer without events.
  const steps = trace.analysis.machine(session)?.steps.length;
  const lanes = useMemo(() => track.lanes(), [track, events.length, steps]);
  const columns = useMemo(() => track.columns(), [track, events.length]);
  const place = at === null ? last : track.placeOf(at);
  const go = (to: number) => {
    const row = events[Math.min(Math.max(to, 0), last)];
    if (row !== undefined) inspector.select(row);
  };
  const player = usePlayer(track, place, go);
  if (last < 1) return null;
  return (
    <div class="scrubber">
      <div class="scrubber-bar">
        <button
          type="button"
          class="tool"
          aria-label="Event before"
          disabled={place === 0}
          onClick={() => go(place - 1)}
        >
          <PreviousEventIcon />
        </button>
        <button
          type="button"
          class="tool"
          aria-label={player.playing ? 'Pause' : 'Play'}
          onClick={player.toggle}
        >
          {player.playing ? <PauseIcon /> : <PlayIcon />}
        </button>
        <button
          type="button"
          class="tool"
          aria-label="Next event"
          disabled={place === last}
          onClick={() => go(place + 1)}
        >
          <NextEventIcon />
        </button>
        <select
          class="select"
          aria-label="Speed"
          value={player.speed}
          onChange={(event) => player.setSpeed(Number(event.currentTarget.value))}
        >
          {SPEEDS.map((speed) => (
            <option key={speed} value={speed}>
              {speed}×
            </option>
          ))}
        </select>
        <span class="scrubber-where">
          Event <b>{count(place + 1)}</b> of {count(last + 1)}
          <span class="quiet">
            {' · '}
            {clock(track.timeOf(place))}
            {milliseconds(track.timeOf(place))} · +
            {duration(Math.max(0, track.timeOf(place) - track.timeOf(0)))}
          </span>
        </span>
      </div>
      <Lanes trace={trace} track={track} lanes={lanes} columns={columns} place={place} go={go} />
    </div>
  );
}

interface LanesProps {
  readonly trace: TraceModel;
  readonly track: SessionTrack;
  readonly lanes: readonly TrackLane[];
  readonly columns: readonly number[];
  readonly place: number;
  readonly go: (place: number) => void;
}

function Lanes({ trace, track, lanes, columns, place, go }: LanesProps) {
  const axis = useRef<HTMLDivElement>(null);
  const last = track.events.length - 1;
  const row = track.events[place] ?? 0;
  const { event, summary } = trace.analysis.row(row);
  const percent = (share: number) => `${(share * 100).toFixed(3)}%`;
  const drag = (event: PointerEvent) => {
    const { left, width } = axis.current?.getBoundingClientRect() ?? { left: 0, width: 1 };
    go(track.placeAt(Math.min(Math.max((event.clientX - left) / width, 0), 1)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = keyTarget(event.key, place, last, track);
    if (to === null) return;
    event.preventDefault();
    go(to);
  };
  return (
    <div class="scrubber-lanes">
      <div class="scrubber-names" aria-hidden="true">
        <span>Events</span>
        {lanes.map(({ name }, at) => (
          <span key={at} title={shownText(name)}>
            <Captured text={name} />
          </span>
        ))}
      </div>
      <div
        ref={axis}
        class="scrubber-axis"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          drag(event);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) drag(event);
        }}
      >
        <svg class="scrubber-events" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
          <path d={columns.map((x) => `M${x} 1V9`).join('')} vector-effect="non-scaling-stroke" />
        </svg>
        {lanes.map(({ stretches }, at) => (
          <div key={at} class="scrubber-lane" aria-hidden="true">
            {stretches.map(({ from, to, word, tone }, index) => (
              <span
                key={index}
                class={`scrubber-stretch scrubber-${tone}`}
                style={`left:${percent(from)};width:max(2px, ${percent(to - from)})`}
                title={shownText(word)}
              >
                <Captured text={word} />
              </span>
            ))}
          </div>
        ))}
        <div class="scrubber-ahead" aria-hidden="true" style={`left:${percent(track.shareOf(place))}`} />
        <div
          class="scrubber-head"
          role="slider"
          tabIndex={0}
          aria-label="Event"
          aria-valuemin={1}
          aria-valuemax={last + 1}
          aria-valuenow={place + 1}
          aria-valuetext={`Event ${place + 1} of ${last + 1}, ${shownText(summary === '' ? event : `${event}, ${summary}`)}, ${clock(track.timeOf(place))}`}
          style={`left:${percent(track.shareOf(place))}`}
          onKeyDown={onKeyDown}
        />
      </div>
    </div>
  );
}

function keyTarget(key: string, place: number, last: number, track: SessionTrack): number | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(place + 1, last);
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(place - 1, 0);
    case 'PageUp':
      return track.stepFrom(place, 1);
    case 'PageDown':
      return track.stepFrom(place, -1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

/** Has the track take in what came, in slices that nobody feels. */
function useTrack(track: SessionTrack): void {
  const looked = useSignal(0);
  looked.value;
  const until = performance.now() + SLICE;
  const whole = track.update(() => performance.now() >= until);
  useEffect(() => {
    if (whole) return;
    const timer = setTimeout(() => {
      looked.value += 1;
    });
    return () => clearTimeout(timer);
  });
}

/** Goes on at the session's own pace, or so many times as fast, until the last event. */
function usePlayer(track: SessionTrack, place: number, go: (place: number) => void) {
  const playing = useSignal(false);
  const speed = useSignal<number>(1);
  const last = track.events.length - 1;
  const step = useRef(go);
  step.current = go;
  useEffect(() => {
    if (!playing.value) return;
    if (place >= last) {
      playing.value = false;
      return;
    }
    const pause = Math.min(Math.max(track.timeOf(place + 1) - track.timeOf(place), 0), LONGEST_PAUSE);
    const timer = setTimeout(() => step.current(place + 1), pause / speed.value);
    return () => clearTimeout(timer);
  }, [track, place, last, playing.value, speed.value]);
  return {
    playing: playing.value,
    speed: speed.value,
    setSpeed: (value: number) => {
      speed.value = value;
    },
    toggle: () => {
      // From the end it plays again from the start.
      if (!playing.peek() && place >= last) go(0);
      playing.value = !playing.peek();
    },
  };
}

/** The whole trace at a glance, above the timeline: what came and went when, each session's states, where problems are. */
import { effect, type Signal, useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { clock, count, counted, duration } from '../../format/format.ts';
import { Captured } from '../../marks/captured.tsx';
import { SessionChip } from '../../marks/session-chip.tsx';
import type { Inspector } from '../../store/inspector.ts';
import { deafFor, type Span } from '../../store/listening-spans.ts';
import { BAND, BANDS, bandsWithin, drawOverview, heightFor } from './draw-overview.ts';
import { rangeIn, type TimeRange, withoutRange, withRange } from './range-text.ts';
import { type SessionBand, SessionBands } from './session-bands.ts';
import { scaleOf, type TimeScale, timeAt, xOf } from './time-scale.ts';
import './overview.css';

/** Milliseconds between two drawings, and how long one may look at rows. */
const PAUSE = 100;
const SLICE = 8;
const MOST_BANDS = 4;
/** So much of the view's height the overview may take for its bands: the rows below are what the person came for. */
const SHARE = 0.34;
/** Below it, in pixels, only the latest session has a band. */
const NARROW = 480;
/** A drag shorter than this is a click. */
const LEAST_DRAG = 4;

interface Drawn {
  readonly scale: TimeScale;
  readonly bands: readonly SessionBand[];
  /** Of each band when somebody listened. */
  readonly heard: readonly (readonly Span[])[];
}

export function Overview({ inspector }: { inspector: Inspector }) {
  const rows = inspector.trace.value.totals.value.rows;
  return rows === 0 ? null : <Strip key={traceKey(inspector)} inspector={inspector} />;
}

/** Another trace is another overview. */
const keys = new WeakMap<object, number>();
let nextKey = 0;
function traceKey(inspector: Inspector): number {
  const trace = inspector.trace.value;
  const key = keys.get(trace) ?? nextKey++;
  keys.set(trace, key);
  return key;
}

function Strip({ inspector }: { inspector: Inspector }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawn = useSignal<Drawn | null>(null);
  const dragged = useSignal<TimeRange | null>(null);
  useDrawing(inspector, canvas, drawn, dragged);
  const range = dragged.value ?? rangeIn(inspector.filterText.value);
  const use = (wanted: TimeRange | null) => {
    const filter = inspector.filterText.peek();
    void inspector.setFilter(wanted === null ? withoutRange(filter) : withRange(filter, wanted));
  };
  const { overview, totals } = inspector.trace.value;
  const { errors, warnings, sessions } = totals.value;
  const shown = drawn.value;
  const [first, last] = overview.span ?? [Number.NaN, Number.NaN];
  const summary = `${counted(errors, 'error')}, ${counted(warnings, 'warning')} from ${clock(first)} to ${clock(last)}`;
  return (
    <section
      class="overview"
      aria-label="Overview"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || rangeIn(inspector.filterText.peek()) === null) return;
        event.stopPropagation();
        use(null);
      }}
    >
      <div class="overview-names">
        <span class="overview-count overview-in">in {count(overview.received)}</span>
        <span class="overview-count overview-out">out {count(overview.sent)}</span>
        <fieldset class="overview-sessions" aria-label="Sessions">
          {shown?.bands.map((band, at) => (
            <SessionButton
              key={band.id}
              inspector={inspector}
              band={band}
              heard={shown.heard[at] ?? []}
              top={BANDS + at * BAND}
            />
          ))}
        </fieldset>
        {shown !== null && sessions > shown.bands.length && (
          <span class="overview-more quiet" style={`top:${BANDS + shown.bands.length * BAND}px`}>
            +{count(sessions - shown.bands.length)} earlier
          </span>
        )}
      </div>
      <div class="overview-times">
        <div class="overview-brush" {...brush(drawn, dragged, use)}>
          <canvas ref={canvas} role="img" aria-label={summary} />
        </div>
        {shown !== null && (
          <>
            <RangeEnd end="from" scale={shown.scale} range={range} use={use} />
            <RangeEnd end="to" scale={shown.scale} range={range} use={use} />
          </>
        )}
      </div>
    </section>
  );
}

interface SessionButtonProps {
  readonly inspector: Inspector;
  readonly band: SessionBand;
  readonly heard: readonly Span[];
  /** Pixels. */
  readonly top: number;
}

function SessionButton({ inspector, band, heard, top }: SessionButtonProps) {
  const filter = inspector.filterText.value;
  const term = `session:${band.letter}`;
  const pressed = filter.split(/\s+/).includes(term);
  return (
    <button
      type="button"
      class="overview-session"
      style={`top:${top - 2}px`}
      aria-pressed={pressed}
      title={`Only session ${band.letter}${deafness(band, heard)}`}
      onClick={() => {
        const others = filter.split(/\s+/).filter((part) => !/^session:[A-Z]+$/.test(part));
        void inspector.setFilter([...others, ...(pressed ? [] : [term])].join(' ').trim());
      }}
    >
      <SessionChip id={band.id} letter={band.letter} />
      <span class="overview-state quiet">
        <Captured text={band.state} />
      </span>
    </button>
  );
}

/** While no poll is held and no socket or stream is open, nothing that the server says is heard. */
function deafness({ parts }: SessionBand, heard: readonly Span[]): string {
  const deaf = deafFor(heard, parts.at(-1)?.to ?? 0);
  return deaf === 0 ? '' : `: no poll, socket or stream was open for ${duration(deaf)} of it`;
}

interface RangeEndProps {
  readonly end: 'from' | 'to';
  readonly scale: TimeScale;
  readonly range: TimeRange | null;
  readonly use: (range: TimeRange | null) => void;
}

/** One end of the range, for the keys; by the mouse a range is drawn. */
function RangeEnd({ end, scale, range, use }: RangeEndProps) {
  const whole = { from: scale.from, to: scale.to };
  const time = (range ?? whole)[end];
  const share = Math.min(Math.max((time - scale.from) / (scale.to - scale.from), 0), 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const moved = Math.min(Math.max(Math.abs(step) === 1 ? Math.max(step, 0) : share + step, 0), 1);
    const at = scale.from + moved * (scale.to - scale.from);
    const next = { ...(range ?? whole), [end]: at };
    if (next.from < next.to) use(next);
  };
  return (
    <div
      class="overview-end"
      role="slider"
      tabIndex={0}
      aria-label={`Range ${end}`}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      aria-valuetext={clock(time)}
      style={`left:${xOf(scale, scale.from + share * (scale.to - scale.from))}px`}
      onKeyDown={onKeyDown}
    />
  );
}

/** By key, in shares of the whole; ±1 is the end itself. */
const STEPS: Readonly<Record<string, number>> = {
  ...{ ArrowLeft: -0.01, ArrowDown: -0.01, ArrowRight: 0.01, ArrowUp: 0.01 },
  ...{ PageDown: -0.1, PageUp: 0.1, Home: -1, End: 1 },
};

/** A range is drawn with the pointer; a click takes it away. */
function brush(
  drawn: Signal<Drawn | null>,
  dragged: Signal<TimeRange | null>,
  use: (range: TimeRange | null) => void,
) {
  let start: number | null = null;
  const rangeTo = (event: PointerEvent): TimeRange | null => {
    const scale = drawn.peek()?.scale;
    if (start === null || scale === undefined || Math.abs(event.offsetX - start) < LEAST_DRAG) return null;
    const [from, to] = [start, event.offsetX].sort((one, other) => one - other) as [number, number];
    return { from: timeAt(scale, from), to: timeAt(scale, to) };
  };
  return {
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0) return;
      start = event.offsetX;
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
    },
    onPointerMove(event: PointerEvent) {
      if (start !== null) dragged.value = rangeTo(event);
    },
    onPointerUp(event: PointerEvent) {
      const range = rangeTo(event);
      start = null;
      dragged.value = null;
      use(range);
    },
    onPointerCancel() {
      start = null;
      dragged.value = null;
    },
  };
}

/** Draws when something has changed, at most ten times a second. */
function useDrawing(
  inspector: Inspector,
  canvas: { readonly current: HTMLCanvasElement | null },
  drawn: Signal<Drawn | null>,
  dragged: Signal<TimeRange | null>,
): void {
  const bands = useRef<SessionBands | null>(null);
  bands.current ??= new SessionBands(inspector.trace.peek().analysis);
  const request = useRef<() => void>(() => undefined);
  useLayoutEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = 0;
    const draw = () => {
      timer = undefined;
      last = performance.now();
      if (!paint(inspector, canvas.current, bands.current, drawn, dragged.peek())) request.current();
    };
    request.current = () => {
      timer ??= setTimeout(draw, Math.max(0, last + PAUSE - performance.now()));
    };
    draw();
    const changes = new MutationObserver(() => request.current());
    changes.observe(document.documentElement, { attributes: true });
    const sizes = new ResizeObserver(() => request.current());
    const view = canvas.current?.closest('.timeline-view');
    for (const sized of [canvas.current?.parentElement, view]) if (sized) sizes.observe(sized);
    return () => {
      clearTimeout(timer);
      changes.disconnect();
      sizes.disconnect();
    };
  }, [inspector, canvas, drawn, dragged]);
  useEffect(
    () =>
      effect(() => {
        const trace = inspector.trace.value;
        trace.totals.value;
        trace.findingsVersion.value;
        trace.flagsVersion.value;
        trace.sessionsVersion.value;
        trace.selected.value;
        inspector.filterText.value;
        dragged.value;
        request.current();
      }),
    [inspector, dragged],
  );
}

/** False while rows have not all been looked at. */
function paint(
  inspector: Inspector,
  canvas: HTMLCanvasElement | null,
  bands: SessionBands | null,
  drawn: Signal<Drawn | null>,
  dragged: TimeRange | null,
): boolean {
  const { overview, listening, analysis, selected } = inspector.trace.peek();
  const until = performance.now() + SLICE;
  const stop = () => performance.now() >= until;
  const whole = overview.lookOn(stop) && listening.lookOn(stop);
  const context = canvas?.getContext('2d');
  const span = overview.span;
  const width = canvas?.parentElement?.clientWidth ?? 0;
  if (!canvas || !context || !bands || span === null || width === 0) return whole;
  const scale = scaleOf(span, width);
  const room = (canvas.closest('.timeline-view')?.clientHeight ?? 0) * SHARE;
  const most = width < NARROW ? 1 : MOST_BANDS;
  const latest = bands.latest(Math.min(most, bandsWithin(room)));
  const heard = latest.map(({ id }) => listening.of(id, span[1]));
  const height = heightFor(latest.length);
  const ratio = devicePixelRatio;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const style = getComputedStyle(canvas);
  const row = selected.peek();
  drawOverview(context, {
    ...{ scale, counts: overview, bands: latest, heard },
    range: dragged ?? rangeIn(inspector.filterText.peek()),
    chosen: row === null ? null : analysis.facts.time(row),
    flags: analysis.flags(),
    colour: (name) => style.getPropertyValue(name),
  });
  drawn.value = { scale, bands: latest, heard };
  return whole;
}

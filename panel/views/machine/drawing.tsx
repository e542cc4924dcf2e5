/** The session model as a drawing: states at the model's places, the way that was taken, and what the model lacks in red. */
import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { MachineView } from '../../../src/analysis/api/analysis.ts';
import type { SessionModel } from '../../../src/protocol/chat-protocol.ts';
import { shownText } from '../../../src/text/shown-text.ts';
import { duration } from '../../format/format.ts';
import type { ExpectedStep } from './deviations.ts';
import {
  type Arc,
  arc,
  BOX,
  type Box,
  headOf,
  pathOf,
  placed,
  sizeOf,
  TIERED_WIDTH,
  tiered,
} from './drawing-layout.ts';
import { drawnLines, type Line, lineKey, type StateLine, stateLines } from './machine-lines.ts';

/** What says more is drawn later, over the rest. */
const ORDER = { possible: 0, expected: 1, taken: 2, foreign: 3 } as const;

interface DrawingProps {
  readonly machine: MachineView;
  readonly model: SessionModel;
  readonly expected: readonly ExpectedStep[];
}

export function Drawing({ machine, model, expected }: DrawingProps) {
  const frame = useRef<HTMLElement>(null);
  const narrow = useNarrow(frame);
  const states = stateLines(machine, model);
  const boxes = narrow ? tieredStates(states, model) : placeStates(states, model);
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const { width, height } = narrow ? { ...sizeOf(boxes), width: TIERED_WIDTH } : sizeOf(boxes);
  const lines = [...drawnLines(machine, model, expected)].sort((a, b) => ORDER[a.kind] - ORDER[b.kind]);
  const drawn = lines.flatMap((line) => {
    const [from, to] = [byId.get(line.from), byId.get(line.to)];
    return from && to ? [{ line, arc: arc(from, to, boxes) }] : [];
  });
  return (
    <div class="drawing-frame">
      <section ref={frame} class="drawing" aria-label="Drawing of the session">
        <svg
          role="img"
          aria-label="The session's states and the steps between them; the tables below say the same."
          viewBox={`0 0 ${width} ${height}`}
          style={`max-inline-size:${narrow ? 1.3 * width : width}px`}
        >
          {drawn.map((each) => (
            <DrawnLine key={lineKey(each.line.from, each.line.to)} {...each} />
          ))}
          {states.map((state) => {
            const box = byId.get(state.id);
            return box ? (
              <DrawnState key={state.id} state={state} box={box} end={model.isEnd(state.id)} />
            ) : null;
          })}
          {drawn.map((each) => (
            <DrawnCount key={lineKey(each.line.from, each.line.to)} {...each} />
          ))}
        </svg>
      </section>
      <Legend />
    </div>
  );
}

/** States that the model lacks stand in a row below it. */
function placeStates(states: readonly StateLine[], model: SessionModel): readonly Box[] {
  const places = new Map(model.states.map((state) => [state.id, state.at]));
  const below = Math.max(0, ...model.states.map((state) => state.at[1])) + 1;
  let column = 0;
  return states.map((state) => placed(state.id, places.get(state.id) ?? [column++, below]));
}

function DrawnLine({ line, arc: drawn }: { line: Line; arc: Arc }) {
  return (
    <g class={`line line-${line.kind}`}>
      {line.expected && line.kind !== 'expected' && <path class="line-missed" d={pathOf(drawn)} />}
      <path class="line-way" d={pathOf(drawn)} />
      <path class="line-head" d={headOf(drawn)} />
    </g>
  );
}

/** Over the states: in a narrow drawing they stand close. */
function DrawnCount({ line, arc: drawn }: { line: Line; arc: Arc }) {
  if (line.count === 0) return null;
  return (
    <g class={`line line-${line.kind}`}>
      <circle class="line-count-ground" cx={drawn.middle.x} cy={drawn.middle.y} r="8.5" />
      <text class="line-count" x={drawn.middle.x} y={drawn.middle.y + 3.6}>
        {line.count > 99 ? '99+' : line.count}
      </text>
    </g>
  );
}

/** Pixels below which the states stand in tiers. */
const NARROW = 680;

function useNarrow(frame: { readonly current: HTMLElement | null }): boolean {
  const narrow = useSignal(false);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const look = () => {
      narrow.value = element.clientWidth > 0 && element.clientWidth < NARROW;
    };
    look();
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    return () => sizes.disconnect();
  }, [frame, narrow]);
  return narrow.value;
}

/** Before the conversation, the conversation, ends, and what the model lacks. The first state only where it was visited. */
function tieredStates(states: readonly StateLine[], model: SessionModel): readonly Box[] {
  const places = new Map(model.states.map((state) => [state.id, state.at]));
  const going = states.filter(({ id, known }) => known && !model.isEnd(id));
  const right = Math.max(0, ...going.map(({ id }) => places.get(id)?.[0] ?? 0));
  const isLast = ({ id }: StateLine) => places.get(id)?.[0] === right;
  const before = going
    .filter((state) => !isLast(state))
    .filter(({ id, visits, current }) => id !== model.initial || visits > 0 || current)
    .sort((one, other) => (places.get(one.id)?.[0] ?? 0) - (places.get(other.id)?.[0] ?? 0));
  const ids = (list: readonly StateLine[]) => list.map(({ id }) => id);
  return tiered([
    ids(before),
    ids(going.filter(isLast)),
    ids(states.filter(({ id, known }) => known && model.isEnd(id))),
    ids(states.filter(({ known }) => !known)),
  ]);
}

/** A box in which a name at full size would not fit. */
const SMALL = 80;

function DrawnState({ state, box, end }: { state: StateLine; box: Box; end: boolean }) {
  const kinds = ['state'];
  if (end) kinds.push('state-end');
  if (state.visits > 0 || state.current) kinds.push('state-visited');
  if (state.current) kinds.push('state-current');
  if (!state.known) kinds.push('state-foreign');
  const dwell = state.dwell === null ? '' : duration(state.dwell);
  if (box.width < SMALL) kinds.push('state-small');
  const x = box.x - box.width / 2;
  const y = box.y - BOX.height / 2;
  return (
    <g class={kinds.join(' ')}>
      <rect class="state-box" x={x} y={y} width={box.width} height={BOX.height} rx={end ? 4 : 12} />
      {end && (
        <rect class="state-inner" x={x + 3} y={y + 3} width={box.width - 6} height={BOX.height - 6} rx="2" />
      )}
      <text class="state-name" x={box.x} y={box.y + (dwell ? -1 : 4)}>
        {shownText(state.id).slice(0, 16)}
      </text>
      {dwell && (
        <text class="state-dwell" x={box.x} y={box.y + 13}>
          {dwell}
        </text>
      )}
    </g>
  );
}

function Legend() {
  return (
    <p class="legend quiet" aria-hidden="true">
      <span class="legend-item legend-taken">taken, with its count</span>
      <span class="legend-item legend-foreign">taken, but not in the model</span>
      <span class="legend-item legend-expected">expected, not taken</span>
      <span class="legend-item legend-possible">possible next</span>
    </p>
  );
}

/** The session model as a drawing: states at the model's places, the way that was taken, and what the model lacks in red. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { MachineView } from '../../../src/analysis/api/analysis.ts';
import type { SessionModel } from '../../../src/protocol/chat-protocol.ts';
import { shownText } from '../../../src/text/shown-text.ts';
import { duration } from '../../format/format.ts';
import type { ExpectedStep } from './deviations.ts';
import { type Arc, arc, BOX, type Box, headOf, pathOf, placed, sizeOf } from './drawing-layout.ts';
import { drawnLines, type Line, lineKey, type StateLine, stateLines } from './machine-lines.ts';

/** What says more is drawn later, over the rest. */
const ORDER = { possible: 0, expected: 1, taken: 2, foreign: 3 } as const;

interface DrawingProps {
  readonly machine: MachineView;
  readonly model: SessionModel;
  readonly expected: readonly ExpectedStep[];
}

export function Drawing({ machine, model, expected }: DrawingProps) {
  const states = stateLines(machine, model);
  const boxes = placeStates(states, model);
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const { width, height } = sizeOf(boxes);
  const scroller = useRef<HTMLElement>(null);
  const current = byId.get(machine.current);
  const share = current ? current.x / width : 0;
  useLayoutEffect(() => {
    const element = scroller.current;
    // In a narrow panel the drawing scrolls; where the session stands is what one looks for.
    if (element) element.scrollLeft = share * element.scrollWidth - element.clientWidth / 2;
  }, [share]);
  const lines = [...drawnLines(machine, model, expected)].sort((a, b) => ORDER[a.kind] - ORDER[b.kind]);
  return (
    <div class="drawing-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a drawing wider than the panel scrolls by keys. */}
      <section ref={scroller} class="drawing" tabIndex={0} aria-label="Drawing of the session">
        <svg
          role="img"
          aria-label="The session's states and the steps between them; the tables below say the same."
          viewBox={`0 0 ${width} ${height}`}
          style={`max-inline-size:${width}px`}
        >
          {lines.map((line) => {
            const from = byId.get(line.from);
            const to = byId.get(line.to);
            return from && to ? (
              <DrawnLine key={lineKey(line.from, line.to)} line={line} arc={arc(from, to, boxes)} />
            ) : null;
          })}
          {states.map((state) => {
            const box = byId.get(state.id);
            return box ? (
              <DrawnState key={state.id} state={state} box={box} end={model.isEnd(state.id)} />
            ) : null;
          })}
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
      {line.count > 0 && (
        <>
          <circle class="line-count-ground" cx={drawn.middle.x} cy={drawn.middle.y} r="8.5" />
          <text class="line-count" x={drawn.middle.x} y={drawn.middle.y + 3.6}>
            {line.count > 99 ? '99+' : line.count}
          </text>
        </>
      )}
    </g>
  );
}

function DrawnState({ state, box, end }: { state: StateLine; box: Box; end: boolean }) {
  const kinds = ['state'];
  if (end) kinds.push('state-end');
  if (state.visits > 0 || state.current) kinds.push('state-visited');
  if (state.current) kinds.push('state-current');
  if (!state.known) kinds.push('state-foreign');
  const dwell = state.dwell === null ? '' : duration(state.dwell);
  const x = box.x - BOX.width / 2;
  const y = box.y - BOX.height / 2;
  return (
    <g class={kinds.join(' ')}>
      <rect class="state-box" x={x} y={y} width={BOX.width} height={BOX.height} rx={end ? 4 : 12} />
      {end && (
        <rect class="state-inner" x={x + 3} y={y + 3} width={BOX.width - 6} height={BOX.height - 6} rx="2" />
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

/** The drawing's content as tables: states, transitions, and every step with the event that made it. */
import { useSignal } from '@preact/signals';
import type { MachineView, StepView } from '../../../src/analysis/api/analysis.ts';
import type { SessionModel } from '../../../src/protocol/chat-protocol.ts';
import { clock, count, duration, milliseconds } from '../../format/format.ts';
import { Captured } from '../../marks/captured.tsx';
import { Chip } from '../../marks/marks.tsx';
import type { Inspector } from '../../store/inspector.ts';
import { DeviationWords } from './deviation-words.tsx';
import type { Deviation, ExpectedStep } from './deviations.ts';
import { lineKey, stateLines, takenLines } from './machine-lines.ts';

export function StateTable({ machine, model }: { machine: MachineView; model: SessionModel }) {
  return (
    <table class="machine-table" aria-label="States">
      <caption>States</caption>
      <thead>
        <tr>
          <th scope="col">State</th>
          <th scope="col" class="number">
            Visits
          </th>
          <th scope="col" class="number">
            Time in it
          </th>
          <th scope="col">Current</th>
        </tr>
      </thead>
      <tbody>
        {stateLines(machine, model).map((state) => (
          <tr
            key={state.id}
            class={state.current ? 'is-current' : state.visits === 0 ? 'is-unvisited' : ''}
            aria-current={state.current ? 'step' : undefined}
          >
            <th scope="row">
              <Captured text={state.id} /> {!state.known && <Chip text="not in the model" tone="error" />}
            </th>
            <td class="number">{count(state.visits)}</td>
            <td class="number">{state.dwell === null ? '–' : duration(state.dwell)}</td>
            <td>{state.current ? 'current' : ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface TransitionTableProps {
  readonly machine: MachineView;
  readonly expected: readonly ExpectedStep[];
}

export function TransitionTable({ machine, expected }: TransitionTableProps) {
  const lines = takenLines(machine);
  const taken = new Set(lines.map((line) => lineKey(line.from, line.to)));
  const missed = new Set(expected.map((step) => lineKey(step.from, step.to)));
  return (
    <table class="machine-table" aria-label="Transitions">
      <caption>Transitions</caption>
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">To</th>
          <th scope="col" class="number">
            Count
          </th>
          <th scope="col">In the model</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={lineKey(line.from, line.to)} class={line.kind === 'foreign' ? 'is-foreign' : ''}>
            <td>
              <Captured text={line.from} />
            </td>
            <td>
              <Captured text={line.to} />
            </td>
            <td class="number">{count(line.count)}</td>
            <td>
              {line.kind === 'foreign'
                ? 'no'
                : missed.has(lineKey(line.from, line.to))
                  ? 'yes; also expected where it was not taken'
                  : 'yes'}
            </td>
          </tr>
        ))}
        {expected
          .filter((step) => !taken.has(lineKey(step.from, step.to)))
          .map((step) => (
            <tr key={lineKey(step.from, step.to)} class="is-expected">
              <td>
                <Captured text={step.from} />
              </td>
              <td>
                <Captured text={step.to} />
              </td>
              <td class="number">0</td>
              <td>yes; expected, not taken</td>
            </tr>
          ))}
        {lines.length === 0 && (
          <tr>
            <td colSpan={4} class="quiet">
              None yet.
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

/** Steps listed at first, the latest ones. */
const STEPS = 100;

interface StepTableProps {
  readonly inspector: Inspector;
  readonly machine: MachineView;
  readonly deviations: readonly Deviation[];
}

export function StepTable({ inspector, machine, deviations }: StepTableProps) {
  const byRow = new Map(deviations.map((deviation) => [deviation.row, deviation]));
  const limit = useSignal(STEPS);
  const { steps } = machine;
  const start = Math.max(0, steps.length - limit.value);
  return (
    <table class="machine-table machine-steps" aria-label="Steps">
      <caption>
        Steps
        {start > 0 && (
          <button
            type="button"
            class="link"
            onClick={() => {
              limit.value += STEPS * 10;
            }}
          >
            show the {count(start)} earlier
          </button>
        )}
      </caption>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Event</th>
          <th scope="col">From</th>
          <th scope="col">To</th>
          <th scope="col">In the model</th>
        </tr>
      </thead>
      <tbody>
        {steps.slice(start).map((step, at) => (
          <StepRow key={start + at} inspector={inspector} step={step} deviation={byRow.get(step.row)} />
        ))}
      </tbody>
    </table>
  );
}

interface StepRowProps {
  readonly inspector: Inspector;
  readonly step: StepView;
  readonly deviation: Deviation | undefined;
}

function StepRow({ inspector, step, deviation }: StepRowProps) {
  return (
    <tr class={step.allowed ? '' : 'is-foreign'}>
      <td class="number">
        {clock(step.wallTime)}
        <span class="quiet">{milliseconds(step.wallTime)}</span>
      </td>
      <td>
        <button type="button" class="link" onClick={() => inspector.select(step.row)}>
          {step.seq === null ? `row ${step.row + 1}` : `event ${step.seq}`}
        </button>
      </td>
      <td>
        <Captured text={step.from ?? '–'} />
      </td>
      <td>
        <Captured text={step.to} />
      </td>
      <td>
        {step.allowed ? 'yes' : 'no'}
        {deviation && (
          <>
            ; <DeviationWords deviation={deviation} />
          </>
        )}
      </td>
    </tr>
  );
}

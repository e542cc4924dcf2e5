/** The session's state machine: which session, where it stands, the drawing, and the same as tables. */
import { useMemo } from 'preact/hooks';
import type { MachineView, RowIndex } from '../../../src/analysis/api/analysis.ts';
import type { SessionModel } from '../../../src/protocol/chat-protocol.ts';
import { counted, duration } from '../../format/format.ts';
import { Captured } from '../../marks/captured.tsx';
import { SeverityMark } from '../../marks/marks.tsx';
import type { Inspector } from '../../store/inspector.ts';
import type { TraceModel } from '../../store/trace-model.ts';
import { SessionPicker, shownSession } from '../session/session-picker.tsx';
import { DeviationWords } from './deviation-words.tsx';
import { type Deviation, deviationsOf, expectedSteps, movesUntil } from './deviations.ts';
import { Drawing } from './drawing.tsx';
import { StateTable, StepTable, TransitionTable } from './machine-tables.tsx';
import { Scrubber } from './scrubber.tsx';
import './machine.css';

export function MachineRegion({ inspector }: { inspector: Inspector }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys.
    <section class="machine" aria-label="State machine" tabIndex={0}>
      <MachineOfSession inspector={inspector} />
    </section>
  );
}

function MachineOfSession({ inspector }: { inspector: Inspector }) {
  const trace = inspector.trace.value;
  // Dwell times and states change with the trace; rows of other sessions change nothing that is drawn.
  trace.sessionsVersion.value;
  const sessionCount = trace.totals.value.sessions;
  const at = inspector.machineRow.value;
  // Listing a thousand sessions for every event would be felt.
  const latest = useMemo(() => trace.analysis.latestSessions(1)[0]?.id ?? null, [trace, sessionCount]);
  const session = shownSession(inspector, trace, at, latest);
  if (sessionCount === 0 || session === null) {
    return (
      <div class="view-empty">
        <p class="empty-title">No session yet.</p>
        <p class="quiet">A session appears with the first chat event; its states are drawn here.</p>
      </div>
    );
  }
  const machine =
    (at === null ? trace.analysis.machine(session) : trace.analysis.machine(session, at)) ??
    trace.analysis.machine(session);
  return (
    <>
      <div class="view-bar">
        <SessionPicker inspector={inspector} trace={trace} session={session} count={sessionCount} />
        <StandsAt inspector={inspector} trace={trace} at={at} />
      </div>
      <Scrubber inspector={inspector} trace={trace} session={session} at={at} />
      {machine && <Machine inspector={inspector} trace={trace} machine={machine} at={at} />}
    </>
  );
}

interface MachineProps {
  readonly inspector: Inspector;
  readonly trace: TraceModel;
  readonly machine: MachineView;
  readonly at: RowIndex | null;
}

function Machine({ inspector, trace, machine, at }: MachineProps) {
  const { model } = machine;
  // A session without a foreign step has nothing to align.
  const left = machine.steps.some((step) => !step.allowed);
  const moves = left ? movesUntil(trace.analysis.conformance(machine.session)?.moves ?? [], at) : [];
  const deviations = deviationsOf(moves);
  const expected = expectedSteps(moves);
  return (
    <>
      <Standing inspector={inspector} machine={machine} model={model} deviations={deviations} />
      <div class="machine-body">
        <Drawing machine={machine} model={model} expected={expected} />
        <StateTable machine={machine} model={model} />
        <TransitionTable machine={machine} expected={expected} />
        <StepTable inspector={inspector} machine={machine} deviations={deviations} />
      </div>
    </>
  );
}

/** In words: where the session stands, what may come, and where it left the model. */
interface StandingProps {
  readonly inspector: Inspector;
  readonly machine: MachineView;
  readonly model: SessionModel;
  readonly deviations: readonly Deviation[];
}

function Standing({ inspector, machine, model, deviations }: StandingProps) {
  const next = model.isEnd(machine.current)
    ? []
    : model.next(machine.current).filter((state) => state !== machine.current);
  const dwell = Object.hasOwn(machine.dwell, machine.current) ? machine.dwell[machine.current] : undefined;
  return (
    <div class="standing">
      <p class="standing-now">
        Current state:{' '}
        <strong>
          <Captured text={machine.current} />
        </strong>
        {dwell !== undefined && dwell > 0 && <span class="quiet"> for {duration(dwell)}</span>}
      </p>
      <p class="quiet">
        {next.length > 0 ? `From here the model allows ${listOf(next)}.` : 'The session is over.'}
      </p>
      <Deviations inspector={inspector} deviations={deviations} />
    </div>
  );
}

/** Deviations that are told in words; the table of steps has all. */
const TOLD = 3;

function Deviations({ inspector, deviations }: Pick<StandingProps, 'inspector' | 'deviations'>) {
  if (deviations.length === 0) return null;
  const more = deviations.length - TOLD;
  return (
    <div class="standing-foreign">
      <p>
        <SeverityMark severity="warning" /> The session left the model:
      </p>
      <ul class="standing-places">
        {deviations.slice(0, TOLD).map((deviation, at) => (
          <li key={at}>
            <DeviationWords deviation={deviation} />{' '}
            <DeviationPlace inspector={inspector} row={deviation.row} />
          </li>
        ))}
        {more > 0 && <li>and {counted(more, 'more place')}, in the table of steps</li>}
      </ul>
    </div>
  );
}

function DeviationPlace({ inspector, row }: { inspector: Inspector; row: RowIndex | null }) {
  if (row === null) return null;
  const { seq } = inspector.trace.value.analysis.row(row);
  return (
    <button type="button" class="link" onClick={() => inspector.reveal(row)}>
      {seq === null ? `row ${row + 1}` : `event ${seq}`}
    </button>
  );
}

function StandsAt({
  inspector,
  trace,
  at,
}: {
  inspector: Inspector;
  trace: TraceModel;
  at: RowIndex | null;
}) {
  if (at === null) return <span class="quiet">as it stands now</span>;
  const view = trace.analysis.row(at);
  return (
    <span class="stands-at">
      as it stood at{' '}
      <button type="button" class="link" onClick={() => inspector.reveal(at)}>
        {view.seq === null ? `row ${at + 1}` : `event ${view.seq}`}
      </button>
      <button type="button" class="button" onClick={() => inspector.showMachineNow()}>
        Now
      </button>
    </span>
  );
}

const list = new Intl.ListFormat('en', { type: 'disjunction' });

function listOf(states: readonly string[]): string {
  return list.format(states);
}

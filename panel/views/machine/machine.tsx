/** The session's state machine: which session, where it stands, the drawing, and the same as tables. */
import type { MachineView, RowIndex } from '../../../src/analysis/analysis.ts';
import { brightPattern } from '../../../src/protocol/bright-pattern/bright-pattern.ts';
import type { SessionModel } from '../../../src/protocol/chat-protocol.ts';
import { duration } from '../../format/format.ts';
import { SeverityMark } from '../../marks/marks.tsx';
import type { Inspector } from '../../store/inspector.ts';
import type { TraceModel } from '../../store/trace-model.ts';
import { Drawing } from './drawing.tsx';
import { firstForeign } from './machine-lines.ts';
import { StateTable, StepTable, TransitionTable } from './machine-tables.tsx';
import { SessionPicker } from './session-picker.tsx';
import './machine.css';

export function MachineRegion({ inspector }: { inspector: Inspector }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys.
    <section class="machine" aria-label="State machine" tabIndex={0}>
      <MachineOfSession inspector={inspector} model={brightPattern.model} />
    </section>
  );
}

function MachineOfSession({ inspector, model }: { inspector: Inspector; model: SessionModel }) {
  const trace = inspector.trace.value;
  // Dwell times and states change with the trace; rows of other sessions change nothing that is drawn.
  trace.sessionsVersion.value;
  const sessionCount = trace.totals.value.sessions;
  const at = inspector.machineRow.value;
  const session = shownSession(inspector, trace, at);
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
      {machine && <Machine inspector={inspector} machine={machine} model={model} />}
    </>
  );
}

function Machine({
  inspector,
  machine,
  model,
}: {
  inspector: Inspector;
  machine: MachineView;
  model: SessionModel;
}) {
  return (
    <>
      <Standing machine={machine} model={model} />
      <div class="machine-body">
        <Drawing machine={machine} model={model} />
        <StateTable machine={machine} model={model} />
        <TransitionTable machine={machine} />
        <StepTable inspector={inspector} machine={machine} />
      </div>
    </>
  );
}

/** In words: where the session stands, what may come, and where it left the model. */
function Standing({ machine, model }: { machine: MachineView; model: SessionModel }) {
  const next = model.isEnd(machine.current)
    ? []
    : model.next(machine.current).filter((state) => state !== machine.current);
  const foreign = firstForeign(machine);
  const dwell = Object.hasOwn(machine.dwell, machine.current) ? machine.dwell[machine.current] : undefined;
  return (
    <div class="standing">
      <p class="standing-now">
        Current state: <strong>{machine.current}</strong>
        {dwell !== undefined && dwell > 0 && <span class="quiet"> for {duration(dwell)}</span>}
      </p>
      <p class="quiet">
        {next.length > 0 ? `From here the model allows ${listOf(next)}.` : 'The session is over.'}
      </p>
      {foreign && (
        <p class="standing-foreign">
          <SeverityMark severity="warning" /> The session left the model: {foreign.from ?? 'the start'} →{' '}
          {foreign.to}, where it allows {listOf(foreign.expected) || 'nothing more'}.
        </p>
      )}
    </div>
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

/** The session a person picked, else the one of the chosen row, else the latest. */
function shownSession(inspector: Inspector, trace: TraceModel, at: RowIndex | null): string | null {
  const picked = inspector.session.value;
  if (picked !== null && trace.analysis.session(picked)) return picked;
  const ofRow = at === null ? null : trace.analysis.row(at).session;
  return ofRow ?? trace.analysis.sessions().at(-1)?.id ?? null;
}

const list = new Intl.ListFormat('en', { type: 'disjunction' });

function listOf(states: readonly string[]): string {
  return list.format(states);
}

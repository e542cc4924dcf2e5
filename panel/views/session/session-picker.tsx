/** Which session is shown, with its state and size. */
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { RowIndex, SessionView } from '../../../src/analysis/analysis.ts';
import { counted } from '../../format/format.ts';
import { SessionChip } from '../../marks/session-chip.tsx';
import type { Inspector } from '../../store/inspector.ts';
import type { TraceModel } from '../../store/trace-model.ts';
import './session-picker.css';

/** Sessions that are offered; the latest are the ones that matter, and a list of a million would freeze. */
const OFFERED = 200;

interface SessionPickerProps {
  readonly inspector: Inspector;
  readonly trace: TraceModel;
  readonly session: string;
  readonly count: number;
}

export function SessionPicker({ inspector, trace, session, count }: SessionPickerProps) {
  const openings = useSignal(0);
  const shown = trace.analysis.session(session);
  // Made anew when the number of sessions changes or a person goes to choose, not for every event.
  const offered = useMemo(() => offeredSessions(trace, session), [trace, session, count, openings.value]);
  return (
    <>
      <span class="picker">
        <label for="session">Session</label>
        <select
          id="session"
          class="select"
          value={session}
          onFocus={() => {
            openings.value++;
          }}
          onChange={(event) => {
            inspector.session.value = event.currentTarget.value;
          }}
        >
          {offered.map((one) => (
            <option key={one.id} value={one.id}>
              {inWords(one.id === session ? (shown ?? one) : one)}
            </option>
          ))}
        </select>
      </span>
      <SessionChip id={session} />
      {count > OFFERED && (
        <span class="quiet">
          latest {OFFERED} of {counted(count, 'session')}
        </span>
      )}
    </>
  );
}

function inWords({ id, state, eventCount }: SessionView): string {
  return `${id.slice(0, 40)} — ${state}, ${counted(eventCount, 'event')}`;
}

/** The latest sessions, the newest first, and the shown one in any case. */
function offeredSessions(trace: TraceModel, session: string): readonly SessionView[] {
  const offered = trace.analysis.sessions().slice(-OFFERED).reverse();
  const shown = offered.some((one) => one.id === session) ? undefined : trace.analysis.session(session);
  return shown ? [shown, ...offered] : offered;
}

/** The session a person picked, else the one of the chosen row, else the latest; null where there is none. */
export function shownSession(
  inspector: Inspector,
  trace: TraceModel,
  row: RowIndex | null,
  latest: string | null,
): string | null {
  const picked = inspector.session.value;
  if (picked !== null && trace.analysis.session(picked)) return picked;
  const ofRow = row === null ? null : trace.analysis.row(row).session;
  return ofRow ?? latest;
}

/** Which session is shown, with its state and size. */
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { SessionView } from '../../../src/analysis/analysis.ts';
import { counted } from '../../format/format.ts';
import { SessionChip } from '../../marks/session-chip.tsx';
import type { Inspector } from '../../store/inspector.ts';
import type { TraceModel } from '../../store/trace-model.ts';

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
              {`${one.id.slice(0, 40)} — ${one.state}, ${counted(one.eventCount, 'event')}`}
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

/** The latest sessions, the newest first, and the shown one in any case. */
function offeredSessions(trace: TraceModel, session: string): readonly SessionView[] {
  const offered = trace.analysis.sessions().slice(-OFFERED).reverse();
  const shown = offered.some((one) => one.id === session) ? undefined : trace.analysis.session(session);
  return shown ? [shown, ...offered] : offered;
}

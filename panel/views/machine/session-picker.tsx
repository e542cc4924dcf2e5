/** Which session is shown, with its state and size. */
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
  const sessions = trace.analysis.sessions();
  const offered = sessions.slice(-OFFERED).reverse();
  if (!offered.some((one) => one.id === session)) {
    const shown = trace.analysis.session(session);
    if (shown) offered.unshift(shown);
  }
  return (
    <>
      <span class="picker">
        <label for="session">Session</label>
        <select
          id="session"
          class="select"
          value={session}
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

/** Which session is shown, with its state and size. */
import { useSignal } from '@preact/signals';
import { useId, useMemo } from 'preact/hooks';
import type { RowIndex, SessionView } from '../../../src/analysis/api/analysis.ts';
import { shownText } from '../../../src/text/shown-text.ts';
import { clock, counted, sessionName } from '../../format/format.ts';
import { SessionChip } from '../../marks/session-chip.tsx';
import type { Inspector } from '../../store/inspector.ts';
import type { TraceModel } from '../../store/trace-model.ts';
import { OtherOrigins } from './other-origins.tsx';
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
  // A report shows two at once.
  const field = useId();
  const shown = trace.analysis.session(session);
  // Made anew when the number of sessions changes or a person goes to choose, not for every event.
  const offered = useMemo(() => offeredSessions(trace, session), [trace, session, count, openings.value]);
  return (
    <>
      <span class="picker">
        <label for={field}>Session</label>
        <select
          id={field}
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
      <SessionChip id={session} letter={shown?.letter ?? null} />
      {shown && <OtherOrigins inspector={inspector} trace={trace} session={shown} />}
      {inspector.comparing.offered && (
        <button type="button" class="button" title="Compare (c)" onClick={() => inspector.compare(session)}>
          Compare …
        </button>
      )}
      {count > OFFERED && (
        <span class="quiet">
          latest {OFFERED} of {counted(count, 'session')}
        </span>
      )}
    </>
  );
}

function inWords({ id, letter, parties, transports, startedAt, state, eventCount }: SessionView): string {
  const people = parties
    .filter(({ kind, name }) => kind !== 'customer' && name !== '')
    .map(({ name }) => name);
  const said = [shownText(people.slice(0, 2).join(', ')), transports.join(', '), `from ${clock(startedAt)}`];
  return `${shownText(sessionName(letter, id))} — ${[...said, shownText(state), counted(eventCount, 'event')]
    .filter((part) => part !== '')
    .join(', ')}`;
}

/** The latest sessions, the newest first, and the shown one in any case. */
function offeredSessions(trace: TraceModel, session: string): readonly SessionView[] {
  const offered = [...trace.analysis.latestSessions(OFFERED)].reverse();
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

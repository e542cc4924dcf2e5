/** Which session stands on a side: of the shown trace, or of a file that is opened for it. */
import { type Signal, useSignal } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import type { SessionView } from '../../../src/analysis/api/analysis.ts';
import { shownText } from '../../../src/text/shown-text.ts';
import { counted, sessionName } from '../../format/format.ts';
import { type ComparedSide, OFFERED } from '../../store/comparing.ts';
import type { Inspector } from '../../store/inspector.ts';
import type { TraceModel } from '../../store/trace-model.ts';
import { openTrace } from '../../trace-file/import-trace.ts';

interface SidePickerProps {
  readonly inspector: Inspector;
  readonly label: string;
  readonly side: Signal<ComparedSide | null>;
}

export function SidePicker({ inspector, label, side }: SidePickerProps) {
  const traces = [
    ...new Set([
      inspector.trace.value,
      ...inspector.comparing.files.value,
      ...(side.value ? [side.value.trace] : []),
    ]),
  ];
  const openings = useSignal(0);
  // Made anew when the number of sessions changes or a person goes to choose, not for every event.
  const counts = traces.map(({ totals }) => totals.value.sessions).join();
  const offered = useMemo(
    () => traces.map((trace) => offeredSessions(trace, side.value)),
    [...traces, counts, openings.value, side.value],
  );
  const value = side.value ? `${traces.indexOf(side.value.trace)} ${side.value.session}` : '';
  return (
    <label class="picker">
      {label}
      <select
        class="select"
        value={value}
        onFocus={() => {
          openings.value++;
        }}
        onChange={({ currentTarget }) => {
          const [, at = '', session = ''] = /^(\d+) ([\s\S]*)$/.exec(currentTarget.value) ?? [];
          const trace = traces[Number(at)];
          if (trace) side.value = { trace, session };
        }}
      >
        {value === '' && <option value="">Choose a session</option>}
        {traces.map((trace, at) => (
          <optgroup key={at} label={shownText(nameOf(trace))}>
            {offered[at]?.map(({ id, letter, state, eventCount }) => (
              <option key={id} value={`${at} ${id}`}>
                {`${shownText(sessionName(letter, id))} — ${shownText(state)}, ${counted(eventCount, 'event')}`}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

/** The latest sessions, the newest first, and the one that stands on the side in any case. */
function offeredSessions({ analysis }: TraceModel, side: ComparedSide | null): readonly SessionView[] {
  const offered = [...analysis.latestSessions(OFFERED)].reverse();
  if (side?.trace.analysis !== analysis || offered.some(({ id }) => id === side.session)) return offered;
  const shown = analysis.session(side.session);
  return shown ? [shown, ...offered] : offered;
}

/** Of the file, or of the page. */
export const nameOf = ({ source }: TraceModel): string =>
  source.kind === 'file' ? source.name : 'this page';

/** Of a side: its session's name and where it is from. */
export function titleOf({ trace, session }: ComparedSide): string {
  const letter = trace.analysis.session(session)?.letter ?? null;
  return shownText(`${sessionName(letter, session)} · ${nameOf(trace)}`);
}

export function OpenFile({ inspector }: { inspector: Inspector }) {
  const field = useRef<HTMLInputElement>(null);
  const open = async (file: File | undefined) => {
    if (file === undefined) return;
    const trace = await openTrace(inspector, file);
    if (trace !== null && !inspector.comparing.add(trace))
      inspector.notice.value = {
        text: `${file.name} holds no chat session to compare with.`,
        subject: file.name,
      };
  };
  return (
    <>
      <button type="button" class="button" onClick={() => field.current?.click()}>
        Open a file …
      </button>
      <input
        ref={field}
        type="file"
        hidden
        aria-label="File to compare with"
        accept=".ndjson,.jsonl,.har,.json,.html,.zip,.gz"
        onChange={({ currentTarget }) => {
          void open(currentTarget.files?.[0]);
          currentTarget.value = '';
        }}
      />
    </>
  );
}

/** The flag of the chosen row with its line of text, which is changed in place. */
import { useEffect, useRef } from 'preact/hooks';
import type { RowIndex, RowView } from '../../../src/analysis/api/analysis.ts';
import { FlagIcon } from '../../icons/icons.tsx';
import { Captured } from '../../marks/captured.tsx';
import { Flag } from '../../marks/flag.tsx';
import type { Inspector } from '../../store/inspector.ts';
import type { TraceModel } from '../../store/trace-model.ts';
import './flag-line.css';

/** Characters of a line. */
const LONGEST = 500;

/** Of a row that has a flag the line with its text is there in place of the button. */
export function FlagButton({ inspector, flag }: { inspector: Inspector; flag: RowView['flag'] }) {
  if (!inspector.flagging.offered || flag !== null) return null;
  return (
    <button
      type="button"
      class="button"
      title="Mark this row, with a line of text (M)"
      onClick={() => inspector.flagChosen()}
    >
      <FlagIcon />
      Mark
    </button>
  );
}

interface FlagLineProps {
  readonly inspector: Inspector;
  readonly trace: TraceModel;
  readonly row: RowIndex;
  readonly flag: NonNullable<RowView['flag']>;
}

export function FlagLine({ inspector, trace, row, flag }: FlagLineProps) {
  const field = useRef<HTMLInputElement>(null);
  const asked = inspector.flagging.asked.value;
  // Asked for before this was there as well: the key that set the flag.
  const answered = useRef(inspector.flagging.answered);
  useEffect(() => {
    if (asked === answered.current) return;
    answered.current = asked;
    inspector.flagging.answered = asked;
    field.current?.focus();
    field.current?.select();
  }, [asked, inspector]);
  if (!inspector.flagging.offered)
    return (
      <p class="flag-line">
        <Flag number={flag.number} /> <Captured text={flag.text} />
      </p>
    );
  const leave = () => document.querySelector<HTMLElement>('[role="grid"]')?.focus();
  return (
    <div class="flag-line">
      <Flag number={flag.number} />
      <input
        ref={field}
        type="text"
        class="flag-text"
        aria-label={`Text of mark ${flag.number}`}
        placeholder="What happened here?"
        autocomplete="off"
        maxLength={LONGEST}
        value={flag.text}
        onInput={(event) => trace.flag(row, event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== 'Escape') return;
          event.preventDefault();
          leave();
        }}
      />
      <button
        type="button"
        class="button"
        onClick={() => {
          trace.flag(row, null);
          leave();
        }}
      >
        Remove mark
      </button>
    </div>
  );
}

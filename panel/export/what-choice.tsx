/** How much of the trace: all, sessions, or what was between two times. */
import { sessionLetters } from '../../src/report/formats/session-names.ts';
import { count, counted } from '../format/format.ts';
import { SessionChip } from '../marks/session-chip.tsx';
import type { TraceModel } from '../store/trace-model.ts';
import { localTime } from './export-choices.ts';
import type { ExportDraft } from './export-draft.ts';
import { Option } from './option.tsx';

/** Sessions that are offered: a hostile trace has very many. */
const OFFERED = 200;

export function WhatChoice({ draft, trace }: { draft: ExportDraft; trace: TraceModel }) {
  const { what } = draft.choices.value;
  const { events, sessions } = trace.analysis.totals;
  const first = trace.analysis.observation(0)?.wallTime ?? Number.NaN;
  const last = trace.analysis.observation(draft.total - 1)?.wallTime ?? Number.NaN;
  return (
    <fieldset>
      <legend>What</legend>
      <Option
        group="what"
        value="trace"
        chosen={what}
        title="Whole trace"
        more={`${counted(events, 'event')}, ${counted(sessions, 'session')}`}
        choose={() => draft.choose({ what: 'trace' })}
      />
      {sessions > 0 && (
        <Option
          group="what"
          value="sessions"
          chosen={what}
          title="Sessions"
          more="only what belongs to them"
          choose={() => draft.choose({ what: 'sessions' })}
        >
          <Sessions draft={draft} trace={trace} />
        </Option>
      )}
      <Option
        group="what"
        value="range"
        chosen={what}
        title="Range"
        more="what was between two times, and what it takes to understand it"
        choose={() => draft.choose({ what: 'range', from: localTime(first), until: localTime(last) })}
      >
        <Bound draft={draft} bound="from" label="From" />
        <Bound draft={draft} bound="until" label="Until" />
      </Option>
    </fieldset>
  );
}

function Sessions({ draft, trace }: { draft: ExportDraft; trace: TraceModel }) {
  const chosen = draft.choices.value.sessions;
  const letters = sessionLetters(trace.analysis);
  const offered = trace.analysis.latestSessions(OFFERED);
  const toggle = (id: string, on: boolean) => {
    const sessions = new Set(chosen);
    if (on) sessions.add(id);
    else sessions.delete(id);
    draft.choose({ sessions });
  };
  return (
    <div class="export-sessions">
      {offered.map(({ id }) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={chosen.has(id)}
            onChange={(event) => toggle(id, event.currentTarget.checked)}
          />
          <SessionChip id={id} letter={letters.get(id) ?? null} />
        </label>
      ))}
      {letters.size > OFFERED && (
        <span class="quiet">
          the latest {OFFERED} of {count(letters.size)}
        </span>
      )}
    </div>
  );
}

function Bound({ draft, bound, label }: { draft: ExportDraft; bound: 'from' | 'until'; label: string }) {
  return (
    <label class="export-bound">
      {label}
      <input
        type="datetime-local"
        step="0.001"
        value={draft.choices.value[bound]}
        onChange={(event) => draft.choose({ [bound]: event.currentTarget.value })}
      />
    </label>
  );
}

/** Every finding that stands, grouped by rule, each with its way to the event. */
import { type Signal, useSignal } from '@preact/signals';
import type { Severity } from '../../../src/analysis/api/analysis.ts';
import { count } from '../../format/format.ts';
import { SeverityMark } from '../../marks/marks.tsx';
import type { Inspector } from '../../store/inspector.ts';
import { ProblemGroupSection } from './problem-group.tsx';
import { countBySeverity, SEVERITIES, worstFirst } from './problem-groups.ts';
import './problems.css';

export function Problems({ inspector }: { inspector: Inspector }) {
  const trace = inspector.trace.value;
  trace.findingsVersion.value;
  const groups = worstFirst(trace.analysis.findingGroups());
  const hidden = useSignal<ReadonlySet<Severity>>(new Set());
  const counts = countBySeverity(groups);
  const shown = groups.filter((group) => !hidden.value.has(group.severity));
  return (
    <div class="problems">
      <div class="view-bar">
        <fieldset class="severity-filter">
          <legend class="spoken">Shown severities</legend>
          {SEVERITIES.map((severity) => (
            <SeverityToggle key={severity} severity={severity} count={counts[severity]} hidden={hidden} />
          ))}
        </fieldset>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys. */}
      <section class="problem-groups" tabIndex={0} aria-label="Findings by rule">
        {shown.map((group) => (
          <ProblemGroupSection
            key={`${group.severity} ${group.rule}`}
            inspector={inspector}
            trace={trace}
            group={group}
          />
        ))}
        {shown.length === 0 && <NoProblems inspector={inspector} anything={groups.length > 0} />}
      </section>
    </div>
  );
}

const PLURALS = { error: 'Errors', warning: 'Warnings', note: 'Notes' } as const;

interface SeverityToggleProps {
  readonly severity: Severity;
  readonly count: number;
  readonly hidden: Signal<ReadonlySet<Severity>>;
}

function SeverityToggle({ severity, count: number, hidden }: SeverityToggleProps) {
  const toggle = () => {
    const next = new Set(hidden.value);
    if (!next.delete(severity)) next.add(severity);
    hidden.value = next;
  };
  return (
    <button type="button" class="severity" aria-pressed={!hidden.value.has(severity)} onClick={toggle}>
      <SeverityMark severity={severity} />
      {PLURALS[severity]} <span class="severity-count">{count(number)}</span>
    </button>
  );
}

function NoProblems({ inspector, anything }: { inspector: Inspector; anything: boolean }) {
  const events = inspector.trace.value.totals.value.events;
  const title = anything ? 'All findings are hidden.' : events > 0 ? 'No problems.' : 'Nothing to judge yet.';
  const advice = anything
    ? 'Show a severity above.'
    : events > 0
      ? 'Every event so far is as the documents and the session model have it.'
      : 'Findings appear as events come.';
  return (
    <div class="view-empty">
      <p class="empty-title">{title}</p>
      <p class="quiet">{advice}</p>
    </div>
  );
}

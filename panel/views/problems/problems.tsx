/** Every finding that stands, as defects that are grouped, each with what is wrong, what to do, and its way to the event. */
import { type Signal, useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Severity } from '../../../src/analysis/api/analysis.ts';
import { count, counted } from '../../format/format.ts';
import { SplitPane } from '../../layout/split-pane.tsx';
import { SeverityMark } from '../../marks/marks.tsx';
import type { Inspector } from '../../store/inspector.ts';
import { CopyButton } from '../details/copy-button.tsx';
import { RangeNote } from '../overview/range-note.tsx';
import { rangeIn, withRange } from '../overview/range-text.ts';
import { type Folding, type ProblemLine, problemLines } from './defect-lines.ts';
import { type Defect, type DefectList, GROUPINGS, type Grouping, MOST_DEFECTS } from './defects.ts';
import { ProblemDetails } from './problem-details.tsx';
import { countBySeverity, SEVERITIES } from './problem-groups.ts';
import { ProblemTree } from './problem-tree.tsx';
import { defectsAsMarkdown, filterFor } from './problem-words.ts';
import { useDefects } from './use-defects.ts';
import './problems.css';

interface ProblemsProps {
  readonly inspector: Inspector;
  /** Everything is open, for paper. */
  readonly allOpen?: boolean;
}

export function Problems({ inspector, allOpen = false }: ProblemsProps) {
  const trace = inspector.trace.value;
  trace.findingsVersion.value;
  const grouping = useSignal<Grouping>('rule');
  const hidden = useSignal<ReadonlySet<Severity>>(new Set());
  const folding = useSignal<Folding>(new Map());
  const chosen = useSignal<string | null>(null);
  const range = rangeIn(inspector.filterText.value);
  const counts = countBySeverity(trace.analysis.findingGroups());
  const list = useDefects(trace, { grouping: grouping.value, hidden: hidden.value, range }).value;
  const lines = useMemo(
    () => problemLines(list?.groups ?? [], folding.value, grouping.value === 'rule', allOpen),
    [list, folding.value, grouping.value, allOpen],
  );
  const line = lines.find(({ key }) => key === chosen.value);
  const defect = line === undefined || line.kind === 'group' ? null : line.defect;
  const showAll = (shown: Defect) => {
    const filter = filterFor(shown);
    void inspector.setFilter(range === null ? filter : withRange(filter, range));
    inspector.view.value = 'timeline';
  };
  return (
    <div class="problems">
      <div class="view-bar">
        <GroupBy grouping={grouping} />
        <fieldset class="severity-filter">
          <legend class="spoken">Shown severities</legend>
          {SEVERITIES.map((severity) => (
            <SeverityToggle key={severity} severity={severity} count={counts[severity]} hidden={hidden} />
          ))}
        </fieldset>
        <RangeNote inspector={inspector} />
        {list !== null && counts.error + counts.warning + counts.note > 0 && <Sum list={list} />}
      </div>
      <section class="problem-groups" aria-label="Findings by rule" style={`--lines:${lines.length}`}>
        {list === null ? null : lines.length === 0 ? (
          <NoProblems inspector={inspector} anything={counts.error + counts.warning + counts.note > 0} />
        ) : (
          <SplitPane
            label="Size of the problem"
            preferences={inspector.preferences}
            first={
              <ProblemTree
                inspector={inspector}
                lines={lines}
                grouping={grouping.value}
                folding={folding}
                chosen={chosen}
                showAll={showAll}
              />
            }
            second={
              defect === null ? null : (
                <ProblemDetails
                  inspector={inspector}
                  defect={defect}
                  finding={findingOf(line, defect)}
                  showAll={showAll}
                  close={() => {
                    chosen.value = null;
                  }}
                />
              )
            }
          />
        )}
      </section>
    </div>
  );
}

const findingOf = (line: ProblemLine | undefined, defect: Defect) =>
  line?.kind === 'finding' ? line.finding : defect.finding;

const TITLES: Readonly<Record<Grouping, string>> = {
  rule: 'Rule',
  session: 'Session',
  transport: 'Transport',
};

function GroupBy({ grouping }: { grouping: Signal<Grouping> }) {
  return (
    <fieldset class="problem-grouping">
      <legend class="spoken">Group by</legend>
      {GROUPINGS.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={grouping.value === each}
          onClick={() => {
            grouping.value = each;
          }}
        >
          {TITLES[each]}
        </button>
      ))}
    </fieldset>
  );
}

function Sum({ list }: { list: DefectList }) {
  return (
    <span class="problem-sum">
      <span class="quiet">
        {counted(list.defects, 'defect')}, {counted(list.findings, 'finding')}
        {list.others > 0 && ` (${count(list.others)} of more than ${count(MOST_DEFECTS)} defects)`}
      </span>
      <CopyButton text={() => defectsAsMarkdown(list)} name="Copy as Markdown" />
    </span>
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
    ? 'Show a severity above, or all times.'
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

/** One rule's findings: folded to a line with a count, or each in full. */
import { useSignal } from '@preact/signals';
import type { Finding, FindingGroup } from '../../../src/analysis/api/analysis.ts';
import { ruleOf } from '../../../src/analysis/rules/rules.ts';
import { clock, count, jsonPath, milliseconds } from '../../format/format.ts';
import { ChevronIcon } from '../../icons/icons.tsx';
import { Captured } from '../../marks/captured.tsx';
import { Chip, SeverityMark } from '../../marks/marks.tsx';
import { Sentence } from '../../marks/sentence.tsx';
import { SessionChip } from '../../marks/session-chip.tsx';
import type { Inspector } from '../../store/inspector.ts';
import type { TraceModel } from '../../store/trace-model.ts';
import { documentOf } from './documents.ts';

/** Findings listed at first, and with every "show more". */
const LISTED = 50;

interface ProblemGroupProps {
  readonly inspector: Inspector;
  readonly trace: TraceModel;
  readonly group: FindingGroup;
}

export function ProblemGroupSection({ inspector, trace, group }: ProblemGroupProps) {
  const open = useSignal(group.severity !== 'note');
  const listed = useSignal(LISTED);
  const first = trace.analysis.findingsOfRule(group.rule, group.severity, 1)[0];
  const rule = ruleOf(group.rule, first?.protocol);
  const rest = group.count - listed.value;
  return (
    <div class="problem-group">
      <h3 class="problem-head">
        <button
          type="button"
          class="problem-toggle"
          aria-expanded={open.value}
          onClick={() => {
            open.value = !open.value;
          }}
        >
          <ChevronIcon />
          <SeverityMark severity={group.severity} />
          <span class="mono problem-rule">
            <Captured text={group.rule} />
          </span>
          <span class="problem-title quiet">{rule?.title}</span>
          {rule && <Chip text={rule.evidence} tone="quiet" />}
          <span class={`problem-count problem-count-${group.severity}`}>{count(group.count)}</span>
        </button>
      </h3>
      {open.value && rule && (
        <p class="problem-meaning quiet">
          {rule.meaning} {rule.cure}
        </p>
      )}
      {open.value && (
        <ul class="problem-list">
          {trace.analysis.findingsOfRule(group.rule, group.severity, listed.value).map((finding) => (
            <Problem key={finding.id} inspector={inspector} finding={finding} />
          ))}
          {rest > 0 && (
            <li class="problem-more">
              <button
                type="button"
                class="button"
                onClick={() => {
                  listed.value += LISTED * 4;
                }}
              >
                Show more ({count(rest)})
              </button>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

function Problem({ inspector, finding }: { inspector: Inspector; finding: Finding }) {
  const { row } = finding;
  const view = row === null ? null : inspector.trace.peek().analysis.row(row);
  const document = documentOf(finding);
  return (
    <li class="problem">
      {row === null ? (
        <p class="problem-sentence">
          <Sentence finding={finding} />
        </p>
      ) : (
        <button type="button" class="problem-sentence" onClick={() => inspector.reveal(row)}>
          <Sentence finding={finding} />
        </button>
      )}
      <dl class="problem-facts">
        {finding.event !== null && (
          <div>
            <dt>{finding.seq === null ? 'in' : `event ${finding.seq}`}</dt>
            <dd class="mono">
              <Captured text={finding.event} />
            </dd>
          </div>
        )}
        {view !== null && (
          <div>
            <dt>{finding.event === null ? <Captured text={view.event} /> : 'at'}</dt>
            <dd class="time">
              {clock(view.wallTime)}
              {milliseconds(view.wallTime)}
            </dd>
          </div>
        )}
        {finding.path.length > 0 && (
          <div>
            <dt>path</dt>
            <dd class="mono">
              <Captured text={jsonPath(finding.path)} />
            </dd>
          </div>
        )}
        <Parameter finding={finding} name="expected" title="expected" />
        <Parameter finding={finding} name="actual" title="came" />
        {finding.session !== null && (
          <div>
            <dt class="spoken">session</dt>
            <dd>
              <SessionChip
                id={finding.session}
                letter={inspector.trace.peek().analysis.session(finding.session)?.letter ?? null}
              />
            </dd>
          </div>
        )}
        {document && (
          <div>
            <dt class="spoken">documents</dt>
            <dd>
              <a href={document.url} target="_blank" rel="noreferrer noopener">
                {document.label}
              </a>
            </dd>
          </div>
        )}
      </dl>
    </li>
  );
}

function Parameter({ finding, name, title }: { finding: Finding; name: string; title: string }) {
  if (!Object.hasOwn(finding.params, name)) return null;
  return (
    <div>
      <dt>{title}</dt>
      <dd class="mono">
        <Captured text={String(finding.params[name])} />
      </dd>
    </div>
  );
}

/** The findings of the chosen row as sentences, worst first. */
import type { Finding, Severity } from '../../../src/analysis/api/analysis.ts';
import { jsonPath } from '../../format/format.ts';
import { Captured } from '../../marks/captured.tsx';
import { Chip, SeverityMark } from '../../marks/marks.tsx';
import { Sentence } from '../../marks/sentence.tsx';
import type { Inspector } from '../../store/inspector.ts';

const RANK: Record<Severity, number> = { error: 0, warning: 1, note: 2 };

export function FindingList({ inspector, findings }: { inspector: Inspector; findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  const worstFirst = [...findings].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
  return (
    <ul class="finding-list" aria-label="Findings">
      {worstFirst.map((finding) => (
        <li key={finding.id} class={`finding-line finding-line-${finding.severity}`}>
          <SeverityMark severity={finding.severity} />
          <div>
            <p>
              <Sentence finding={finding} />
            </p>
            <p class="finding-facts">
              <span class="mono quiet">
                <Captured text={finding.rule} />
              </span>
              {finding.path.length > 0 && (
                <span class="mono quiet">
                  <Captured text={jsonPath(finding.path)} />
                </span>
              )}
              <Chip text={finding.evidence} tone="quiet" />
              {finding.related.map((row) => (
                <button key={row} type="button" class="link" onClick={() => inspector.reveal(row)}>
                  related row {row + 1}
                </button>
              ))}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** The chosen event field by field: what came, how a person reads it, and what the documents say. */
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { DecodedEvent, Finding, RowIndex } from '../../../src/analysis/api/analysis.ts';
import { shownText } from '../../../src/text/shown-text.ts';
import { Captured } from '../../marks/captured.tsx';
import { Chip } from '../../marks/marks.tsx';
import type { Inspector } from '../../store/inspector.ts';
import type { TraceModel } from '../../store/trace-model.ts';
import { EvidenceNote } from './evidence.tsx';
import { FieldRow } from './field-row.tsx';
import { fieldLines } from './field-rows.ts';
import { FindingList } from './finding-list.tsx';
import './decoded.css';

/** Lines of fields drawn at first, and with every "show more". */
const LINES = 300;

interface DecodedViewProps {
  readonly inspector: Inspector;
  readonly trace: TraceModel;
  readonly row: RowIndex;
}

export function DecodedView({ inspector, trace, row }: DecodedViewProps) {
  // A long event takes long to decode: not again for every finding about another one.
  const view = trace.watchRow(row).value;
  const findings = useMemo(() => trace.analysis.findingsOfRow(row), [trace, row, view]);
  const decoded = useMemo(() => trace.analysis.decoded(row), [trace, row, view]);
  return (
    <>
      <FindingList inspector={inspector} findings={findings} />
      {decoded ? (
        <Fields key={row} decoded={decoded} />
      ) : (
        <Undecoded trace={trace} row={row} findings={findings} />
      )}
    </>
  );
}

function Undecoded({
  trace,
  row,
  findings,
}: {
  trace: TraceModel;
  row: RowIndex;
  findings: readonly Finding[];
}) {
  const view = trace.analysis.row(row);
  return (
    <div class="details-section">
      <p>
        <Captured text={view.summary} />
      </p>
      {findings.length === 0 && (
        <p class="quiet">This row carries no JSON object. Its bytes, where there are any, are under Raw.</p>
      )}
    </div>
  );
}

function Fields({ decoded }: { decoded: DecodedEvent }) {
  const toggled = useSignal<ReadonlySet<string>>(new Set());
  const limit = useSignal(LINES);
  const { lines, more } = fieldLines(decoded.fields, toggled.value, limit.value);
  const toggle = (key: string) => {
    const next = new Set(toggled.value);
    if (!next.delete(key)) next.add(key);
    toggled.value = next;
  };
  return (
    <>
      <Meaning decoded={decoded} />
      <table class="fields" aria-label={`Fields of ${shownText(decoded.name)}`}>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Value</th>
            <th scope="col">Type</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <FieldRow key={line.key} line={line} toggle={toggle} />
          ))}
        </tbody>
      </table>
      {more && (
        <p class="details-section">
          <button
            type="button"
            class="button"
            onClick={() => {
              limit.value += LINES;
            }}
          >
            Show more fields
          </button>
        </p>
      )}
    </>
  );
}

function Meaning({ decoded }: { decoded: DecodedEvent }) {
  if (decoded.meaning === null) {
    return (
      <p class="details-section quiet">
        <Chip text="unknown" tone="quiet" /> No document or known client has this event.
      </p>
    );
  }
  return (
    <p class="details-section">
      {decoded.title && <strong>{decoded.title}. </strong>}
      {decoded.meaning} <EvidenceNote evidence={decoded.evidence} source={decoded.source} />
    </p>
  );
}

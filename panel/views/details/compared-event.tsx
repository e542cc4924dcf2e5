/** The chosen event beside another one that a person has kept for it. */
import { useMemo } from 'preact/hooks';
import type { RowIndex } from '../../../src/analysis/api/analysis.ts';
import { compareEvents } from '../../../src/report/compare/compare-events.ts';
import type { Inspector } from '../../store/inspector.ts';
import type { TraceModel } from '../../store/trace-model.ts';
import { ComparedFields, fieldLine } from '../compare/compared-fields.tsx';

interface ComparedEventProps {
  readonly inspector: Inspector;
  readonly trace: TraceModel;
  readonly row: RowIndex;
  /** The one that was kept. */
  readonly with: RowIndex;
}

export function ComparedEvent({ inspector, trace, row, with: other }: ComparedEventProps) {
  const views = [trace.watchRow(other).value, trace.watchRow(row).value] as const;
  const lines = useMemo(
    () => (row === other ? [] : compareEvents(trace.analysis, other, row).map(fieldLine)),
    [trace, row, other, ...views],
  );
  const [kept, chosen] = [nameOf(trace, other), nameOf(trace, row)];
  return (
    <>
      <div class="details-section compared-event">
        <p>
          {row === other
            ? `Choose another event: it is laid beside ${kept}, field by field.`
            : `${kept} beside ${chosen}.`}
        </p>
        <button
          type="button"
          class="button"
          onClick={() => {
            inspector.comparing.event.value = null;
          }}
        >
          Stop comparing
        </button>
      </div>
      {row !== other &&
        (lines.length > 0 ? (
          <ComparedFields lines={lines} sides={[kept, chosen]} />
        ) : (
          <p class="details-section quiet">Neither of the two carries a JSON object.</p>
        ))}
    </>
  );
}

/** By its number, as it is spoken of elsewhere. */
function nameOf({ analysis }: TraceModel, row: RowIndex): string {
  const { seq } = analysis.row(row);
  return seq === null ? `row ${row + 1}` : `event ${seq}`;
}

/** One field of the decoded view, with its findings below it. */
import type { DecodedField } from '../../../src/analysis/api/analysis.ts';
import { ChevronIcon } from '../../icons/icons.tsx';
import { Captured } from '../../marks/captured.tsx';
import { Chip, SeverityMark } from '../../marks/marks.tsx';
import { Sentence } from '../../marks/sentence.tsx';
import { EvidenceLine } from './evidence.tsx';
import { type FieldLine, fieldName, valueText } from './field-rows.ts';
import { LongText } from './long-text.tsx';

export function FieldRow({ line, toggle }: { line: FieldLine; toggle: (key: string) => void }) {
  const { field } = line;
  return (
    <tr class={`field field-${field.presence}`} style={`--depth:${line.depth}`}>
      <th scope="row" class="field-name mono">
        {line.expandable ? (
          <button
            type="button"
            class="field-toggle"
            aria-expanded={line.open}
            onClick={() => toggle(line.key)}
          >
            <ChevronIcon />
            <Captured text={fieldName(field)} />
          </button>
        ) : (
          <Captured text={fieldName(field)} />
        )}
      </th>
      <td class="field-value">
        <Value field={field} />
        {field.findings.map((finding) => (
          <p key={finding.id} class={`field-finding field-finding-${finding.severity}`}>
            <SeverityMark severity={finding.severity} />
            <span>
              <Sentence finding={finding} />
            </span>
          </p>
        ))}
      </td>
      <td class="field-type">
        <Type field={field} />
      </td>
      <td class="field-meaning">
        {field.meaning ?? <span class="quiet">{field.presence === 'present' ? 'Not documented.' : ''}</span>}{' '}
        {field.sensitive && <Chip text="sensitive" tone="note" />}{' '}
        <EvidenceLine evidence={field.evidence} source={field.source} />
      </td>
    </tr>
  );
}

function Value({ field }: { field: DecodedField }) {
  if (field.presence === 'missing') return <span class="field-absence">missing</span>;
  if (field.presence === 'absent') return <span class="quiet">not sent</span>;
  return (
    <>
      <span class={`mono value value-${field.type}`}>
        <LongText text={valueText(field)} />
      </span>
      {field.readable !== null && (
        <span class="readable">
          <LongText text={field.readable} />
        </span>
      )}
    </>
  );
}

function Type({ field }: { field: DecodedField }) {
  const documented = field.documentedType;
  if (field.presence !== 'present') return <>{documented}</>;
  if (documented === null || documented === field.type) return <>{field.type}</>;
  return (
    <>
      {field.type}
      <span class="documented-type">documented: {documented}</span>
    </>
  );
}

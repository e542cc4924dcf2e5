/** How well a statement is founded, and where it comes from. */
import type { Evidence } from '../../../src/analysis/api/analysis.ts';
import { Chip } from '../../marks/marks.tsx';

/** The same in one quiet line, for a table in which most fields say the same. */
export function EvidenceLine({ evidence, source }: { evidence: Evidence | null; source: string | null }) {
  if (evidence === null && source === null) return null;
  return (
    <span class="evidence-line quiet">
      {evidence}
      {evidence && source && ' · '}
      {source && <SourceText source={source} />}
    </span>
  );
}

export function EvidenceNote({ evidence, source }: { evidence: Evidence | null; source: string | null }) {
  if (evidence === null && source === null) return null;
  return (
    <span class="evidence">
      {evidence && <Chip text={evidence} tone={evidence === 'documented' ? 'good' : 'quiet'} />}
      {source && <SourceText source={source} />}
    </span>
  );
}

/** A source is a name, an address, or a name followed by an address. Only https is made a link. */
function SourceText({ source }: { source: string }) {
  const at = source.indexOf('https://');
  if (at === -1) return <span class="quiet">{source}</span>;
  const end = source.indexOf(' ', at);
  const address = source.slice(at, end === -1 ? undefined : end).replace(/[)\].,;]+$/, '');
  const name = source.slice(0, at).replace(/[\s(:,–-]+$/, '');
  return (
    <a href={address} target="_blank" rel="noreferrer noopener">
      {name || address}
    </a>
  );
}

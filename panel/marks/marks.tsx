/** How bad it is, as a shape with a colour and a word: never by colour alone. */
import type { Severity } from '../../src/analysis/analysis.ts';
import './marks.css';

export function SeverityMark({ severity }: { severity: Severity }) {
  return (
    <span class={`mark mark-${severity}`} title={severity}>
      <span class="spoken">{severity}</span>
    </span>
  );
}

/** A word in a rounded box: evidence, severity, kind. */
export function Chip({
  text,
  tone,
}: {
  text: string;
  tone: 'quiet' | 'error' | 'warning' | 'note' | 'good';
}) {
  return <span class={`chip chip-${tone}`}>{text}</span>;
}

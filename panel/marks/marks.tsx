/** How bad it is, as a shape with a colour and a word: never by colour alone. */
import type { Severity } from '../../src/analysis/api/analysis.ts';
import { type Fate, fateInWords, fateTone } from '../../src/analysis/api/fate.ts';
import { shownText } from '../../src/text/shown-text.ts';
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
  return <bdi class={`chip chip-${tone}`}>{shownText(text)}</bdi>;
}

/** What became of what the page sent. */
export function FateMark({ fate }: { fate: Fate }) {
  return <Chip text={fateInWords(fate)} tone={FATE_TONES[fateTone(fate)]} />;
}

const FATE_TONES = { lost: 'error', open: 'warning', good: 'quiet' } as const;

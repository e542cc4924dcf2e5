import type { Finding } from '../../src/analysis/api/analysis.ts';
import { sentenceParts } from '../../src/analysis/rules/sentence.ts';
import { Captured } from './captured.tsx';

/** A finding in words; what of it is captured is set apart. */
export function Sentence({ finding }: { finding: Pick<Finding, 'rule' | 'params'> }) {
  return (
    <>
      {sentenceParts(finding).map(({ text, captured }, at) =>
        captured ? <Captured key={at} text={text} /> : text,
      )}
    </>
  );
}

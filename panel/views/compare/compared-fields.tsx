/** Fields of two events side by side, each with its verdict first. */
import { leafInWords, pathInWords } from '../../../src/report/compare/comparison-words.ts';
import type { ComparedField, FieldVerdict } from '../../../src/report/compare/field-comparison.ts';
import { Captured } from '../../marks/captured.tsx';
import './compared-fields.css';

/** A line of the table; its texts are hostile. */
export interface FieldLine {
  readonly name: string;
  readonly verdict: FieldVerdict;
  readonly a: string;
  readonly b: string;
}

const WORDS: Readonly<Record<FieldVerdict, string>> = {
  same: 'same',
  changed: 'changed',
  missing: 'missing',
  extra: 'extra',
  muted: 'not compared',
};

export function fieldLine({ path, verdict, a, b }: ComparedField): FieldLine {
  return {
    ...{ name: path.length === 0 ? '(the event)' : pathInWords(path), verdict },
    ...{ a: a === null ? '' : leafInWords(a, 'shown'), b: b === null ? '' : leafInWords(b, 'shown') },
  };
}

interface ComparedFieldsProps {
  readonly lines: readonly FieldLine[];
  /** What the two columns are called. */
  readonly sides: readonly [string, string];
}

export function ComparedFields({ lines, sides }: ComparedFieldsProps) {
  return (
    <div class="compared-fields">
      <table aria-label="Fields compared">
        <colgroup>
          <col class="field-verdict-column" />
          <col class="field-name-column" />
          <col />
          <col />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Difference</th>
            <th scope="col">Field</th>
            <th scope="col">{sides[0]}</th>
            <th scope="col">{sides[1]}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, verdict, a, b }) => (
            <tr key={name} class={`field-${verdict}`}>
              <td>{WORDS[verdict]}</td>
              <th scope="row">
                <Captured text={name} />
              </th>
              <td>
                <Captured text={a} />
              </td>
              <td>
                <Captured text={b} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

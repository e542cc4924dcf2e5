/** One of several choices in the export dialog. */
import type { ComponentChildren } from 'preact';

interface OptionProps {
  readonly group: string;
  readonly value: string;
  readonly chosen: string;
  readonly title: string;
  readonly more: string;
  readonly choose: () => void;
  /** Shown below while it is chosen. */
  readonly children?: ComponentChildren;
}

export function Option({ group, value, chosen, title, more, choose, children }: OptionProps) {
  const on = value === chosen;
  return (
    <div class={on ? 'export-option export-option-on' : 'export-option'}>
      <label>
        <input type="radio" name={`export-${group}`} value={value} checked={on} onChange={choose} />
        <span>
          {title} <span class="quiet">{more}</span>
        </span>
      </label>
      {on && children}
    </div>
  );
}

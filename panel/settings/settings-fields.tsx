/** The fields of the settings; each holds what is typed in the signal that it is given. */
import type { Signal } from '@preact/signals';
import type { TypedLines } from './settings-text.ts';

interface LinesProps {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly text: Signal<string>;
  readonly typed: TypedLines;
}

/** Entries, one a line, with the fault of the first bad one in place of the hint. */
export function Lines({ id, label, hint, text, typed }: LinesProps) {
  return (
    <div class="settings-lines">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        class="mono"
        rows={3}
        spellcheck={false}
        value={text.value}
        aria-invalid={typed.fault !== null}
        aria-describedby={`${id}-hint`}
        onInput={(event) => {
          text.value = event.currentTarget.value;
        }}
      />
      <p id={`${id}-hint`} class={typed.fault ? 'settings-fault' : 'quiet'} aria-live="polite">
        {typed.fault ? typed.fault.text : hint}
      </p>
    </div>
  );
}

interface SwitchProps {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly on: Signal<boolean>;
}

export function Switch({ id, label, hint, on }: SwitchProps) {
  return (
    <div>
      <label class="settings-switch">
        <input
          type="checkbox"
          role="switch"
          checked={on.value}
          aria-checked={on.value}
          aria-describedby={id}
          onChange={(event) => {
            on.value = event.currentTarget.checked;
          }}
        />
        {label}
      </label>
      <p id={id} class="quiet">
        {hint}
      </p>
    </div>
  );
}

/** How much is kept where: one field for each cap that a person may set. */
import { DEFAULT_CAPS } from '../../src/observation/caps.ts';
import { CAP_FIELDS, type CapField, faultOf, rangeOf, type TypedCaps, typedCaps } from './cap-fields.ts';

interface CapSettingsProps {
  readonly typed: TypedCaps;
  readonly onChange: (typed: TypedCaps) => void;
}

export function CapSettings({ typed, onChange }: CapSettingsProps) {
  return (
    <details class="caps">
      <summary>Limits</summary>
      <div class="caps-body">
        <p class="quiet">
          What is larger is cut, and what is more drops the oldest; both are said in the timeline. Open pages
          take a new limit as soon as they hear of it, and what was captured before stays as it is.
        </p>
        {CAP_FIELDS.map((field) => (
          <Cap
            key={field.cap}
            field={field}
            text={typed[field.cap]}
            fault={faultOf(field, typed)}
            onInput={(text) => onChange({ ...typed, [field.cap]: text })}
          />
        ))}
        <button type="button" class="button" onClick={() => onChange(typedCaps(DEFAULT_CAPS))}>
          Default limits
        </button>
      </div>
    </details>
  );
}

interface CapProps {
  readonly field: CapField;
  readonly text: string;
  readonly fault: string | null;
  readonly onInput: (text: string) => void;
}

function Cap({ field, text, fault, onInput }: CapProps) {
  const id = `settings-cap-${field.cap}`;
  return (
    <div class="cap">
      <label for={id}>
        {field.label} <span class="spoken">in {field.unit}</span>
      </label>
      <input
        id={id}
        class="mono"
        inputMode="decimal"
        autocomplete="off"
        value={text}
        title={rangeOf(field)}
        aria-invalid={fault !== null}
        aria-describedby={fault === null ? undefined : `${id}-fault`}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <span class="quiet" aria-hidden="true">
        {field.unit}
      </span>
      {fault !== null && (
        <p id={`${id}-fault`} class="settings-fault" aria-live="polite">
          {fault}
        </p>
      )}
    </div>
  );
}

/** For which tool a session becomes a test, and how fast its servers answer. */
import type { TestPace } from './export-choices.ts';
import type { ExportDraft } from './export-draft.ts';
import './test-choice.css';

const PACES: readonly (readonly [TestPace, string])[] = [
  ['order', 'at once, in their order'],
  ['real', 'as late as they did'],
  ['4', 'four times as fast'],
];

export function TestChoice({ draft }: { draft: ExportDraft }) {
  const { format, pace } = draft.choices.value;
  return (
    <div class="export-test">
      <label>
        For
        <select
          value={format}
          onChange={({ currentTarget: { value } }) => {
            if (value === 'msw' || value === 'playwright') draft.choose({ format: value });
          }}
        >
          <option value="playwright">Playwright: a spec</option>
          <option value="msw">MSW: handlers</option>
        </select>
      </label>
      <label>
        Answers come
        <select
          value={pace}
          onChange={({ currentTarget: { value } }) => {
            const chosen = PACES.find(([each]) => each === value)?.[0];
            if (chosen !== undefined) draft.choose({ pace: chosen });
          }}
        >
          {PACES.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <p class="quiet">
        One session: the one that is chosen, or the one with most events. A page that compares what it hears
        with its own needs Redaction None.
      </p>
    </div>
  );
}

/** The choice that a format belongs to. */
export const choiceOf = (format: string): string =>
  format === 'msw' || format === 'playwright' ? 'test' : format;

/** In which format, and by which profile. */
import type { ProfileName } from '../../src/report/redaction/profile.ts';
import { BugReportChoice } from './bug-report-choice.tsx';
import type { ExportFormat } from './export-choices.ts';
import type { ExportDraft } from './export-draft.ts';
import { Option } from './option.tsx';
import { choiceOf, TestChoice } from './test-choice.tsx';

/** Each with the format that is chosen by it. */
const FORMATS: readonly (readonly [ExportFormat, string, string])[] = [
  ['bug-report', 'Bug report', 'a ZIP: trace, HAR, report, summary, and your words and pictures'],
  ['html', 'Report', 'one HTML file that opens anywhere'],
  ['ndjson', 'Trace', 'NDJSON, opens here and on the command line'],
  ['har', 'HAR 1.2', 'opens in the Network panel'],
  ['csv', 'CSV', 'the rows of the timeline'],
  ['markdown', 'Markdown', 'a summary for a tracker'],
  ['mermaid', 'Mermaid', 'sequence and state machine as diagrams'],
  ['playwright', 'Test', 'the session as a Playwright spec or MSW handlers'],
];

export function FormatChoice({ draft }: { draft: ExportDraft }) {
  const { format, packed } = draft.choices.value;
  return (
    <fieldset>
      <legend>Format</legend>
      {FORMATS.map(([value, title, more]) => (
        <Option
          key={value}
          group="format"
          value={choiceOf(value)}
          chosen={choiceOf(format)}
          title={title}
          more={more}
          choose={() => draft.choose({ format: value })}
        >
          {value === 'playwright' && <TestChoice draft={draft} />}
          {value === 'bug-report' && <BugReportChoice draft={draft} />}
        </Option>
      ))}
      {format !== 'bug-report' && (
        <label class="export-packed">
          <input
            type="checkbox"
            checked={packed}
            onChange={(event) => draft.choose({ packed: event.currentTarget.checked })}
          />
          <span>
            Packed <span class="quiet">gzip</span>
          </span>
        </label>
      )}
    </fieldset>
  );
}

const PROFILE_WORDS: readonly (readonly [ProfileName, string, string])[] = [
  [
    'share',
    'Share',
    'for a tracker or another company: names, texts, numbers, ids and tokens are replaced, and what no declaration knows',
  ],
  ['internal', 'Internal', 'texts stay; names, numbers, addresses and tokens are replaced'],
  ['none', 'None', 'everything as captured. The file’s name says -sensitive; asked once more'],
];

export function RedactionChoice({ draft }: { draft: ExportDraft }) {
  const { profile } = draft.choices.value;
  return (
    <fieldset>
      <legend>Redaction</legend>
      {PROFILE_WORDS.map(([value, title, more]) => (
        <Option
          key={value}
          group="profile"
          value={value}
          chosen={profile}
          title={title}
          more={more}
          choose={() => draft.choose({ profile: value })}
        >
          {value === 'none' && (
            <label class="export-confirm">
              <input
                type="checkbox"
                checked={draft.confirmed.value}
                onChange={(event) => {
                  draft.confirmed.value = event.currentTarget.checked;
                }}
              />
              <span>The file may hold names, messages and tokens of real people, and I want it so</span>
            </label>
          )}
        </Option>
      ))}
    </fieldset>
  );
}

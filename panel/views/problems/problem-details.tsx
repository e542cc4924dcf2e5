/** The chosen problem: what is wrong, what came against the documents, what to do, and where it was. */
import type { DecodedField, Finding } from '../../../src/analysis/api/analysis.ts';
import { ruleOf } from '../../../src/analysis/rules/rules.ts';
import { clock, count, counted, jsonPath, milliseconds } from '../../format/format.ts';
import { CloseIcon } from '../../icons/icons.tsx';
import { Captured } from '../../marks/captured.tsx';
import { Chip, SeverityMark } from '../../marks/marks.tsx';
import { Sentence } from '../../marks/sentence.tsx';
import { SessionChip } from '../../marks/session-chip.tsx';
import type { Inspector } from '../../store/inspector.ts';
import { CopyButton } from '../details/copy-button.tsx';
import { fieldName, valueText } from '../details/field-rows.ts';
import { TRANSPORT_NAMES } from '../timeline/row-element.ts';
import type { Defect } from './defects.ts';
import { documentOf } from './documents.ts';
import { defectAsMarkdown, shortEvent } from './problem-words.ts';
import './problem-details.css';

/** Places that are listed; the timeline has all. */
const PLACES = 12;
/** Fields of the event that are shown, and characters of a value. */
const FIELDS = 24;
const CHARACTERS = 160;

interface ProblemDetailsProps {
  readonly inspector: Inspector;
  readonly defect: Defect;
  /** The one of its findings that is chosen, else its first. */
  readonly finding: Finding;
  readonly showAll: (defect: Defect) => void;
  readonly close: () => void;
}

export function ProblemDetails({ inspector, defect, finding, showAll, close }: ProblemDetailsProps) {
  const rule = ruleOf(finding.rule, finding.protocol);
  const document = documentOf(finding);
  const event = shortEvent(finding);
  return (
    <section class="problem-details" aria-label="Problem">
      <header class="problem-details-head">
        <SeverityMark severity={finding.severity} />
        <h3>
          {event !== '' && (
            <>
              <span class="mono">
                <Captured text={event} />
              </span>
              {' · '}
            </>
          )}
          {rule?.title ?? <Captured text={finding.rule} />}
        </h3>
        <span class="quiet">
          {count(defect.count)}
          {defect.sessions.length > 0 && ` in ${counted(defect.sessions.length, 'session')}`}
        </span>
        <span class="problem-details-acts">
          <CopyButton text={() => defectAsMarkdown(defect)} name="Copy" />
          <button type="button" class="tool" aria-label="Close the problem" onClick={close}>
            <CloseIcon />
          </button>
        </span>
      </header>
      <div class="problem-part">
        <h4>What is wrong</h4>
        <p>
          <Sentence finding={finding} />
        </p>
        {rule && <p class="quiet">{rule.meaning}</p>}
      </div>
      <div class="problem-part">
        <h4>What came, and what the documents say</h4>
        <Came inspector={inspector} finding={finding} />
        <p>
          <Chip text={finding.evidence} tone={finding.evidence === 'documented' ? 'good' : 'quiet'} />{' '}
          {document && (
            <a href={document.url} target="_blank" rel="noreferrer noopener">
              {document.label}
            </a>
          )}{' '}
          <span class="mono quiet">
            <Captured text={finding.rule} />
          </span>
        </p>
      </div>
      {rule && (
        <div class="problem-part">
          <h4>Cure</h4>
          <p>{rule.cure}</p>
        </div>
      )}
      <div class="problem-part">
        <h4>
          Where
          <button type="button" class="link" onClick={() => showAll(defect)}>
            Show {defect.count === 1 ? 'it' : `the ${count(defect.count)}`} in Timeline
          </button>
        </h4>
        <ul class="problem-places">
          {defect.listed.slice(0, PLACES).map((each) => (
            <Place key={each.id} inspector={inspector} finding={each} />
          ))}
        </ul>
      </div>
    </section>
  );
}

function Place({ inspector, finding }: { inspector: Inspector; finding: Finding }) {
  const { analysis } = inspector.trace.peek();
  const { row } = finding;
  const view = row === null ? null : analysis.row(row);
  if (row === null || view === null)
    return (
      <li class="quiet">
        <Sentence finding={finding} />
      </li>
    );
  return (
    <li>
      <span class="time quiet">
        {clock(view.wallTime)}
        {milliseconds(view.wallTime)}
      </span>
      {view.session !== null && <SessionChip id={view.session} letter={view.letter} />}
      <span class="quiet">{view.transport === null ? '' : TRANSPORT_NAMES[view.transport]}</span>
      <button type="button" class="link problem-sentence" onClick={() => inspector.reveal(row)}>
        <Captured text={view.summary === '' ? view.event : view.summary} />
      </button>
    </li>
  );
}

/** The event as it came, the field in question marked; what is missing as the line that the documents want. */
function Came({ inspector, finding }: { inspector: Inspector; finding: Finding }) {
  const { analysis } = inspector.trace.peek();
  const decoded = finding.row === null || finding.seq === null ? null : analysis.decoded(finding.row);
  const [step] = finding.path;
  const expected = Object.hasOwn(finding.params, 'expected') ? String(finding.params.expected) : null;
  const fields = (decoded?.fields ?? []).filter(
    (field) => field.presence === 'present' || (isAt(field, step) && field.presence === 'missing'),
  );
  const shown = fields.filter((field, at) => at < FIELDS || isAt(field, step));
  return (
    <>
      {shown.length > 0 && (
        <pre class="problem-code mono">
          {shown.map((field) => (
            <CodeLine key={fieldName(field)} field={field} marked={isAt(field, step)} expected={expected} />
          ))}
          {fields.length > shown.length && (
            <span class="quiet">… {count(fields.length - shown.length)} more</span>
          )}
        </pre>
      )}
      {finding.path.length > 1 && (
        <p class="quiet">
          at{' '}
          <span class="mono">
            <Captured text={jsonPath(finding.path)} />
          </span>
        </p>
      )}
      <dl class="problem-against">
        {Object.hasOwn(finding.params, 'actual') && (
          <>
            <dt>came</dt>
            <dd class="mono">
              <Captured text={String(finding.params.actual)} />
            </dd>
          </>
        )}
        {expected !== null && (
          <>
            <dt>expected</dt>
            <dd class="mono">
              <Captured text={expected} />
            </dd>
          </>
        )}
      </dl>
    </>
  );
}

const isAt = (field: DecodedField, step: string | number | undefined): boolean =>
  step !== undefined && field.path.at(-1) === step;

function CodeLine({
  field,
  marked,
  expected,
}: {
  field: DecodedField;
  marked: boolean;
  expected: string | null;
}) {
  const missing = field.presence === 'missing';
  const value = missing ? (expected ?? field.documentedType ?? '') : valueText(field);
  const cut = value.length > CHARACTERS ? `${value.slice(0, CHARACTERS)}…` : value;
  return (
    <span class={`problem-code-line${marked ? (missing ? ' problem-absent' : ' problem-wrong') : ''}`}>
      {missing ? '+ ' : '  '}
      <Captured text={`${fieldName(field)}: ${cut}`} />
      {marked && <span class="problem-code-word">{missing ? '← absent' : '← here'}</span>}
      {'\n'}
    </span>
  );
}

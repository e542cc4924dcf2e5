/** The file's text as it will be, with every replacement marked, and the kinds of them as switches. */
import { KINDS, type Kind } from '../../src/report/redaction/kinds.ts';
import { tokenPlaces } from '../../src/report/redaction/tokens.ts';
import { shownLines } from '../../src/text/shown-text.ts';
import { count } from '../format/format.ts';
import { SeverityMark } from '../marks/marks.tsx';
import type { ExportDraft } from './export-draft.ts';

export function ExportPreview({ draft }: { draft: ExportDraft }) {
  const { profile, format, words } = draft.choices.value;
  const wrote = format === 'bug-report' && Object.values(words).some((text) => text.trim() !== '');
  return (
    <div class="export-preview">
      <div class="export-preview-head">
        <h3>{format === 'bug-report' ? 'Preview of summary.md' : 'Preview'}</h3>
        <span class="quiet" role="status">
          {inWords(draft)}
        </span>
        {profile !== 'none' && <BeforeAfter draft={draft} />}
      </div>
      {profile !== 'none' && <Kinds draft={draft} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is scrolled by keys. */}
      <section class="export-text mono" aria-label="Preview of the export" tabIndex={0}>
        <PreviewText draft={draft} />
      </section>
      <p class="quiet export-note">
        {(draft.hasNotes.value || wrote) && profile !== 'none' && (
          <>
            <SeverityMark severity="warning" /> In your own notes only what is known from the trace is
            replaced: read them once more.{' '}
          </>
        )}
        {profile === 'none'
          ? 'Nothing is replaced.'
          : 'Findings, order, sessions, states and times stay as they are.'}
      </p>
    </div>
  );
}

function inWords(draft: ExportDraft): string {
  const state = draft.state.value;
  switch (state.phase) {
    case 'making':
      return 'Preparing …';
    case 'stopped':
      return 'Stopped';
    case 'fault':
      return '';
    case 'made':
      return draft.choices.value.profile === 'none'
        ? 'as captured'
        : `${count(state.file.summary.total)} replaced; equal values keep equal tokens`;
  }
}

function BeforeAfter({ draft }: { draft: ExportDraft }) {
  const before = draft.before.value !== null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: two buttons beside a heading, no part of a form.
    <span class="export-switch" role="group" aria-label="Shown text">
      <button type="button" aria-pressed={!before} onClick={() => void draft.showBefore(false)}>
        After
      </button>
      <button type="button" aria-pressed={before} onClick={() => void draft.showBefore(true)}>
        Before
      </button>
    </span>
  );
}

function Kinds({ draft }: { draft: ExportDraft }) {
  const { kept } = draft.choices.value;
  const counts = draft.counts.value;
  const kinds = (Object.keys(KINDS) as Kind[]).filter((kind) => counts.has(kind) || kept.has(kind));
  const toggle = (kind: Kind, on: boolean) => {
    const next = new Set(kept);
    if (on) next.delete(kind);
    else next.add(kind);
    draft.choose({ kept: next });
  };
  return (
    <fieldset class="export-kinds">
      <legend class="spoken">Replaced kinds</legend>
      {kinds.map((kind) => (
        <label key={kind}>
          <input
            type="checkbox"
            checked={!kept.has(kind)}
            onChange={(event) => toggle(kind, event.currentTarget.checked)}
          />
          {KINDS[kind]}
          <span class="quiet export-count">{count(counts.get(kind) ?? 0)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function PreviewText({ draft }: { draft: ExportDraft }) {
  const state = draft.state.value;
  const before = draft.before.value;
  if (before !== null) return <bdi>{shownLines(before)}</bdi>;
  switch (state.phase) {
    case 'making':
      return <span class="quiet">Preparing …</span>;
    case 'fault':
      return <span role="alert">{shownLines(state.sentence)}</span>;
    case 'stopped':
      return (
        <button type="button" class="link" onClick={() => draft.make()}>
          Prepare the file
        </button>
      );
    case 'made':
      return (
        <>
          <Marked text={state.file.beginning} />
          {state.file.rest > 0 && (
            <p class="quiet">… and {count(state.file.rest)} more characters in the file</p>
          )}
        </>
      );
  }
}

function Marked({ text }: { text: string }) {
  const parts = [];
  let from = 0;
  for (const { start, end, kind } of tokenPlaces(text)) {
    parts.push(<bdi key={from}>{shownLines(text.slice(from, start))}</bdi>);
    const what = kind === null ? 'Replaced' : `${KINDS[kind]}: replaced`;
    parts.push(
      <mark
        key={`at ${start}`}
        class="replaced"
        title={`${what}; the same value has this token everywhere in the file`}
      >
        {text.slice(start, end)}
      </mark>,
    );
    from = end;
  }
  parts.push(<bdi key={from}>{shownLines(text.slice(from))}</bdi>);
  return <>{parts}</>;
}

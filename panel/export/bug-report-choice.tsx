/** What a person adds to a bug report: a title, what they expected, notes, and pictures that they choose, paste or drop. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ReportWords } from '../../src/report/report-words.ts';
import { bytes } from '../format/format.ts';
import { CloseIcon } from '../icons/icons.tsx';
import { Captured } from '../marks/captured.tsx';
import type { ExportDraft } from './export-draft.ts';
import { MOST_PICTURES, pictureOf } from './pictures.ts';
import './bug-report.css';

export function BugReportChoice({ draft }: { draft: ExportDraft }) {
  const fault = useSignal('');
  const add = async (files: readonly File[]) => {
    fault.value = '';
    for (const file of files) {
      try {
        const picture = await pictureOf(file);
        const { pictures } = draft.choices.peek();
        if (pictures.length >= MOST_PICTURES)
          throw new Error(`More than ${MOST_PICTURES} pictures are not added.`);
        draft.choose({ pictures: [...pictures, picture] });
      } catch (error) {
        fault.value = error instanceof Error ? error.message : String(error);
      }
    }
  };
  useEffect(() => {
    const given = (data: DataTransfer | null) =>
      [...(data?.files ?? [])].filter(({ type }) => type.startsWith('image/'));
    const onPaste = (event: ClipboardEvent) => {
      const files = given(event.clipboardData);
      if (files.length === 0) return;
      event.preventDefault();
      void add(files);
    };
    // A picture that is dropped is none to import.
    const onDrop = (event: DragEvent) => {
      event.preventDefault();
      event.stopPropagation();
      void add([...(event.dataTransfer?.files ?? [])]);
    };
    const onDragOver = (event: DragEvent) => {
      event.preventDefault();
      event.stopPropagation();
    };
    addEventListener('paste', onPaste, true);
    addEventListener('drop', onDrop, true);
    addEventListener('dragover', onDragOver, true);
    return () => {
      removeEventListener('paste', onPaste, true);
      removeEventListener('drop', onDrop, true);
      removeEventListener('dragover', onDragOver, true);
    };
  }, []);
  return (
    <div class="export-bug">
      <label>
        Title
        <input
          type="text"
          value={draft.choices.value.words.title}
          onInput={(event) => draft.write({ title: event.currentTarget.value })}
        />
      </label>
      <Words draft={draft} part="expected" title="What was expected" />
      <Words draft={draft} part="notes" title="Notes" />
      <Pictures draft={draft} add={add} />
      {fault.value !== '' && (
        <p role="alert" class="export-bug-fault">
          <Captured text={fault.value} />
        </p>
      )}
    </div>
  );
}

function Words({ draft, part, title }: { draft: ExportDraft; part: keyof ReportWords; title: string }) {
  return (
    <label>
      {title}
      <textarea
        rows={2}
        value={draft.choices.value.words[part]}
        onInput={(event) => draft.write({ [part]: event.currentTarget.value })}
      />
    </label>
  );
}

function Pictures({ draft, add }: { draft: ExportDraft; add: (files: readonly File[]) => Promise<void> }) {
  const { pictures } = draft.choices.value;
  return (
    <>
      <label>
        Pictures <span class="quiet">choose, paste or drop them; they are added as they look</span>
        <input
          type="file"
          multiple
          accept="image/png,image/jpeg,image/webp,image/gif"
          onChange={(event) => {
            const field = event.currentTarget;
            void add([...(field.files ?? [])]);
            field.value = '';
          }}
        />
      </label>
      {pictures.length > 0 && (
        <ul class="export-pictures" aria-label="Pictures of the report">
          {pictures.map((picture) => (
            <li key={picture}>
              <span class="export-picture-name">
                <Captured text={picture.name} />
              </span>
              <span class="quiet">{bytes(picture.content.size)}</span>
              <button
                type="button"
                class="tool"
                aria-label={`Remove ${picture.name}`}
                onClick={() => draft.choose({ pictures: pictures.filter((each) => each !== picture) })}
              >
                <CloseIcon />
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

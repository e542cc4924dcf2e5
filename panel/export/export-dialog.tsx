/** What of the trace is saved, in which format and how redacted, beside the file as it will be. */
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import browser from 'webextension-polyfill';
import { bytes, counted } from '../format/format.ts';
import { CloseIcon } from '../icons/icons.tsx';
import type { Inspector } from '../store/inspector.ts';
import { CopyButton } from '../views/details/copy-button.tsx';
import { ExportDraft, type Product } from './export-draft.ts';
import { ExportPreview } from './export-preview.tsx';
import { FormatChoice, RedactionChoice } from './format-choice.tsx';
import { ownEnvironment } from './own-environment.ts';
import { WhatChoice } from './what-choice.tsx';
import './export.css';

const PRODUCT: Product = {
  version: browser.runtime.getManifest().version,
  environment: ownEnvironment(),
  page: async () => (await import('virtual:report-page')).default,
};

export function ExportDialog({ inspector }: { inspector: Inspector }) {
  // Both as they are when it opens.
  const offered = useMemo(() => inspector.dialogs.offeredTest, [inspector]);
  const trace = offered?.trace ?? inspector.trace.peek();
  const draft = useMemo(() => {
    const made = new ExportDraft(trace, inspector.preferences, PRODUCT);
    if (offered)
      made.choose({ what: 'sessions', sessions: new Set([offered.session]), format: 'playwright' });
    return made;
  }, [trace, offered, inspector]);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    draft.make();
    return () => draft.stop();
  }, [draft]);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>('input:checked')?.focus();
    // Closed, it gives the focus back.
    return () => element?.close();
  }, []);
  const close = () => inspector.dialogs.close('export');
  const save = () => {
    if (draft.save()) close();
  };
  return (
    <dialog
      ref={dialog}
      class="export"
      aria-label="Export"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onKeyDown={(event) => {
        // The keys of the panel below do not hold here.
        event.stopPropagation();
        if (event.key === 'Escape') {
          event.preventDefault();
          close();
        } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          save();
        }
      }}
    >
      <div class="export-frame">
        <header class="export-head">
          <h2>Export</h2>
          <button type="button" class="tool" aria-label="Close" title="Close (Esc)" onClick={close}>
            <CloseIcon />
          </button>
        </header>
        <div class="export-body">
          <div class="export-choices">
            <WhatChoice draft={draft} trace={trace} />
            <FormatChoice draft={draft} />
            <RedactionChoice draft={draft} />
          </div>
          <ExportPreview draft={draft} />
        </div>
        <Foot draft={draft} close={close} save={save} />
      </div>
    </dialog>
  );
}

/** From this size on trackers refuse files, in bytes. */
const LARGE = 10_000_000;

function Foot({ draft, close, save }: { draft: ExportDraft; close: () => void; save: () => void }) {
  const state = draft.state.value;
  const confirmed = draft.choices.value.profile !== 'none' || draft.confirmed.value;
  const ready = state.phase === 'made' && confirmed;
  return (
    <footer class="export-foot">
      <label class="export-name">
        <span class="quiet">File</span>
        <input
          type="text"
          spellcheck={false}
          autocomplete="off"
          value={draft.name.value ?? draft.suggestedName}
          onInput={(event) => {
            draft.name.value = event.currentTarget.value;
          }}
          onChange={() => {
            draft.name.value = draft.name.peek() === null ? null : draft.fileName;
          }}
        />
      </label>
      <Size draft={draft} />
      <CopyButton text={() => draft.summary()} name="Copy summary" />
      <button type="button" class="button export-cancel" onClick={close}>
        Cancel
      </button>
      <button
        type="button"
        class="button button-chief"
        aria-disabled={!ready}
        title={ready ? 'Ctrl+Enter' : state.phase === 'made' ? 'Confirm it first' : 'The file is not ready'}
        onClick={save}
      >
        Export
      </button>
    </footer>
  );
}

/** Before that nobody wants to see that something is done, in milliseconds. */
const PATIENCE = 300;

function Size({ draft }: { draft: ExportDraft }) {
  const state = draft.state.value;
  if (state.phase === 'made')
    return (
      <span class="quiet export-size">
        {bytes(state.size)}
        {state.size > LARGE && ', more than many trackers take'}
      </span>
    );
  if (state.phase !== 'making' || performance.now() - state.since < PATIENCE) return null;
  return (
    <span class="export-progress">
      <progress aria-label="Preparing the file" />
      <span class="quiet">{counted(state.seen, 'observation')} looked at</span>
      <button type="button" class="button" onClick={() => draft.stop()}>
        Stop
      </button>
    </span>
  );
}

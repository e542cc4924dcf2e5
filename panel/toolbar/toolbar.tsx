/** What one does to the capture: record, clear, keep, bring in and take out. */
import { useRef } from 'preact/hooks';
import { ClearIcon, ExportIcon, FramesIcon, ImportIcon, RecordIcon, SettingsIcon } from '../icons/icons.tsx';
import type { Inspector } from '../store/inspector.ts';
import { importFiles } from '../trace-file/import-files.ts';
import './toolbar.css';

export const IMPORT_ID = 'import';

export function Toolbar({ inspector }: { inspector: Inspector }) {
  const capturing = inspector.connection.value.phase !== 'none';
  const recording = capturing && inspector.recording.value;
  return (
    <div class="toolbar" role="toolbar" aria-label="Capture" onKeyDown={moveFocus}>
      <button
        type="button"
        class="tool tool-record"
        aria-label="Record"
        aria-pressed={recording}
        aria-disabled={!capturing}
        title={recordTitle(capturing, recording)}
        onClick={() => inspector.toggleRecording()}
      >
        <RecordIcon />
      </button>
      <button
        type="button"
        class="tool"
        aria-label="Clear"
        title="Clear (Ctrl+L)"
        onClick={() => inspector.clear()}
      >
        <ClearIcon />
      </button>
      <span class="tool-gap" />
      <label class="tool-switch" title="Keep what was captured when the page navigates">
        <input
          type="checkbox"
          role="switch"
          checked={inspector.preserveLog.value}
          aria-checked={inspector.preserveLog.value}
          onChange={(event) => void inspector.setPreserveLog(event.currentTarget.checked)}
        />
        Preserve log
      </label>
      <span class="tool-gap" />
      <ImportButton inspector={inspector} />
      <button
        type="button"
        class="tool tool-worded"
        aria-label="Export"
        aria-haspopup="dialog"
        title="Export (Ctrl+S)"
        onClick={() => inspector.dialogs.show('export')}
      >
        <ExportIcon />
        <span class="tool-word">Export</span>
      </button>
      <span class="tool-gap" />
      {capturing && <FramesButton inspector={inspector} />}
      <button
        type="button"
        class="tool tool-worded"
        aria-label="Settings"
        aria-haspopup="dialog"
        aria-expanded={inspector.dialogs.open.value === 'settings'}
        title="Settings"
        onClick={() => inspector.dialogs.toggle('settings')}
      >
        <SettingsIcon />
        <span class="tool-word">Settings</span>
      </button>
    </div>
  );
}

function FramesButton({ inspector }: { inspector: Inspector }) {
  const paused = inspector.pausedFrames.value.size;
  const open = inspector.dialogs.open.value === 'frames';
  return (
    <button
      type="button"
      class={paused > 0 ? 'tool tool-worded tool-paused' : 'tool tool-worded'}
      aria-label={paused > 0 ? `Frames, ${paused} paused` : 'Frames'}
      aria-haspopup="dialog"
      aria-expanded={open}
      title="Frames, and what is out of sight"
      onClick={() => inspector.dialogs.toggle('frames')}
    >
      <FramesIcon />
      <span class="tool-word">Frames</span>
    </button>
  );
}

function recordTitle(capturing: boolean, recording: boolean): string {
  if (!capturing) return 'Open DevTools on a page to record';
  return recording ? 'Pause recording (Ctrl+E)' : 'Record (Ctrl+E)';
}

function ImportButton({ inspector }: { inspector: Inspector }) {
  const input = useRef<HTMLInputElement>(null);
  const onChange = () => {
    const chosen = input.current;
    const files = [...(chosen?.files ?? [])];
    if (!chosen || files.length === 0) return;
    void importFiles(inspector, files);
    // The same file may be chosen again.
    chosen.value = '';
  };
  return (
    <>
      <button
        type="button"
        class="tool tool-worded"
        aria-label="Import"
        title="Import a trace or a HAR file (Ctrl+O)"
        onClick={() => input.current?.click()}
      >
        <ImportIcon />
        <span class="tool-word">Import</span>
      </button>
      <input
        ref={input}
        id={IMPORT_ID}
        type="file"
        hidden
        multiple
        aria-label="Trace file"
        accept=".ndjson,.har,.json,.gz,.zip,.html,application/json,application/x-ndjson"
        onChange={onChange}
      />
    </>
  );
}

/** Arrows move between the controls, besides the Tab key. */
function moveFocus(event: KeyboardEvent): void {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (step === 0 || !(event.currentTarget instanceof HTMLElement)) return;
  const controls = [...event.currentTarget.querySelectorAll<HTMLElement>('button, input:not([hidden])')];
  const at = document.activeElement instanceof HTMLElement ? controls.indexOf(document.activeElement) : -1;
  controls[(at + step + controls.length) % controls.length]?.focus();
}

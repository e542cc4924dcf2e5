/** What the trace holds, and what it lacks, in one line. */
import { useComputed } from '@preact/signals';
import { counted } from '../format/format.ts';
import type { Inspector } from '../store/inspector.ts';
import { statusText } from './status-text.ts';
import './status.css';

export function StatusLine({ inspector }: { inspector: Inspector }) {
  const text = useComputed(() =>
    statusText(
      inspector.trace.value.totals.value,
      inspector.overflow.value,
      inspector.outOfSight.value,
      inspector.pausedFrames.value.size,
    ),
  );
  const phase = inspector.connection.value.phase;
  return (
    <footer class="status">
      {/* Off: it changes with every event, and would be read out without an end. */}
      <span role="status" aria-live="off" class="status-text">
        {text}
      </span>
      <ClearedNote inspector={inspector} />
      {phase !== 'none' && <span class={`status-phase status-${phase}`}>{PHASES[phase]}</span>}
    </footer>
  );
}

/** For the ten seconds in which it can be undone. The region is always there, so that its filling is read out. */
function ClearedNote({ inspector }: { inspector: Inspector }) {
  const cleared = inspector.cleared.value;
  return (
    <span class="status-cleared" aria-live="polite">
      {cleared && (
        <>
          Cleared {counted(cleared.events, 'event')} ·{' '}
          <button type="button" class="link" title="Undo (Ctrl+Z)" onClick={() => inspector.undoClear()}>
            Undo
          </button>
        </>
      )}
    </span>
  );
}

const PHASES = {
  connecting: 'Connecting …',
  live: 'Live',
  paused: 'Paused',
  invalidated: 'Connection lost',
  unhooked: 'Reload the page to continue',
  'no-permission': 'No access to the page',
} as const;

/** Opened beside the line where the panel is full. */
export function OverflowNote({ inspector }: { inspector: Inspector }) {
  const overflow = inspector.overflow.value;
  if (overflow === 0) return null;
  return (
    <p class="banner banner-warning">
      The panel is full: {counted(overflow, 'observation')} found no room. Export the trace and clear to go
      on.
    </p>
  );
}

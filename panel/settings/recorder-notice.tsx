/** Told once, on the first opening: what the flight recorder keeps, and where it is switched off. */
import type { Inspector } from '../store/inspector.ts';

export function RecorderNotice({ inspector }: { inspector: Inspector }) {
  if (inspector.recorderTold.value || inspector.connection.value.phase === 'none') return null;
  return (
    <div class="banner" role="note">
      <span class="banner-text">
        The flight recorder keeps the chat traffic of a tab’s earlier pages, in memory only, for a panel
        opened late.
      </span>
      <button type="button" class="link" onClick={() => inspector.dialogs.show('settings')}>
        Switch it off …
      </button>
      <button type="button" class="button" onClick={() => inspector.dismissRecorderNotice()}>
        Got it
      </button>
    </div>
  );
}

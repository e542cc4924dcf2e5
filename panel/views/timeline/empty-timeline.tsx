/** What the timeline says while it has no row: what is going on, and what to do. */
import { shownText } from '../../../src/text/shown-text.ts';
import { loadedLater } from '../../layout/loaded-later.tsx';
import { AllowAccess } from '../../status/allow-access.tsx';
import type { Connection, Inspector } from '../../store/inspector.ts';
import { showDemoTrace } from '../../trace-file/demo-trace.ts';

export function EmptyTimeline({ inspector }: { inspector: Inspector }) {
  const trace = inspector.trace.value;
  if (trace.shown.value > 0) return null;
  const { title, advice } =
    trace.totals.value.rows > 0
      ? filteredOut(inspector)
      : nothingYet(inspector, trace.source.kind === 'file');
  const watching =
    trace.source.kind === 'live' &&
    trace.totals.value.rows === 0 &&
    inspector.recording.value &&
    inspector.connection.value.phase === 'live';
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      <p class="quiet">{advice}</p>
      {inspector.connection.value.phase === 'no-permission' && <AllowAccess inspector={inspector} />}
      {watching && (
        <>
          <div class="empty-actions">
            <button type="button" class="button" onClick={() => inspector.reloadPage()}>
              Reload the page
            </button>
            <button type="button" class="button" onClick={() => void showDemoTrace(inspector)}>
              Show a demo trace
            </button>
          </div>
          <PassedByList inspector={inspector} />
        </>
      )}
    </div>
  );
}

const PassedByList = loadedLater<{ readonly inspector: Inspector }>(
  async () => (await import('./passed-by-list.tsx')).PassedByList,
);

interface Advice {
  readonly title: string;
  readonly advice: string;
}

function filteredOut(inspector: Inspector): Advice {
  if (inspector.trace.value.searching.value) return { title: 'Searching …', advice: '' };
  return {
    title: `No row matches “${shownText(inspector.filterText.value)}”.`,
    advice: 'Parts must all hold, unless “or” stands between them. A minus leaves rows out.',
  };
}

function nothingYet(inspector: Inspector, file: boolean): Advice {
  if (file)
    return { title: 'This trace holds no chat traffic.', advice: 'Import another file, or close this one.' };
  if (!inspector.recording.value && inspector.connection.value.phase !== 'none') {
    return { title: 'Recording is paused.', advice: 'Press Record to see what the page sends and receives.' };
  }
  return CONNECTION_ADVICE[inspector.connection.value.phase];
}

const CONNECTION_ADVICE: Record<Connection['phase'], Advice> = {
  none: {
    title: 'No trace is open.',
    advice:
      'Import a trace or HAR file, or drop one here. To watch a page live, open DevTools on it and choose the Chat panel.',
  },
  connecting: { title: 'Connecting to the page …', advice: 'If this stays, reload the page.' },
  live: {
    title: 'Recording. No chat on this page yet.',
    advice: 'Start a chat, or reload the page to see it from its first event.',
  },
  paused: {
    title: 'Recording is paused.',
    advice: 'Press Record to see what the page sends and receives.',
  },
  invalidated: {
    title: 'The extension was updated.',
    advice: 'Reload the page to continue.',
  },
  unhooked: {
    title: 'The page was loaded before the extension.',
    advice:
      'Reload the page to continue. The browser lets no extension into its own pages, its store and (Chrome) its PDF viewer.',
  },
  'no-permission': {
    title: 'The extension may not read this page.',
    advice:
      'Allow Chat Inspector to access the site in the browser’s extension settings, then reload the page.',
  },
};

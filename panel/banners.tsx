/** What a person must know above the view: a notice, a running import, a file in place of the page, a lost connection. */
import { shownText } from '../src/text/shown-text.ts';
import { loadFailed } from './layout/loaded-later.tsx';
import { Captured } from './marks/captured.tsx';
import { RecorderNotice } from './settings/recorder-notice.tsx';
import { AllowAccess } from './status/allow-access.tsx';
import { OverflowNote } from './status/status-line.tsx';
import type { Inspector } from './store/inspector.ts';

export function Banners({ inspector }: { inspector: Inspector }) {
  return (
    <>
      <LoadBanner />
      <NoticeBanner inspector={inspector} />
      <ImportBanner inspector={inspector} />
      <FileBanner inspector={inspector} />
      <ConnectionBanner inspector={inspector} />
      <OverflowNote inspector={inspector} />
      <RecorderNotice inspector={inspector} />
    </>
  );
}

function LoadBanner() {
  if (!loadFailed.value) return null;
  return (
    <p class="banner banner-error" role="alert">
      A part of the panel could not be loaded. Close DevTools and open them again.
    </p>
  );
}

function NoticeBanner({ inspector }: { inspector: Inspector }) {
  const notice = inspector.notice.value;
  if (notice === null) return null;
  return (
    <div class="banner banner-error" role="alert">
      <span class="banner-text">
        <Captured text={notice.subject} />
        {notice.text.slice(notice.subject.length)}
      </span>
      {notice.offers?.map(({ title, take }) => (
        <button key={title} type="button" class="button" onClick={() => void take()}>
          {title}
        </button>
      ))}
      <button
        type="button"
        class="button"
        onClick={() => {
          inspector.notice.value = null;
        }}
      >
        Dismiss
      </button>
    </div>
  );
}

function ImportBanner({ inspector }: { inspector: Inspector }) {
  const importing = inspector.importing.value;
  if (importing === null) return null;
  return (
    <div class="banner">
      <span class="banner-text">
        Importing <Captured text={importing.name} /> …
      </span>
      <progress aria-label={`Importing ${shownText(importing.name)}`} value={importing.done} max={1} />
      <button type="button" class="button" onClick={() => importing.cancel()}>
        Cancel
      </button>
    </div>
  );
}

function FileBanner({ inspector }: { inspector: Inspector }) {
  const { source } = inspector.trace.value;
  if (source.kind === 'live') return null;
  const live = inspector.connection.value.phase !== 'none';
  return (
    <div class="banner">
      <span class="banner-text">
        Viewing imported trace{' '}
        <strong>
          <Captured text={source.name} />
        </strong>
      </span>
      <button type="button" class="link" onClick={() => inspector.closeFile()}>
        {live ? 'Back to live capture' : 'Close'}
      </button>
    </div>
  );
}

function ConnectionBanner({ inspector }: { inspector: Inspector }) {
  const { phase } = inspector.connection.value;
  // While nothing was captured the empty timeline says it in full.
  if (inspector.trace.value.totals.value.rows === 0) return null;
  if (phase === 'invalidated') {
    return <p class="banner banner-warning">The extension was updated. Reload the page to continue.</p>;
  }
  if (phase === 'unhooked') {
    return (
      <p class="banner banner-warning">
        The page was loaded before the extension. Reload the page to continue.
      </p>
    );
  }
  if (phase === 'no-permission') {
    return (
      <p class="banner banner-warning">
        <span class="banner-text">
          The extension may not read this page. Allow access, then reload the page.
        </span>
        <AllowAccess inspector={inspector} />
      </p>
    );
  }
  return null;
}

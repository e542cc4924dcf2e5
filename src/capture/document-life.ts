/** The document's own milestones: it starts with its first chat, is hidden, comes back, or goes. */
import { keptUrl } from './address.ts';
import { getter, listen } from './natives.ts';
import type { Outlet } from './outlet.ts';
import type { Recorder } from './recorder.ts';

const isPersisted = getter(PageTransitionEvent.prototype, 'persisted');

export function addDocument(
  window: Window,
  recorder: Recorder,
  phase: 'start' | 'hidden' | 'restored' | 'gone',
) {
  const url = keptUrl(window.location.href);
  recorder.add({ kind: 'document', phase, url, top: window.top === window }, url.length);
}

/**
 * Watches the document leave and come back.
 * @returns listens again: `document.open()` removes a window's listeners, and listening twice is listening once.
 */
export function watchDocument(
  window: Window,
  recorder: Recorder,
  outlet: Outlet,
  silent: () => boolean,
): () => void {
  const onHide = (event: Event): void => {
    if (!event.isTrusted) return;
    if (!silent()) addDocument(window, recorder, isPersisted(event) ? 'hidden' : 'gone');
    // Also where nothing was said so far: the page's own listener comes after this one, and may chat.
    outlet.lastWords();
  };
  const onShow = (event: Event): void => {
    if (!event.isTrusted || !isPersisted(event)) return;
    outlet.returned();
    if (!silent()) addDocument(window, recorder, 'restored');
  };
  const listenAgain = (): void => {
    listen(window, 'pagehide', onHide, true);
    listen(window, 'pageshow', onShow, true);
  };
  listenAgain();
  return listenAgain;
}

/** The status line's words: "1,204 events · 2 sessions · 3 problems · 0 dropped", and what the hook cannot see. */
import type { Totals } from '../../src/analysis/api/analysis.ts';
import type { OutOfSight } from '../feed/feed.ts';
import { count, counted } from '../format/format.ts';

/** `paused`: how many frames are not shown for now. */
export function statusText(totals: Totals, overflow: number, outOfSight: OutOfSight, paused: number): string {
  return [
    counted(totals.events, 'event'),
    counted(totals.sessions, 'session'),
    counted(totals.problems, 'problem'),
    `${count(totals.dropped + overflow)} dropped`,
    ...(paused > 0 ? [`${counted(paused, 'frame')} paused`] : []),
    ...unseen(outOfSight),
  ].join(' · ');
}

function unseen({ workers, workerSockets, popups, unhookedFrames, earlierFetches }: OutOfSight): string[] {
  const parts: string[] = [];
  if (workers > 0) {
    const what = workerSockets === 'told' ? 'running streams' : 'sockets';
    parts.push(`${counted(workers, 'worker')}: ${what} and earlier requests out of sight`);
  }
  if (unhookedFrames > 0) parts.push(`${counted(unhookedFrames, 'frame')} without the hook`);
  if (earlierFetches > 0)
    parts.push(`${counted(earlierFetches, 'earlier fetch', 'earlier fetches')} not looked at`);
  if (popups > 0) parts.push(`${counted(popups, 'popup')} with ${popups === 1 ? 'its' : 'their'} own panel`);
  return parts;
}

/** The same in whole sentences, with what a person can do about it. */
export function limits({
  workers,
  workerSockets,
  popups,
  unhookedFrames,
  earlierFetches,
}: OutOfSight): string[] {
  const sentences: string[] = [];
  if (unhookedFrames > 0) {
    sentences.push(
      `${counted(unhookedFrames, 'frame')} without the hook: loaded before the extension, or closed to extensions. Sockets there are out of sight; reload the page.`,
    );
  }
  if (workers > 0) {
    const told = workerSockets === 'told' ? 'requests and sockets' : 'requests';
    const untold =
      workerSockets === 'told' ? 'Streams that are still running' : 'Their sockets and running streams';
    sentences.push(
      `${counted(workers, 'worker')} or more: their ${told} are taken from DevTools while this panel is open. ${untold}, and earlier requests, are out of sight.`,
    );
  }
  if (earlierFetches > 0) {
    sentences.push(
      `${counted(earlierFetches, 'fetch', 'fetches')} from before this panel opened: nothing in them named chat, and their answers were not looked at. A pattern in the settings has them captured.`,
    );
  }
  if (popups > 0) {
    sentences.push(`${counted(popups, 'popup')}: a tab of its own, with DevTools and a panel of its own.`);
  }
  return sentences;
}

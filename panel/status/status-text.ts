/** The status line's words: "1,204 events · 2 sessions · 3 problems · 0 dropped", and what the hook cannot see. */
import type { Totals } from '../../src/analysis/analysis.ts';
import type { OutOfSight } from '../../src/messaging/feed.ts';
import { count, counted } from '../format/format.ts';

export function statusText(totals: Totals, overflow: number, outOfSight: OutOfSight): string {
  return [
    counted(totals.events, 'event'),
    counted(totals.sessions, 'session'),
    counted(totals.problems, 'problem'),
    `${count(totals.dropped + overflow)} dropped`,
    ...unseen(outOfSight),
  ].join(' · ');
}

function unseen({ workers, popups, unhookedFrames }: OutOfSight): string[] {
  const parts: string[] = [];
  if (workers > 0) parts.push(`${counted(workers, 'worker')} out of sight`);
  if (popups > 0) parts.push(`${counted(popups, 'popup')} with ${popups === 1 ? 'its' : 'their'} own panel`);
  if (unhookedFrames > 0) parts.push(`${counted(unhookedFrames, 'frame')} loaded before the extension`);
  return parts;
}

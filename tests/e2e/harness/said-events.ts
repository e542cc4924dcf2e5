import type { LedgerEntry } from '../../../demo/ledger.ts';
import { type ChatEvent, readEvents } from '../../../demo/page/reading.ts';

/** A chat event that the demo's sockets carried, and which way. */
export interface SaidEvent {
  readonly direction: 'in' | 'out';
  readonly event: ChatEvent;
}

/**
 * The chat events of the ledger in its order, as seen from the page: `in` came from the server. What `/history` gives
 * again is no event of its own.
 */
export function saidEvents(entries: readonly LedgerEntry[]): SaidEvent[] {
  return entries
    .filter((entry) => entry.asset !== true && entry.aborted !== true)
    .filter((entry) => !entry.url.includes('/history'))
    .flatMap((entry) =>
      readEvents(entry.sse?.data ?? textOf(entry)).map((event) => ({
        direction: entry.direction === 'out' ? ('in' as const) : ('out' as const),
        event,
      })),
    );
}

function textOf({ encoding, body }: LedgerEntry): string {
  return encoding === 'text' ? body : Buffer.from(body, 'base64').toString('utf8');
}

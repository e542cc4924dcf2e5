import type { ChatEvent } from './page/reading.ts';
import type { Transport, Wrap } from './script.ts';

/** One thing that a chat hands to its transport, ready to be written. */
export type Delivery =
  | {
      readonly kind: 'events';
      readonly events: readonly ChatEvent[];
      readonly wrap: Wrap;
      readonly binary: boolean;
    }
  | { readonly kind: 'raw'; readonly text: string; readonly contentType: string; readonly status: number }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'cut' };

/** The messages (frames, stream events) that a packed group of events becomes. */
export function pack(events: readonly ChatEvent[], wrap: Wrap): readonly string[] {
  switch (wrap) {
    case 'lone':
      return events.map((event) => JSON.stringify(event));
    case 'array':
      return [JSON.stringify(events)];
    case 'envelope':
      return [JSON.stringify({ events })];
  }
}

/** The one body that answers a poll: several events have to share it, so a lone one becomes an array. */
export function packBody(events: readonly ChatEvent[], wrap: Wrap): string {
  return events.length === 1
    ? (pack(events, wrap)[0] ?? '')
    : pack(events, wrap === 'lone' ? 'array' : wrap).join('');
}

/**
 * How the n-th delivery of a transport is packed when the script leaves it open. The vendor's API has the envelope
 * only; a customer's relay may do as it likes, so the demo's does everything in turn. The first frame of a socket is
 * text: binary ones on a socket that has not yet shown chat could be anything.
 */
export function packing(transport: Transport, n: number): { readonly wrap: Wrap; readonly binary: boolean } {
  const turn = (['lone', 'envelope', 'array', 'lone'] as const)[n % 4] ?? 'lone';
  return {
    wrap: transport === 'xhr' ? 'envelope' : turn,
    binary: transport === 'ws' && n % 5 === 4,
  };
}

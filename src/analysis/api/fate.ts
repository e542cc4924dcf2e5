/** What became of something that the page sent. */
import type { RowIndex } from './ids.ts';

/**
 * `sent`: nothing more can be known, as of a socket's message or a beacon. `accepted`: the server answered well.
 * `echoed`, `delivered`, `read`: a later event says so. `refused`: the server answered that it does not take it. `failed`:
 * the network failed. `dropped`: it never left the browser. `waiting`: no answer yet. `cut off`: the document went before
 * the answer came. `given up`: the page aborted it; it may have arrived.
 */
export type FateKind =
  | 'sent'
  | 'accepted'
  | 'echoed'
  | 'delivered'
  | 'read'
  | 'refused'
  | 'failed'
  | 'dropped'
  | 'waiting'
  | 'cut off'
  | 'given up';

export interface Fate {
  readonly kind: FateKind;
  /** The row that tells it: the answer, the echo, the mark; null where there is none. */
  readonly row: RowIndex | null;
  /** HTTP status of the answer; null where there is none. */
  readonly status: number | null;
  /** The protocol's code of an error; null where there is none. */
  readonly code: string | null;
  /** The code's meaning, the network's or the browser's words; '' where there are none. Hostile text. */
  readonly reason: string;
  /** Rows of each time that the page sent it, the first one first. */
  readonly attempts: readonly RowIndex[];
}

/** Fates of what certainly did not arrive. */
export const LOST: ReadonlySet<FateKind> = new Set(['refused', 'failed', 'dropped']);

/** `lost`: somebody has to know. `open`: not known, or not for certain. */
export function fateTone({ kind }: Fate): 'lost' | 'open' | 'good' {
  if (LOST.has(kind)) return 'lost';
  return kind === 'waiting' || kind === 'cut off' || kind === 'given up' ? 'open' : 'good';
}

/** A fate in a few words: "accepted (200)", "refused (404, 5005: Chat session not found)". */
export function fateInWords(fate: Fate): string {
  const { kind, attempts } = fate;
  const times = attempts.length > 1 ? `, ${attempts.length} attempts` : '';
  return `${WORDS[kind]}${detail(fate)}${times}`;
}

/** In one or two words, for a row. */
export const FATE_NAMES: Readonly<Record<FateKind, string>> = {
  sent: 'sent',
  accepted: 'accepted',
  echoed: 'echoed',
  delivered: 'delivered',
  read: 'read',
  refused: 'refused',
  failed: 'failed',
  dropped: 'dropped',
  waiting: 'no answer yet',
  'cut off': 'cut off',
  'given up': 'given up',
};

const WORDS: Readonly<Record<FateKind, string>> = {
  sent: 'sent',
  accepted: 'accepted',
  echoed: 'echoed by the server',
  delivered: 'delivered',
  read: 'read',
  refused: 'refused',
  failed: 'failed in the network',
  dropped: 'dropped by the browser',
  waiting: 'no answer yet',
  'cut off': 'cut off by navigation',
  'given up': 'given up by the page, may have arrived',
};

function detail({ status, code, reason }: Fate): string {
  const numbers = [status, code].filter((each) => each !== null).join(', ');
  const told = [numbers, reason].filter((each) => each !== '').join(': ');
  return told === '' ? '' : ` (${told})`;
}

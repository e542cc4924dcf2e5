/** The messages of a socket of a HAR file, whole: what is in fragments there is one message here. */
import type { Draft } from './har-draft.ts';
import type { HarCut, HarEntry } from './har-entry.ts';
import { asCaptured, base64Payload, textPayload } from './har-payload.ts';
import { messageTimes } from './har-time.ts';

type HarMessage = NonNullable<HarEntry['_webSocketMessages']>[number];

export interface SocketMessage {
  /** Position in the file's list; of fragments that of the first. */
  readonly position: number;
  /** Unix milliseconds; null where the file has no time. */
  readonly time: number | null;
  readonly content: Draft['content'];
}

/** Control messages are left out: the taps do not see them either. */
export function socketMessages(entry: HarEntry, start: number | null): SocketMessage[] {
  const messages = entry._webSocketMessages ?? [];
  const times = messageTimes(
    messages.map(({ time }) => time),
    start,
  );
  const whole: Whole[] = [];
  const open: { in: Whole | null; out: Whole | null } = { in: null, out: null };
  for (const [position, message] of messages.entries()) {
    const opcode = opcodeOf(message);
    if (opcode >= CONTROL) continue;
    const direction = directionOf(message);
    const data = message.data ?? '';
    const before = direction === 'error' ? null : open[direction];
    if (opcode === CONTINUATION && before !== null) {
      before.parts.push(data);
      continue;
    }
    const dropped = message._dropped === true;
    const cut = { _truncated: message._truncated, _size: message._size };
    const begun = { position, time: times[position] ?? null, direction, opcode, dropped, cut, parts: [data] };
    whole.push(begun);
    if (direction !== 'error') open[direction] = begun;
  }
  return whole.map(({ position, time, ...message }) => ({ position, time, content: contentOf(message) }));
}

/** Positions in the file's list of those that became frames, so that a frame can be named as the file counts. */
export function framePositions(entry: HarEntry): number[] {
  return socketMessages(entry, null)
    .filter(({ content }) => content.kind === 'frame')
    .map(({ position }) => position);
}

interface Whole {
  readonly position: number;
  readonly time: number | null;
  readonly direction: 'in' | 'out' | 'error';
  readonly opcode: number;
  readonly dropped: boolean;
  readonly cut: HarCut;
  readonly parts: string[];
}

function contentOf({
  direction,
  opcode,
  dropped,
  cut,
  parts,
}: Omit<Whole, 'position' | 'time'>): Draft['content'] {
  if (direction === 'error') return { kind: 'error', message: parts.join(''), retrying: false };
  const payload =
    opcode === BINARY ? base64Payload(joinedBase64(parts), 'binary') : textPayload(parts.join(''));
  return { kind: 'frame', direction, payload: asCaptured(payload, cut), ...(dropped && { dropped }) };
}

/** Base64 of the bytes of several parts, each of which may end anywhere. */
function joinedBase64(parts: readonly string[]): string {
  if (parts.length === 1) return parts[0] ?? '';
  try {
    return btoa(parts.map((part) => atob(part)).join(''));
  } catch {
    return parts.join('');
  }
}

const CONTINUATION = 0;
const TEXT = 1;
const BINARY = 2;
const CONTROL = 8;

/** Names of RFC 6455, section 5.2, and of the programs that write words. */
const OPCODES: Readonly<Record<string, number>> = {
  continuation: CONTINUATION,
  continue: CONTINUATION,
  text: TEXT,
  binary: BINARY,
  blob: BINARY,
  arraybuffer: BINARY,
  close: 8,
  ping: 9,
  pong: 10,
};

function opcodeOf({ opcode = TEXT }: HarMessage): number {
  return typeof opcode === 'number' ? opcode : (OPCODES[opcode.toLowerCase()] ?? TEXT);
}

const SENT = /^(?:send|sent|out|outgoing|outbound|upstream|client|request|client[-_ ]?to[-_ ]?server)$/i;

function directionOf({ type, direction }: HarMessage): 'in' | 'out' | 'error' {
  if (type?.toLowerCase() === 'error') return 'error';
  return SENT.test(type ?? '') || SENT.test(direction ?? '') ? 'out' : 'in';
}

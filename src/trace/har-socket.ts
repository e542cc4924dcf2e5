import { type Draft, gapDrafts } from './har-draft.ts';
import { type HarEntry, headerValue, messageTime } from './har-entry.ts';
import { base64Payload, textPayload } from './har-payload.ts';

type SocketMessage = NonNullable<HarEntry['_webSocketMessages']>[number];

/** True if the entry is a WebSocket. */
export function isSocketEntry(entry: HarEntry): boolean {
  return (
    entry._webSocketMessages !== undefined ||
    entry._resourceType?.toLowerCase() === 'websocket' ||
    /^wss?:/i.test(entry.request.url)
  );
}

/** What a WebSocket of a HAR file tells. `start` in Unix milliseconds. */
export function socketDrafts(entry: HarEntry, start: number): Draft[] {
  const { request, response } = entry;
  const messages = entry._webSocketMessages ?? [];
  const socket = { kind: 'socket-open', url: request.url } as const;
  const asked = headerValue(request.headers, 'sec-websocket-protocol') ?? '';
  const drafts: Draft[] = [
    { at: start, content: { ...socket, phase: 'connecting', protocols: protocolList(asked) } },
  ];
  const status = response?.status ?? 0;
  // Over HTTP/2 a handshake is answered with 200.
  if (messages.length === 0 && status !== 101 && status !== 200)
    return [...drafts, ...handshakeFailed(entry, start)];

  const agreed = headerValue(response?.headers ?? [], 'sec-websocket-protocol') ?? '';
  drafts.push({ at: start, content: { ...socket, phase: 'open', protocols: protocolList(agreed) } });
  drafts.push(...gapDrafts(entry._framesDropped, start));
  let at = start;
  for (const message of messages) {
    at = Math.max(at, messageTime(message.time) ?? at);
    const content = messageContent(message);
    if (content !== null) drafts.push({ at, content });
  }
  const close = closeDraft(entry, at);
  return close === null ? drafts : [...drafts, close];
}

/** Positions in `_webSocketMessages` of those that became frames, so that a frame can be named as the file counts. */
export function framePositions(entry: HarEntry): number[] {
  const messages = entry._webSocketMessages ?? [];
  return [...messages.keys()].filter((index) => messageContent(messages[index] ?? {})?.kind === 'frame');
}

function protocolList(header: string): string[] {
  return header
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Null for control frames, which the taps do not see either. */
function messageContent(message: SocketMessage): Draft['content'] | null {
  const data = message.data ?? '';
  if (message.type === 'error') return { kind: 'error', message: data, retrying: false };
  if ((message.opcode ?? 1) >= 8) return null;
  const direction = message.type === 'send' ? 'out' : 'in';
  const payload = message.opcode === 2 ? base64Payload(data, 'binary') : textPayload(data);
  return { kind: 'frame', direction, payload };
}

function closeDraft(entry: HarEntry, last: number): Draft | null {
  const close = entry._webSocketClose;
  if (close === undefined) return null;
  if (close === 'aborted') return { at: last, content: closed(ABNORMAL, '') };
  const at = Math.max(last, messageTime(close.timestamp) ?? last);
  return { at, content: closed(close.code ?? NO_STATUS, close.reason ?? '') };
}

/** The code that a browser gives for a connection that broke off without a closing handshake. */
const ABNORMAL = 1006;
/** … and for a close frame without a code. */
const NO_STATUS = 1005;

function closed(code: number, reason: string): Draft['content'] {
  return { kind: 'socket-close', code, reason, clean: code !== ABNORMAL };
}

function handshakeFailed({ response, time }: HarEntry, start: number): Draft[] {
  const at = start + (time !== undefined && time > 0 ? time : 0);
  const status = response?.status ?? 0;
  const message =
    status > 0 ? `the handshake was answered ${status}` : (response?._error ?? 'no answer to the handshake');
  return [
    { at, content: { kind: 'error', message, retrying: false } },
    { at, content: closed(ABNORMAL, '') },
  ];
}

import { plainSubprotocol } from '../observation/subprotocol.ts';
import { type Draft, gapDrafts } from './har-draft.ts';
import { type HarEntry, headerValue } from './har-entry.ts';
import { socketMessages } from './har-message.ts';
import { fileTime } from './har-time.ts';

/** True if the entry is a WebSocket. */
export function isSocketEntry(entry: HarEntry): boolean {
  return (
    (entry._webSocketMessages ?? []).length > 0 ||
    entry._resourceType?.toLowerCase() === 'websocket' ||
    /^wss?:/i.test(entry.request.url) ||
    // Proxies see an HTTP request that was switched to another protocol.
    entry.response?.status === 101
  );
}

/** What a WebSocket of a HAR file tells. `start` in Unix milliseconds. */
export function socketDrafts(entry: HarEntry, start: number): Draft[] {
  const { request, response } = entry;
  const messages = socketMessages(entry, start);
  const socket = { kind: 'socket-open', url: request.url.replace(/^http/i, 'ws') } as const;
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
  for (const { time, content } of messages) {
    at = Math.max(at, time ?? at);
    drafts.push({ at, content });
  }
  const close = closeDraft(entry, at);
  return close === null ? drafts : [...drafts, close];
}

function protocolList(header: string): string[] {
  return header
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map(plainSubprotocol);
}

function closeDraft(entry: HarEntry, last: number): Draft | null {
  const close = entry._webSocketClose;
  if (close === undefined) return null;
  if (close === 'aborted') return { at: last, content: closed(ABNORMAL, '') };
  const at = Math.max(last, fileTime(close.timestamp)?.at ?? last);
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

/**
 * engine.io 3 and 4 and socket.io in it, over sockets and polls. A packet begins with a digit: 0 open, 1 close, 2 ping,
 * 3 pong, 4 message, 5 upgrade, 6 noop. A message of socket.io begins with another: 0 connect, 1 disconnect, 2 event,
 * 3 acknowledgement, 4 error, 5 and 6 with attachments (`n-`), then `/namespace,` and a number to be acknowledged.
 * Source: the protocol documents of socketio/engine.io-protocol and socketio/socket.io-protocol.
 */
import { type FramingFact, factPart, type Part, slicePart, type TextFraming, tellsOf } from './layer.ts';

const NAME = 'engine.io';
const SOCKET_IO = 'socket.io';

/** What is between packets of a poll: U+001E in version 4. Version 3 writes each one's length before it. */
const SEPARATOR = '\u001e';
const LENGTH = /(\d{1,9}):/y;

const WITHOUT_CONTENT: Readonly<Record<string, FramingFact>> = {
  '1': 'close',
  '2': 'heartbeat',
  '3': 'heartbeat',
  '5': 'handshake',
  '6': 'heartbeat',
};
const MESSAGE = /4(?:([0-6])(?:\d+-)?(?:(\/[^,[{]*),)?(\d+)?)?(?=[[{"]|$)/y;
const SOCKET_FACTS: Readonly<Record<string, FramingFact>> = {
  '0': 'handshake',
  '1': 'close',
  '3': 'acknowledgement',
  '4': 'error',
  '6': 'acknowledgement',
};

export const engineIo: TextFraming = {
  name: NAME,
  split: (text, certain) => {
    const packets = packetsOf(text);
    if (packets === null) return null;
    const parts: Part[] = [];
    for (const [start, end] of packets) {
      const read = packetParts(text, start, end, certain || packets.length > 1);
      if (read === null) return null;
      parts.push(...read);
    }
    return parts;
  },
};

/** Bounds of each packet; null where the text cannot be a row of them. */
function packetsOf(text: string): (readonly [number, number])[] | null {
  const code = text.charCodeAt(0);
  // A digit, or the `b` of a packet in base64.
  if (!((code >= 48 && code <= 57) || code === 98)) return null;
  const packets: (readonly [number, number])[] = [];
  LENGTH.lastIndex = 0;
  if (LENGTH.test(text)) {
    let at = 0;
    while (at < text.length) {
      LENGTH.lastIndex = at;
      const length = LENGTH.exec(text);
      if (length === null) return null;
      const start = LENGTH.lastIndex;
      const end = start + Number(length[1]);
      if (end > text.length || end === start) return null;
      packets.push([start, end]);
      at = end;
    }
    return packets;
  }
  let start = 0;
  while (start <= text.length) {
    const next = text.indexOf(SEPARATOR, start);
    const end = next < 0 ? text.length : next;
    if (end > start) packets.push([start, end]);
    start = end + 1;
  }
  return packets;
}

/** @param certain false where a lone digit may as well be a number */
function packetParts(text: string, start: number, end: number, certain: boolean): Part[] | null {
  const type = text[start] ?? '';
  const length = end - start;
  if (type === 'b') {
    return [
      { kind: 'content', text: text.slice(start + 1, end), start, end, form: 'whole', path: [], tells: null },
    ];
  }
  if (type === '0') {
    return text[start + 1] === '{' ? [factPart(NAME, 'handshake', start, end)] : null;
  }
  const fact = WITHOUT_CONTENT[type];
  if (fact !== undefined) {
    const probe = text.slice(start + 1, end) === 'probe';
    return probe || (length === 1 && certain) ? [factPart(NAME, fact, start, end)] : null;
  }
  MESSAGE.lastIndex = start;
  const message = MESSAGE.exec(text);
  if (message === null || MESSAGE.lastIndex > end) return null;
  const [, kind, namespace, id] = message;
  const content = MESSAGE.lastIndex;
  if (kind === undefined) return content < end ? [slicePart(text, content, end, { framing: NAME })] : null;
  const socketFact = SOCKET_FACTS[kind];
  if (content >= end) {
    return socketFact !== undefined && (certain || namespace !== undefined || kind === '0')
      ? [factPart(SOCKET_IO, socketFact, start, end)]
      : null;
  }
  const name = /^\["((?:[^"\\]|\\.)*)"/.exec(text.slice(content, Math.min(end, content + 256)))?.[1];
  const tells = tellsOf(SOCKET_IO, {
    name: kind === '3' ? undefined : name,
    namespace,
    id,
    topic: undefined,
  });
  const parts: Part[] = [slicePart(text, content, end, tells)];
  if (socketFact !== undefined) parts.unshift(factPart(SOCKET_IO, socketFact, start, content));
  return parts;
}

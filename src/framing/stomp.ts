/**
 * STOMP 1.0 to 1.2: a command, header lines, an empty line, a body, NUL. A lone line end is a heartbeat; several frames
 * may stand in one message. `content-length` counts bytes of UTF-8, so that a body may hold NUL.
 * Source: the STOMP 1.2 specification.
 */
import { type FramingFact, factPart, type Part, slicePart, type TextFraming, tellsOf } from './layer.ts';

const NAME = 'STOMP';
const NUL = '\0';

const FACTS: Readonly<Record<string, FramingFact | null>> = {
  CONNECT: 'handshake',
  STOMP: 'handshake',
  CONNECTED: 'handshake',
  SUBSCRIBE: 'handshake',
  UNSUBSCRIBE: 'handshake',
  BEGIN: 'handshake',
  COMMIT: 'handshake',
  ABORT: 'handshake',
  RECEIPT: 'acknowledgement',
  ACK: 'acknowledgement',
  NACK: 'acknowledgement',
  DISCONNECT: 'close',
  SEND: null,
  MESSAGE: null,
  ERROR: 'error',
};
const COMMAND = /([A-Z]{3,11})\r?\n/y;

export const stomp: TextFraming = {
  name: NAME,
  split: (text, certain) => {
    if (text === '\n' || text === '\r\n')
      return certain ? [factPart(NAME, 'heartbeat', 0, text.length)] : null;
    const parts: Part[] = [];
    let at = skipLineEnds(text, 0);
    while (at < text.length) {
      const frame = frameAt(text, at);
      if (frame === null) return null;
      parts.push(...frame.parts);
      at = skipLineEnds(text, frame.end);
    }
    return parts.length > 0 ? parts : null;
  },
};

function frameAt(text: string, start: number): { readonly parts: Part[]; readonly end: number } | null {
  COMMAND.lastIndex = start;
  const command = COMMAND.exec(text)?.[1];
  if (command === undefined || !(command in FACTS)) return null;
  const headers = new Map<string, string>();
  let at = COMMAND.lastIndex;
  for (;;) {
    const lineEnd = text.indexOf('\n', at);
    if (lineEnd < 0) return null;
    const line = text.slice(at, lineEnd).replace(/\r$/, '');
    at = lineEnd + 1;
    if (line === '') break;
    const colon = line.indexOf(':');
    if (colon <= 0) return null;
    const name = line.slice(0, colon);
    // Of headers that are repeated the first one counts.
    if (!headers.has(name)) headers.set(name, line.slice(colon + 1));
  }
  const end = bodyEnd(text, at, headers.get('content-length'));
  const fact = FACTS[command] ?? null;
  const parts: Part[] = [];
  if (fact !== null) parts.push(factPart(NAME, fact, start, end));
  if (end > at) {
    const tells = tellsOf(NAME, {
      name: command,
      namespace: undefined,
      id: headers.get('message-id') ?? headers.get('receipt'),
      topic: headers.get('destination'),
    });
    parts.push(slicePart(text, at, end, tells));
  }
  return { parts, end: text[end] === NUL ? end + 1 : end };
}

/** Where the body ends: after so many bytes, or at the next NUL, or where the text does. */
function bodyEnd(text: string, start: number, length: string | undefined): number {
  if (length !== undefined && /^\d{1,9}$/.test(length)) {
    let bytes = Number(length);
    let at = start;
    while (bytes > 0 && at < text.length) {
      const point = text.codePointAt(at) ?? 0;
      bytes -= point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      at += point < 0x10000 ? 1 : 2;
    }
    if (bytes === 0 && (at === text.length || text[at] === NUL)) return at;
  }
  const nul = text.indexOf(NUL, start);
  return nul < 0 ? text.length : nul;
}

function skipLineEnds(text: string, from: number): number {
  let at = from;
  while (text[at] === '\n' || text[at] === '\r') at += 1;
  return at;
}

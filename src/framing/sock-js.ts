/**
 * SockJS: `o` opens, `h` is a heartbeat, `a["…"]` carries texts, `m"…"` one of them, `c[code,"reason"]` closes. A client
 * sends a plain list of texts, which needs no framing. Source: the protocol test of sockjs/sockjs-protocol.
 */
import { factPart, type Part, slicePart, type TextFraming } from './layer.ts';

const NAME = 'SockJS';

export const sockJs: TextFraming = {
  name: NAME,
  split: (text, certain) => {
    const end = trimmedEnd(text);
    const first = text[0];
    const second = text[1];
    if (end === 1) {
      if (first === 'o') return [factPart(NAME, 'handshake', 0, end)];
      return first === 'h' && certain ? [factPart(NAME, 'heartbeat', 0, end)] : null;
    }
    if (first === 'c' && second === '[') return [factPart(NAME, 'close', 0, end)];
    const carries = (first === 'a' && second === '[') || (first === 'm' && second === '"');
    if (!carries) return null;
    const part: Part = slicePart(text, 1, end, { framing: NAME });
    return [part];
  },
};

/** Streams and polls of SockJS end a message with a line feed. */
function trimmedEnd(text: string): number {
  return text.endsWith('\n') ? text.length - 1 : text.length;
}

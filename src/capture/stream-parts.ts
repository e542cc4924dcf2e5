/**
 * A streamed answer, cut at the ends of its messages: those that name an event are kept as they came, so that together
 * they are still a stream, and of the others only that they came.
 */
import type { Seq } from '../observation/observation.ts';
import type { Exchange } from './exchange.ts';
import { limits } from './limits.ts';
import { indexOf, slice } from './natives.ts';
import { payload, textPayload } from './payload.ts';

export interface StreamParts {
  /** Takes what came; gives the `seq` of the last that was added, -1 where nothing was. `size` in bytes. */
  push(text: string, size: number): Seq;
  /** The stream is over: what is left is a message too. */
  end(): Seq;
}

export function streamParts(exchange: Exchange, media: string): StreamParts {
  let rest = '';
  const add = (end: number): Seq => {
    const text = slice(rest, 0, end);
    rest = slice(rest, end);
    return exchange.addMessage(exchange.names(text, 'server'), textPayload(text), (kept) => ({
      kind: 'chunk',
      payload: kept,
    }));
  };

  return {
    push: (text, size) => {
      // By its URL chat, with all of its bytes, as they come.
      if (exchange.whole)
        return exchange.add({ kind: 'chunk', payload: payload('text', text, size) }, text.length);
      // A blank line ends a server-sent event, a line end anything else; it may have come in two parts.
      const lineEnd = indexOf(rest + text, '\r\n') < 0 ? '\n' : '\r\n';
      const border = media === 'text/event-stream' ? lineEnd + lineEnd : lineEnd;
      let from = rest.length - 3;
      let last = -1;
      rest += text;
      for (let at = indexOf(rest, border, from); at >= 0; at = indexOf(rest, border)) {
        last = add(at + border.length);
        from = 0;
      }
      return rest.length > limits.body ? add(rest.length) : last;
    },
    end: () => (rest === '' ? -1 : add(rest.length)),
  };
}

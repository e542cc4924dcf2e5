import { createHash } from 'node:crypto';
import { CAPS } from '../../../src/observation/caps.ts';

/**
 * One connection's traffic in a form that the server's ledger and the captured trace can both be brought into, so that
 * they can be held against each other: what was said in which direction, in order, as text the two ends agree on.
 */

export interface Connection {
  readonly kind: 'http' | 'websocket' | 'sse';
  /** Method and URL; the method of a socket is empty. */
  readonly target: string;
  /** What the page sent, in order: a request's body or a socket's frames. */
  readonly sent: readonly string[];
  /** What the page received, in order: `status body`, a socket's frames, or a stream's events. */
  readonly received: readonly string[];
}

/** A text and a binary message differ even where their bytes do not. What is longer than the capture keeps is cut there. */
export const textMessage = (text: string): string => `text:${text.slice(0, CAPS.body)}`;
export const binaryMessage = (base64: string): string => `binary:${base64}`;

/** A server-sent event: the browser gives no bytes, but these three. */
export const streamEvent = (event: string, id: string, data: string): string =>
  `event:${JSON.stringify([event, id, data.slice(0, CAPS.body)])}`;

/** An answer that never came, or that the page gave up: neither end can say what the other would have seen. */
export const GIVEN_UP = 'given up';

/** A form with files: the browser makes its bytes after the page has handed it over, and shows them to nobody. */
export const FORM = 'form data';

/** Connections as lines, so that a difference names itself: one connection, then its messages. */
export function asText(connections: readonly Connection[]): string[] {
  return connections
    .map(({ kind, target, sent, received }) =>
      [
        `${kind} ${target}`,
        ...sent.map((each) => `  > ${short(each)}`),
        ...received.map((each) => `  < ${short(each)}`),
      ].join('\n'),
    )
    .sort();
}

/** A long message as its beginning and a digest of all of it, so that a difference can be read. */
function short(message: string): string {
  if (message.length < 4_000) return message;
  const digest = createHash('sha256').update(message).digest('hex').slice(0, 16);
  return `${message.slice(0, 200)} … (${message.length} characters, ${digest})`;
}

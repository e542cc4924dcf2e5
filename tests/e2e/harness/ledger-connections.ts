import type { LedgerEntry } from '../../../demo/ledger.ts';
import { binaryMessage, type Connection, FORM, GIVEN_UP, streamEvent, textMessage } from './conversation.ts';

/** The chat connections of the demo server's ledger, in the order in which they began. */
export function ledgerConnections(entries: readonly LedgerEntry[]): Connection[] {
  // The browser asks for leave to cross origins by itself (OPTIONS) and shows that to no page.
  const chat = entries.filter(({ asset, method }) => asset !== true && method !== 'OPTIONS');
  const groups = new Map<string, LedgerEntry[]>();
  for (const entry of chat) {
    // A broken stream is taken up again by the same EventSource: to the page that is one connection.
    const name = entry.transport === 'sse' ? entry.url : entry.connection;
    const group = groups.get(name);
    if (group) group.push(entry);
    else groups.set(name, [entry]);
  }
  return [...groups.values()].map(connectionOf);
}

function connectionOf(entries: readonly LedgerEntry[]): Connection {
  const [first] = entries;
  if (!first) throw new Error('A connection of the ledger has no entries.');
  const received = entries.filter(({ direction }) => direction === 'out');
  const sent = entries.filter(({ direction }) => direction === 'in');
  switch (first.transport) {
    case 'http':
      return {
        kind: 'http',
        target: `${first.method} ${first.url}`,
        sent: sent.map(bodyOf).filter((body) => body !== textMessage('')),
        received: received.length === 0 ? [GIVEN_UP] : received.map(answerOf),
      };
    case 'websocket':
      return {
        kind: 'websocket',
        target: first.url,
        sent: sent.filter(isMessage).map(bodyOf),
        received: received.filter(isMessage).map(bodyOf),
      };
    case 'sse':
      return {
        kind: 'sse',
        target: first.url,
        sent: [],
        received: received.flatMap(({ sse }) => (sse ? [streamEvent(sse.event, sse.id, sse.data)] : [])),
      };
  }
}

/** An answer cut before its head has status 0 in the ledger; the page only learns that it failed. */
function answerOf(entry: LedgerEntry): string {
  if (entry.aborted === true || entry.status === 0) return GIVEN_UP;
  return `${entry.status} ${bodyOf(entry)}`;
}

/** Handshakes have no opcode; a close frame is no message. */
function isMessage({ opcode }: LedgerEntry): boolean {
  return opcode === 1 || opcode === 2;
}

/** Bytes that are no UTF-8 are compared as the browser gives them where it gives text, with replacement characters. */
function bodyOf({ opcode, encoding, body, headers, direction }: LedgerEntry): string {
  if (opcode === 2) return binaryMessage(body);
  if (direction === 'in' && headers?.['content-type']?.startsWith('multipart/form-data')) return FORM;
  return textMessage(encoding === 'text' ? body : new TextDecoder().decode(Buffer.from(body, 'base64')));
}

/** Every chat protocol that is known. A new one is one folder and one line here. */
import { brightPattern } from './bright-pattern/bright-pattern.ts';
import type { ChatProtocol } from './chat-protocol.ts';

export const protocols: readonly ChatProtocol[] = [brightPattern];

/** The protocol with that id among `known`. */
export function protocolOf(
  id: string | null,
  known: readonly ChatProtocol[] = protocols,
): ChatProtocol | undefined {
  return known.find((protocol) => protocol.id === id);
}

/** One message, file or answer to a form that the page sent. */
import type { ExchangeId, RowIndex } from '../api/analysis.ts';

export interface SentMessage {
  readonly row: RowIndex;
  readonly exchange: ExchangeId;
  /** Its id, or its words where it has none: what is sent again has the same one. */
  readonly key: string;
  readonly words: string;
  /** The time before, where the page sends again what was not delivered. */
  readonly earlier: SentMessage | null;
  /** How often it was sent, this time among them. */
  readonly attempt: number;
  /** What a later event says of it, the furthest one, and its row. */
  mark: 'echoed' | 'delivered' | 'read' | null;
  markRow: RowIndex | null;
}

/** A hostile page sends one message any number of times: so many of them are told. */
const ATTEMPTS_TOLD = 100;

/** The times that a message was sent, the first one first; of very many the last hundred. */
export function attemptsOf(message: SentMessage): readonly SentMessage[] {
  const attempts: SentMessage[] = [];
  for (let each: SentMessage | null = message; each !== null; each = each.earlier) {
    attempts.push(each);
    if (attempts.length === ATTEMPTS_TOLD) break;
  }
  return attempts.reverse();
}

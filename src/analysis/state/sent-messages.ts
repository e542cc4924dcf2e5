/** What the page has sent of what people say, and what is known of its way: by row, by exchange, and by session. */
import type { ExchangeId, RowIndex } from '../api/analysis.ts';
import { OPEN_LIMIT } from '../sessions/pending-items.ts';
import type { SentMessage } from '../sessions/sent-message.ts';
import type { Session } from '../sessions/session.ts';

/** An answer that says no to what an exchange carried. */
export interface Refusal {
  readonly row: RowIndex;
  readonly status: number | null;
  readonly code: string | null;
  readonly meaning: string | null;
}

export class SentMessages {
  readonly #byRow = new Map<RowIndex, SentMessage>();
  /** Those whose exchange still runs. */
  readonly #underWay = new Map<ExchangeId, SentMessage[]>();
  readonly #refusals = new Map<ExchangeId, Refusal>();
  /** Messages that a socket would not take any more. */
  readonly #dropped = new Set<RowIndex>();

  /** `session`: undefined for what is sent before there is one. `isAnswered`: its exchange is one that ends. */
  add(message: SentMessage, session: Session | undefined, isAnswered: boolean): void {
    this.#byRow.set(message.row, message);
    if (isAnswered) this.#start(message);
    if (session === undefined) return;
    session.sentMessages ??= new Map();
    if (session.sentMessages.size < OPEN_LIMIT || session.sentMessages.has(message.key))
      session.sentMessages.set(message.key, message);
    session.lastSent = message;
  }

  #start(message: SentMessage): void {
    const others = this.#underWay.get(message.exchange);
    if (others === undefined) this.#underWay.set(message.exchange, [message]);
    else others.push(message);
  }

  of(row: RowIndex): SentMessage | undefined {
    return this.#byRow.get(row);
  }

  /** Each message once, by the last time that it was sent. */
  *latest(): Iterable<SentMessage> {
    const sentAgain = new Set<SentMessage>();
    for (const { earlier } of this.#byRow.values()) if (earlier !== null) sentAgain.add(earlier);
    for (const message of this.#byRow.values()) if (!sentAgain.has(message)) yield message;
  }

  underWay(exchange: ExchangeId): readonly SentMessage[] {
    return this.#underWay.get(exchange) ?? NONE_UNDER_WAY;
  }

  /** Nothing more is to be told of what the exchange carried. */
  settle(exchange: ExchangeId): void {
    this.#underWay.delete(exchange);
  }

  refuse(exchange: ExchangeId, refusal: Refusal): void {
    this.#refusals.set(exchange, refusal);
  }

  refusal(exchange: ExchangeId): Refusal | undefined {
    return this.#refusals.get(exchange);
  }

  drop(row: RowIndex): void {
    this.#dropped.add(row);
  }

  isDropped(row: RowIndex): boolean {
    return this.#dropped.has(row);
  }
}

const NONE_UNDER_WAY: readonly SentMessage[] = [];

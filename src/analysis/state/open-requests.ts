/** Requests on connections that wait for their answers: an answer says only which request it answers. */
import type { Pairing } from '../../protocol/chat-protocol.ts';
import type { JsonObject } from '../../text/json-object.ts';
import type { ExchangeId } from '../api/analysis.ts';
import { OPEN_LIMIT } from '../sessions/pending-items.ts';

export interface OpenRequest {
  /** Name of the request's event. */
  readonly name: string;
  /** Number of its session. */
  readonly session: number;
}

export class OpenRequests {
  readonly #pairing: Pairing;
  readonly #byConnection = new Map<ExchangeId, Map<string, OpenRequest>>();

  constructor(pairing: Pairing) {
    this.#pairing = pairing;
  }

  /** Keeps a request until it is answered; of any other message nothing. */
  add(exchange: ExchangeId, message: JsonObject, request: OpenRequest): void {
    const id = this.#pairing.request(message);
    if (id === null) return;
    let open = this.#byConnection.get(exchange);
    if (open === undefined) {
      open = new Map();
      this.#byConnection.set(exchange, open);
    }
    if (open.size < OPEN_LIMIT) open.set(id, request);
  }

  /** The request that the message answers. */
  answered(exchange: ExchangeId, message: JsonObject): OpenRequest | undefined {
    const id = this.#pairing.answer(message);
    return id === null ? undefined : this.#byConnection.get(exchange)?.get(id);
  }

  /** The request is answered, or its connection is over. */
  close(exchange: ExchangeId, message: JsonObject | null): void {
    const id = message === null ? null : this.#pairing.answer(message);
    if (id === null) this.#byConnection.delete(exchange);
    else this.#byConnection.get(exchange)?.delete(id);
  }
}

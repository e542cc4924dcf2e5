/** Answers that are read as they arrive: which exchanges are streams, and where each stands. */
import type { ResponseObservation } from '../../observation/observation.ts';
import { type StreamReader, streamReader } from '../../text/event-stream.ts';
import type { ExchangeId, ObservationIndex } from '../api/analysis.ts';
import type { ExchangeStore } from '../tables/exchange-table.ts';

export interface OpenStream {
  readonly reader: StreamReader;
  /** Where each part begins in the whole stream's text, beside its observation. */
  readonly starts: number[];
  readonly parts: ObservationIndex[];
  length: number;
}

export class Streams {
  readonly #open = new Map<ExchangeId, OpenStream>();

  /** The head of an answer: its content type says whether messages come in it. */
  answerBegins(
    exchanges: ExchangeStore,
    exchange: ExchangeId,
    type: string,
    response: ResponseObservation,
  ): void {
    if (response.status >= 400) return;
    const reader = streamReader(type);
    if (exchanges.transport(exchange) === 'eventsource') exchanges.setOpen(exchange);
    // A HAR has an EventSource's bytes as a body; the hook has its events and no bytes. Both come by here.
    if (reader === null) return;
    exchanges.becomeStream(exchange);
    this.#open.set(exchange, { reader, starts: [], parts: [], length: 0 });
  }

  reads(exchange: ExchangeId): boolean {
    return this.#open.has(exchange);
  }

  get(exchange: ExchangeId): OpenStream | undefined {
    return this.#open.get(exchange);
  }

  forget(exchange: ExchangeId): void {
    this.#open.delete(exchange);
  }
}

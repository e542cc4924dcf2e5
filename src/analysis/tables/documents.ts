/** The documents of a trace, and what is kept for each: its exchanges by `seq`, its polls in flight, its end. */
import type { DocumentId } from '../../observation/observation.ts';
import type { ExchangeId } from '../api/analysis.ts';
import { SeqIndex } from './seq-index.ts';

export class TraceDocument {
  /** In the order in which they came. */
  readonly number: number;
  readonly id: DocumentId;
  /** By the browser's own word; null where nobody said it. */
  origin: string | null = null;
  /** Its scopes in `Origins` by protocol, once they were asked for: whose it is does not change any more. */
  readonly scopes: (number | undefined)[] = [];
  readonly exchanges = new SeqIndex();
  /** Its polls that nothing has ended yet. */
  polls: Set<ExchangeId> | null = null;
  /** Exchanges before this one are gone with the document. */
  goneBefore: ExchangeId = 0;

  constructor(id: DocumentId, number: number) {
    this.id = id;
    this.number = number;
  }
}

export class Documents {
  readonly #byId = new Map<DocumentId, TraceDocument>();
  readonly #all: TraceDocument[] = [];
  readonly #origins = new Set<string>();
  /** Observations of one document follow one another: the last one is remembered. */
  #lastId: DocumentId = '';
  #last: TraceDocument | undefined;

  find(id: DocumentId): TraceDocument | undefined {
    if (this.#last !== undefined && id === this.#lastId) return this.#last;
    this.#lastId = id;
    this.#last = this.#byId.get(id);
    return this.#last;
  }

  of(id: DocumentId): TraceDocument {
    const known = this.find(id);
    if (known !== undefined) return known;
    const document = new TraceDocument(id, this.#all.length);
    this.#byId.set(id, document);
    this.#all.push(document);
    this.#last = document;
    return document;
  }

  /** How many origins were said. */
  get originCount(): number {
    return this.#origins.size;
  }

  /** The browser says the origin of a document. What was said first holds. */
  setOrigin(document: TraceDocument, origin: string | null): void {
    if (origin === null || document.origin !== null) return;
    document.origin = origin;
    this.#origins.add(origin);
  }

  at(number: number): TraceDocument | undefined {
    return this.#all[number];
  }
}

import type { DocumentId, Seq } from '../../src/observation/observation.ts';

/** Milliseconds after which it is said at the latest how far the receiver got. */
const DELAY = 500;
/** So many observations are never left unsaid: half of what a page posts without an answer would stop it. */
const MOST_UNSAID = 500;
/** The same for what they hold, in characters. */
const MOST_UNSAID_CHARACTERS = 512 * 1024;

/** Says how far the receiver got in each document: seldom, since each word costs the page some tasks. */
export class Acknowledgements {
  readonly #say: (documentId: DocumentId, next: Seq) => void;
  readonly #later: (run: () => void, milliseconds: number) => unknown;
  readonly #said = new Map<DocumentId, Seq>();
  readonly #unsaid = new Map<DocumentId, Seq>();
  #waiting = false;
  #characters = 0;

  constructor(
    say: (documentId: DocumentId, next: Seq) => void,
    later: (run: () => void, milliseconds: number) => unknown,
  ) {
    this.#say = say;
    this.#later = later;
  }

  /** Before `arrived`: so many characters came. */
  received(characters: number): void {
    this.#characters += characters;
  }

  /** Everything of the document before `next` has arrived. */
  arrived(documentId: DocumentId, next: Seq): void {
    this.#unsaid.set(documentId, next);
    if (this.#characters >= MOST_UNSAID_CHARACTERS) this.#tellAll();
    else if (next - (this.#said.get(documentId) ?? 0) >= MOST_UNSAID) this.#tell(documentId, next);
    else this.#wake();
  }

  /** The receiver asks for the document again from that place on: what it had said or not yet said of it counts no more. */
  restarts(documentId: DocumentId, from: Seq): void {
    this.#unsaid.delete(documentId);
    this.#said.set(documentId, from);
  }

  #wake(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    this.#later(() => {
      this.#waiting = false;
      this.#tellAll();
    }, DELAY);
  }

  #tellAll(): void {
    this.#characters = 0;
    for (const [documentId, next] of this.#unsaid) this.#tell(documentId, next);
  }

  #tell(documentId: DocumentId, next: Seq): void {
    this.#unsaid.delete(documentId);
    this.#said.set(documentId, next);
    this.#say(documentId, next);
  }
}

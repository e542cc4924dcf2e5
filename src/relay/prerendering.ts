/**
 * Chrome prepares pages in a tab that still shows another one. Such a page runs, and what it says is captured as every
 * document's, but it is not what the tab shows until a person goes there.
 */

/** What a document says of it; only Chrome's do. */
export interface Preparable extends EventTarget {
  readonly prerendering?: boolean;
}

export class Prerendering {
  readonly #page: Preparable;
  #asked = false;

  /** @param shown called when the tab shows the page at last: and whether somebody has asked for it before. */
  constructor(page: Preparable, shown: (asked: boolean) => void) {
    this.#page = page;
    if (!this.#isPrepared) return;
    // A page may say so itself: then it is asked again, and is still not what the tab shows.
    page.addEventListener('prerenderingchange', () => shown(this.#asked));
  }

  /** Somebody asks what the tab shows: false if it is not this page yet. */
  answers(): boolean {
    if (!this.#isPrepared) return true;
    this.#asked = true;
    return false;
  }

  get #isPrepared(): boolean {
    return this.#page.prerendering === true;
  }
}

/**
 * Where a row stands in a list that may be higher than a browser can make an element.
 *
 * Up to `MAX_SPACE` pixels the space is the list. Beyond it the scroll bar works as a map of the list: a jump of
 * the thumb goes to the same share of the list, while small steps (a wheel, a trackpad) move the rows by just as many
 * pixels as they ask for. The two drift apart with every small step, so the space is put right when scrolling rests.
 * Offsets are pixels from the list's first row; positions are pixels from the element's start.
 */

/**
 * Chromium cuts an element at 33.5 million px and Firefox at 17.9 million, both of device pixels where the page is
 * zoomed: this is safe up to a zoom of 300 % in Firefox.
 */
export const MAX_SPACE = 5_900_000;

export class ScrollSpace {
  readonly rowHeight: number;
  readonly #limit: number;
  #rows = 0;
  #viewport = 0;
  /** Offset of the first visible pixel. */
  #offset = 0;
  /** The element's scrollTop that goes with `#offset`. */
  #scrollTop = 0;

  constructor(rowHeight: number, limit: number = MAX_SPACE) {
    this.rowHeight = rowHeight;
    this.#limit = limit;
  }

  /** Height of the element that is scrolled over. */
  get space(): number {
    return Math.min(this.#rows * this.rowHeight, this.#limit);
  }

  /** Height of the window onto the list. */
  get viewport(): number {
    return this.#viewport;
  }

  get offset(): number {
    return this.#offset;
  }

  /** The scrollTop that the element must have. */
  get scrollTop(): number {
    return this.#scrollTop;
  }

  /** Where a list position stands in the element. Whole pixels, so that text stays sharp. */
  top(position: number): number {
    return position * this.rowHeight - Math.round(this.#offset - this.#scrollTop);
  }

  /** First and last+1 list position in sight, with `overscan` more on each side. */
  visible(overscan: number): readonly [from: number, to: number] {
    const from = Math.floor(this.#offset / this.rowHeight) - overscan;
    const to = Math.ceil((this.#offset + this.#viewport) / this.rowHeight) + overscan;
    return [Math.max(0, from), Math.min(this.#rows, to)];
  }

  get atEnd(): boolean {
    return this.#offset >= this.#maxOffset - 2;
  }

  /** The list or the window onto it has another size; what is in sight stays. */
  resize(rows: number, viewport: number): void {
    this.#rows = rows;
    this.#viewport = viewport;
    const offset = this.#clamp(this.#offset);
    if (offset !== this.#offset || !this.#mapped) this.scrollToOffset(offset);
  }

  /** The element was scrolled. True where scrollTop should be put right once scrolling rests. */
  scrolled(scrollTop: number): boolean {
    const step = scrollTop - this.#scrollTop;
    const small = Math.abs(step) <= this.#viewport;
    const atEdge = scrollTop <= 0 || scrollTop >= this.#maxScrollTop - 0.5;
    this.#scrollTop = scrollTop;
    if (!this.#mapped) this.#offset = scrollTop;
    else if (small && !atEdge) this.#offset = this.#clamp(this.#offset + step);
    else this.#offset = this.#clamp(scrollTop * this.#ratio);
    return this.#mapped;
  }

  /** Goes to an offset; the element's scrollTop must then be set. */
  scrollToOffset(offset: number): void {
    this.#offset = this.#clamp(offset);
    // Whole pixels: browsers round what they are told, and then the rows would stand elsewhere than is known here.
    this.#scrollTop = this.#mapped ? Math.round(this.#offset / this.#ratio) : this.#offset;
  }

  scrollToEnd(): void {
    this.scrollToOffset(this.#maxOffset);
  }

  /** Moves as little as possible until the whole row at `position` is in sight. */
  reveal(position: number): void {
    const top = position * this.rowHeight;
    const bottom = top + this.rowHeight;
    if (top < this.#offset) this.scrollToOffset(top);
    else if (bottom > this.#offset + this.#viewport) this.scrollToOffset(bottom - this.#viewport);
  }

  /** Puts the row at `position` in the middle. */
  center(position: number): void {
    this.scrollToOffset(position * this.rowHeight - (this.#viewport - this.rowHeight) / 2);
  }

  get #mapped(): boolean {
    return this.#rows * this.rowHeight > this.#limit;
  }

  get #maxOffset(): number {
    return Math.max(0, this.#rows * this.rowHeight - this.#viewport);
  }

  get #maxScrollTop(): number {
    return Math.max(0, this.space - this.#viewport);
  }

  /** Pixels of the list for a pixel of the scroll bar's way. */
  get #ratio(): number {
    return this.#maxScrollTop === 0 ? 1 : this.#maxOffset / this.#maxScrollTop;
  }

  #clamp(offset: number): number {
    return Math.min(Math.max(0, offset), this.#maxOffset);
  }
}

/**
 * The window of the grid onto its rows: which positions are drawn and where, kept in step with the element that
 * scrolls. The rows stand in the flow below a padding as high as the rows that are not drawn.
 */
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { ScrollSpace } from './scroll-space.ts';

/** Height of a row and of the head, in pixels; the style sheet's `--row` and `--head` are set from them. */
export const ROW_HEIGHT = 22;
export const HEAD_HEIGHT = 24;

/** Rows drawn beyond each edge, so that scrolling does not show a blank before the next frame. */
const OVERSCAN = 6;

/** After a jump they are drawn once it has rested so long, milliseconds; a dragged thumb jumps in every frame. */
const REST_MS = 100;

export interface Window {
  readonly from: number;
  readonly to: number;
}

export class GridWindow {
  readonly window: ReadonlySignal<Window>;
  readonly #window: Signal<Window> = signal({ from: 0, to: 0 });
  readonly #space = new ScrollSpace(ROW_HEIGHT);
  readonly #element: HTMLElement;
  readonly #scrolled: HTMLElement;
  readonly #following: Signal<boolean>;
  readonly #observer: ResizeObserver;
  readonly #chosen: () => number | null;
  #rows = 0;
  #height = -1;
  #padding = -1;
  #rest: ReturnType<typeof setTimeout> | undefined;

  /** `scrolled` is the part of `element` that holds the rows; `chosen` gives the position of the chosen row, if any. */
  constructor(
    element: HTMLElement,
    scrolled: HTMLElement,
    following: Signal<boolean>,
    chosen: () => number | null,
  ) {
    this.#chosen = chosen;
    this.window = this.#window;
    this.#element = element;
    this.#following = following;
    this.#scrolled = scrolled;
    this.#observer = new ResizeObserver(() => this.#keepChosen());
    this.#observer.observe(element);
    element.addEventListener('scroll', this.#onScroll, { passive: true });
    element.addEventListener('scrollend', this.#onRest);
  }

  close(): void {
    clearTimeout(this.#rest);
    this.#observer.disconnect();
    this.#element.removeEventListener('scroll', this.#onScroll);
    this.#element.removeEventListener('scrollend', this.#onRest);
  }

  /** How many whole rows are in sight. */
  get page(): number {
    return Math.max(1, Math.floor(this.#viewport / ROW_HEIGHT));
  }

  /** The list has this many rows now. */
  resize(rows: number): void {
    this.#rows = rows;
    this.#space.resize(rows, this.#viewport);
    if (this.#following.peek()) this.#space.scrollToEnd();
    this.#apply();
  }

  toStart(): void {
    this.#space.scrollToOffset(0);
    this.#apply();
  }

  toEnd(): void {
    this.#following.value = true;
    this.#space.scrollToEnd();
    this.#apply();
  }

  /** Moves as little as needed to have a position in sight. */
  reveal(position: number): void {
    this.#space.reveal(position);
    this.#following.value = this.#space.atEnd;
    this.#apply();
  }

  center(position: number): void {
    this.#space.center(position);
    this.#following.value = false;
    this.#apply();
  }

  /** The window has another height: details that open below must not cover the row that they are of. */
  #keepChosen(): void {
    const chosen = this.#chosen();
    const [from, to] = this.#space.visible(0);
    this.resize(this.#rows);
    if (chosen === null || chosen < from || chosen >= to || this.#following.peek()) return;
    this.#space.reveal(chosen);
    this.#apply();
  }

  get #viewport(): number {
    return Math.max(0, this.#element.clientHeight - HEAD_HEIGHT);
  }

  readonly #onScroll = () => {
    const scrollTop = this.#element.scrollTop;
    // A window that grew has the browser cut scrollTop, and says so before the observer hears of the size.
    if (this.#viewport !== this.#space.viewport) return this.#keepChosen();
    // Browsers round what they are told to set; what is within a pixel was no person's doing.
    if (Math.abs(scrollTop - this.#space.scrollTop) < 1) return;
    const jumped = Math.abs(scrollTop - this.#space.scrollTop) > this.#viewport;
    this.#space.scrolled(scrollTop);
    this.#following.value = this.#space.atEnd;
    clearTimeout(this.#rest);
    // Beside a place that was jumped to nothing is seen until it rests.
    this.#draw(jumped ? 0 : OVERSCAN);
  };

  /** The space that small steps used up is given back once nothing moves. */
  readonly #onRest = () => {
    const before = this.#space.scrollTop;
    this.#space.scrollToOffset(this.#space.offset);
    if (Math.abs(before - this.#space.scrollTop) >= 1) this.#apply();
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#draw(OVERSCAN), REST_MS);
  };

  #apply(): void {
    if (this.#height !== this.#space.space) {
      this.#height = this.#space.space;
      this.#scrolled.style.blockSize = `${this.#height}px`;
    }
    if (Math.abs(this.#element.scrollTop - this.#space.scrollTop) >= 1) {
      this.#element.scrollTop = this.#space.scrollTop;
    }
    this.#draw(OVERSCAN);
  }

  #draw(overscan: number): void {
    const [from, to] = this.#space.visible(overscan);
    const padding = this.#space.top(from);
    if (padding !== this.#padding) {
      this.#padding = padding;
      this.#scrolled.style.paddingBlockStart = `${padding}px`;
    }
    const now = this.#window.peek();
    if (now.from !== from || now.to !== to) this.#window.value = { from, to };
  }
}

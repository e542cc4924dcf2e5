/** Which rows of a list are in sight, for lists whose rows are all of one height: only those are drawn. */
import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

export interface RowWindow {
  readonly from: number;
  readonly to: number;
  /** The height of a row, in pixels. */
  readonly height: number;
}

interface RowWindowOptions {
  /** What scrolls. */
  readonly element: RefObject<HTMLElement | null>;
  /** The height of a row where there is so much room sideways, in pixels. */
  readonly heightAt: (width: number) => number;
  /** What stands above the rows and stays, in pixels. */
  readonly head: number;
  /** How many rows there are. */
  readonly rows: number;
  /** The position of the chosen row, or -1: brought into sight whenever it is another. */
  readonly chosen: number;
}

/** Rows beyond each edge, so that scrolling does not show a blank before the next frame. */
const OVERSCAN = 8;

/** `measure` is to be called when the element was scrolled. */
export function useRowWindow({ element, heightAt, head, rows, chosen }: RowWindowOptions): {
  readonly window: Signal<RowWindow>;
  measure(): void;
} {
  const window = useSignal<RowWindow>({ from: 0, to: 60, height: heightAt(Number.POSITIVE_INFINITY) });
  const measure = () => {
    const { current } = element;
    if (!current) return;
    const height = heightAt(current.clientWidth);
    const from = Math.max(0, Math.floor(current.scrollTop / height) - OVERSCAN);
    const to = Math.ceil((current.scrollTop + current.clientHeight) / height) + OVERSCAN;
    const now = window.peek();
    if (now.from !== from || now.to !== to || now.height !== height) window.value = { from, to, height };
  };
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    measure();
    return () => observer.disconnect();
  }, [element, rows]);
  useLayoutEffect(() => {
    const { current } = element;
    if (!current || chosen < 0) return;
    const { height } = window.peek();
    const top = chosen * height;
    const room = Math.max(0, current.clientHeight - head - height);
    if (top < current.scrollTop) current.scrollTop = top;
    else if (top > current.scrollTop + room) current.scrollTop = top - room;
  }, [element, chosen, head]);
  return { window, measure };
}

/**
 * The real panel in the real DevTools: imports a trace of EVENTS events and scrolls from end to end.
 * A frame's own work is all that the panel's main thread does for one scroll step: from the scroll event's first
 * listener to the first task after the frame was laid out and painted.
 */
import type { Panel } from '../../scripts/browser/inspected-browser.ts';

export interface ScrollFigures {
  readonly frames: number;
  readonly p50: number;
  readonly p95: number;
  readonly longest: number;
}

/** Scrolls the timeline from its top to its end in `steps` frames and gives the milliseconds of own work a frame. */
export function scrollEndToEnd(panel: Panel, steps: number): Promise<ScrollFigures> {
  return panel.evaluate(async (count: number) => {
    const grid = document.querySelector('[role="grid"]');
    let scroller: Element | null = grid;
    while (scroller && scroller.scrollHeight <= scroller.clientHeight + 1) scroller = scroller.parentElement;
    const inner =
      grid && [...grid.querySelectorAll('*')].find((part) => part.scrollHeight > part.clientHeight + 100);
    const target = scroller ?? inner;
    if (!target) throw new Error('The timeline does not scroll.');
    const work: number[] = [];
    const channel = new MessageChannel();
    let start = 0;
    let finished: (() => void) | null = null;
    channel.port1.onmessage = () => {
      work.push(performance.now() - start);
      finished?.();
    };
    const onScroll = () => {
      start = performance.now();
      requestAnimationFrame(() => channel.port2.postMessage(0));
    };
    addEventListener('scroll', onScroll, true);
    const end = target.scrollHeight - target.clientHeight;
    target.scrollTop = 0;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    work.length = 0;
    for (let step = 1; step <= count; step++) {
      await new Promise<void>((resolve) => {
        finished = resolve;
        target.scrollTop = (end * step) / count;
      });
    }
    removeEventListener('scroll', onScroll, true);
    work.sort((a, b) => a - b);
    const at = (share: number) => work[Math.min(work.length - 1, Math.floor(work.length * share))] ?? 0;
    return { frames: work.length, p50: at(0.5), p95: at(0.95), longest: at(1) };
  }, steps);
}

/** Watches the panel's tasks from now on; the result gives the longest so far, milliseconds: 0 where none was over 50. */
export async function watchTasks(panel: Panel): Promise<() => Promise<number>> {
  await panel.evaluate(() => {
    const page = window as unknown as { longestTask: number };
    page.longestTask = 0;
    const note = (list: PerformanceObserverEntryList) => {
      for (const { duration } of list.getEntries()) page.longestTask = Math.max(page.longestTask, duration);
    };
    new PerformanceObserver(note).observe({ type: 'longtask' });
  }, null);
  return () => panel.evaluate(() => (window as unknown as { longestTask: number }).longestTask, null);
}

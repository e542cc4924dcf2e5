/** Marks a text wherever a view shows it, without touching what the view has drawn. */
import { effect, type ReadonlySignal } from '@preact/signals';
import { oncePerFrame } from '../store/work-schedule.ts';

/** More than any view draws at once; a long body may have more. */
const MOST = 2_000;

/** Until the returned function is called. Browsers without highlights (Firefox before 140) show none. */
export function highlightMatches(view: HTMLElement, text: ReadonlySignal<string>): () => void {
  if (!('highlights' in CSS)) return () => undefined;
  const frames = oncePerFrame(() => {
    const ranges = rangesOf(view, text.peek().toLowerCase());
    if (ranges.length > 0) CSS.highlights.set('found', new Highlight(...ranges));
    else CSS.highlights.delete('found');
  });
  const changes = new MutationObserver(() => frames.request());
  changes.observe(view, { childList: true, subtree: true, characterData: true });
  const stop = effect(() => {
    text.value;
    frames.request();
  });
  return () => {
    stop();
    changes.disconnect();
    frames.cancel();
    CSS.highlights.delete('found');
  };
}

function rangesOf(view: HTMLElement, needle: string): Range[] {
  const ranges: Range[] = [];
  if (needle === '') return ranges;
  const texts = document.createTreeWalker(view, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null && ranges.length < MOST; node = texts.nextNode()) {
    const shown = (node.nodeValue ?? '').toLowerCase();
    for (
      let at = shown.indexOf(needle);
      at >= 0 && ranges.length < MOST;
      at = shown.indexOf(needle, at + needle.length)
    ) {
      // In a few scripts a letter in lower case is longer than itself.
      if (at + needle.length > (node.nodeValue ?? '').length) break;
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, at + needle.length);
      ranges.push(range);
    }
  }
  return ranges;
}

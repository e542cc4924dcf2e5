/** The words of the popup: what is recorded of a tab, in figures. */
import type { RecordedPage, RecordedTab } from '../messaging/contracts.ts';
import { shownText } from '../text/shown-text.ts';

export function stateText({ recorder, pages }: RecordedTab, incognito: boolean): string {
  if (incognito) return 'Nothing is recorded in private windows.';
  if (!recorder)
    return 'The flight recorder is off: nothing is recorded. The panel’s settings have its switch.';
  if (pages.length === 0) return 'Nothing now. Chat traffic of the tab’s pages is listed here as it comes.';
  return 'The flight recorder is on. It keeps this in memory only, for a panel that is opened late.';
}

/** Of several pages; one has its own figures. */
export function totalText(pages: readonly RecordedPage[]): string {
  if (pages.length < 2) return '';
  const sum = (of: (page: RecordedPage) => number) => pages.reduce((all, page) => all + of(page), 0);
  return `${pages.length} documents · ${entries(sum(({ observations }) => observations))} · ${size(sum(({ bytes }) => bytes))}`;
}

export function nameOf({ url }: RecordedPage): string {
  return url === '' ? 'A document whose address is not known' : shownText(url);
}

export function figuresOf({ top, gone, since, observations, bytes }: RecordedPage): string {
  const what = `${top ? 'Page' : 'Frame'}${gone ? ', left' : ''}`;
  return `${what} · ${entries(observations)} · ${size(bytes)} · since ${clock(since)}`;
}

/** Local time to the second, as the panel writes it. */
function clock(time: number): string {
  return new Date(time).toTimeString().slice(0, 8);
}

function entries(count: number): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? 'entry' : 'entries'}`;
}

function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

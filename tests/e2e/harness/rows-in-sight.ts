import type { Panel } from '../../../scripts/browser/inspected-browser.ts';

/** A chat event's row that a person sees whole, below the head and above the lower edge. */
export interface RowInSight {
  readonly seq: number;
  readonly rowIndex: number;
  readonly chosen: boolean;
  readonly time: string;
  readonly event: string;
  readonly summary: string;
}

export interface Sight {
  readonly rows: readonly RowInSight[];
  /** `aria-rowcount`, with the head. */
  readonly rowCount: number;
  /** How many whole rows find room. */
  readonly page: number;
  readonly height: number;
  readonly scrollHeight: number;
  readonly scrollTop: number;
}

/** The rows in sight, top to bottom, once what was asked for is painted. */
export function rowsInSight(panel: Panel): Promise<Sight> {
  return panel.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const grid = document.querySelector<HTMLElement>('[role=grid][aria-label=Timeline]');
    const head = grid?.querySelector('[role=columnheader]')?.closest('[role=row]')?.parentElement;
    if (!grid || !head) throw new Error('There is no grid called Timeline.');
    const titles = [...head.querySelectorAll('[role=columnheader]')].map((each) =>
      (each.textContent ?? '').trim(),
    );
    const top = head.getBoundingClientRect().bottom;
    const bottom = grid.getBoundingClientRect().bottom;
    const rows = [...grid.querySelectorAll<HTMLElement>('[role=row][data-seq]')]
      .map((row) => ({ row, box: row.getBoundingClientRect() }))
      // A pixel of grace: browsers place rows at fractions of one.
      .filter(({ box }) => box.top >= top - 1 && box.bottom <= bottom + 1)
      .sort((one, other) => one.box.top - other.box.top)
      .map(({ row }) => {
        const cells = [...row.querySelectorAll('[role=gridcell]')];
        const text = (title: string) => (cells[titles.indexOf(title)]?.textContent ?? '').trim();
        return {
          seq: Number(row.dataset.seq),
          rowIndex: Number(row.getAttribute('aria-rowindex')),
          chosen: row.getAttribute('aria-selected') === 'true',
          time: text('Time'),
          event: text('Event'),
          summary: text('Summary'),
        };
      });
    const rowHeight = grid.querySelector('[data-seq]')?.getBoundingClientRect().height ?? 1;
    return {
      rows,
      rowCount: Number(grid.getAttribute('aria-rowcount')),
      page: Math.floor((bottom - top) / rowHeight + 0.01),
      height: grid.clientHeight,
      scrollHeight: grid.scrollHeight,
      scrollTop: grid.scrollTop,
    };
  }, null);
}

/** Puts the scroll bar's thumb at a share of its way, as dragging it does. */
export async function dragThumb(panel: Panel, share: number): Promise<Sight> {
  await panel.evaluate((to) => {
    const grid = document.querySelector<HTMLElement>('[role=grid][aria-label=Timeline]');
    if (grid) grid.scrollTop = (grid.scrollHeight - grid.clientHeight) * to;
  }, share);
  return rowsInSight(panel);
}

/** Scrolls by pixels, as a wheel does. */
export async function wheel(panel: Panel, pixels: number): Promise<Sight> {
  await panel.evaluate(
    (by) => document.querySelector('[role=grid][aria-label=Timeline]')?.scrollBy(0, by),
    pixels,
  );
  return rowsInSight(panel);
}

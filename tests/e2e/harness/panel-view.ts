import type { Panel } from '../../../scripts/browser/inspected-browser.ts';
import { until } from '../../../scripts/browser/until.ts';

/** A row of the timeline as the person sees it: the text of each cell by its column's title. */
export interface SeenRow {
  /** `aria-rowindex`: the head is 1. */
  readonly rowIndex: number;
  /** `data-seq`, or null for what is no chat event. */
  readonly seq: number | null;
  /** `data-kind` of what is no chat event. */
  readonly kind: string | null;
  readonly cells: Readonly<Record<string, string>>;
}

/** What the status line says. */
export interface SeenStatus {
  readonly events: number;
  readonly sessions: number;
  readonly problems: number;
  readonly dropped: number;
}

export async function showView(
  panel: Panel,
  view: 'Timeline' | 'Sequence' | 'State machine' | 'Problems' | 'Conversation' | 'Compare',
): Promise<void> {
  await panel.click({ role: 'tablist', name: 'Views' }, { role: 'tab', name: view });
}

/** Every row of the timeline, top to bottom; only those in sight exist, so this scrolls through it. */
export async function readTimeline(panel: Panel): Promise<readonly SeenRow[]> {
  await showView(panel, 'Timeline');
  return panel.evaluate(async () => {
    const grid = document.querySelector<HTMLElement>('[role=grid][aria-label=Timeline]');
    if (!grid) throw new Error('There is no grid called Timeline.');
    const painted = () =>
      new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
    const titles = [...grid.querySelectorAll('[role=columnheader]')].map((head) =>
      (head.textContent ?? '').trim(),
    );
    const spoken = (cell: Element) => {
      const copy = cell.cloneNode(true) as Element;
      for (const silent of copy.querySelectorAll('[aria-hidden=true]')) silent.remove();
      for (const image of copy.querySelectorAll('[role=img][aria-label]'))
        image.replaceWith(image.getAttribute('aria-label') ?? '');
      return (copy.textContent ?? '').trim();
    };
    const seen = new Map<
      number,
      { rowIndex: number; seq: number | null; kind: string | null; cells: Record<string, string> }
    >();
    const total = Number(grid.getAttribute('aria-rowcount')) - 1;
    // The rows of the place that was scrolled to: on a busy machine they are drawn a few frames later.
    const drawn = () => {
      const { left, top } = grid.getBoundingClientRect();
      const there = document.elementFromPoint(left + 60, top + 60);
      return there?.closest('[role=row][data-seq], [role=row][data-kind]') != null;
    };
    grid.scrollTop = 0;
    for (let top = 0; ; top += Math.max(40, grid.clientHeight / 2)) {
      grid.scrollTop = top;
      for (let frames = 0; frames < 4 && (frames === 0 || (total > 2 && !drawn())); frames += 1)
        await painted();
      for (const row of grid.querySelectorAll<HTMLElement>('[role=row][data-seq], [role=row][data-kind]')) {
        const rowIndex = Number(row.getAttribute('aria-rowindex'));
        const cells: Record<string, string> = {};
        [...row.querySelectorAll('[role=gridcell]')].forEach((cell, at) => {
          cells[titles[at] ?? String(at)] = spoken(cell);
        });
        const { seq, kind } = row.dataset;
        seen.set(rowIndex, {
          rowIndex,
          seq: seq === undefined ? null : Number(seq),
          kind: kind ?? null,
          cells,
        });
      }
      if (seen.size >= total || top > grid.scrollHeight) break;
    }
    return [...seen.values()].sort((one, other) => one.rowIndex - other.rowIndex);
  }, null);
}

/**
 * Every row once nothing comes any more: an answer's end, a note or a party's name may still change rows that are there
 * when all events are counted. Throws where they never come to rest.
 */
export async function timelineAtRest(panel: Panel): Promise<readonly SeenRow[]> {
  let before = '';
  return until('the timeline to come to rest', async () => {
    const rows = await readTimeline(panel);
    const now = JSON.stringify(rows);
    const same = now === before;
    before = now;
    if (same) return rows;
    // Notes are counted anew 300 ms after the rows have changed.
    await new Promise((resolve) => setTimeout(resolve, 500));
    return null;
  });
}

/** The status line, as numbers. */
export async function readStatus(panel: Panel): Promise<SeenStatus> {
  const text = await panel.text({ role: 'status' });
  const figure = (noun: string): number => {
    const [, digits] = new RegExp(`([\\d,]+) ${noun}`).exec(text) ?? [];
    if (digits === undefined) throw new Error(`The status line says no ${noun}: "${text}"`);
    return Number(digits.replaceAll(',', ''));
  };
  return {
    events: figure('events?'),
    sessions: figure('sessions?'),
    problems: figure('problems?'),
    dropped: figure('dropped'),
  };
}

/** Waits until the panel counts at least so many events. */
export async function eventsInPanel(panel: Panel, count: number, patience?: number): Promise<SeenStatus> {
  return until(
    `${count} events in the panel`,
    async () => {
      const status = await readStatus(panel);
      if (status.events < count) throw new Error(`it has ${status.events}`);
      return status;
    },
    patience,
  );
}

/** Chooses a chat event by its position in the trace, as a person would: scrolls to it and clicks. */
export async function chooseEvent(panel: Panel, seq: number): Promise<void> {
  await showView(panel, 'Timeline');
  await panel.evaluate(async (wanted) => {
    const grid = document.querySelector<HTMLElement>('[role=grid][aria-label=Timeline]');
    if (!grid) throw new Error('There is no grid called Timeline.');
    const painted = () =>
      new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
    const row = () => grid.querySelector(`[role=row][data-seq="${wanted}"]`);
    for (let top = 0; !row() && top <= grid.scrollHeight; top += grid.clientHeight / 2) {
      grid.scrollTop = top;
      await painted();
    }
    // What is drawn late, such as the details beside it, may move it once more.
    const inSight = () => {
      const { left = 0, top = 0, width = 0, height = 0 } = row()?.getBoundingClientRect() ?? {};
      return row()?.contains(document.elementFromPoint(left + width / 2, top + height / 2)) === true;
    };
    for (let frames = 0; frames < 100 && (frames === 0 || !inSight()); frames += 1) {
      row()?.scrollIntoView({ block: 'center' });
      await painted();
    }
  }, seq);
  await panel.click({ css: `[role=row][data-seq="${seq}"]` });
  await until(`event ${seq} to be chosen`, async () => {
    const chosen = await panel.attribute('aria-selected', { css: `[role=row][data-seq="${seq}"]` });
    return chosen === 'true';
  });
}

import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Panel } from '../../scripts/browser/inspected-browser.ts';
import { type CorpusFile, corpusFile } from '../bench/corpus-file.ts';
import { panelInspection } from './harness/inspection.ts';
import { eventsInPanel } from './harness/panel-view.ts';
import { dragThumb, type RowInSight, rowsInSight, type Sight, wheel } from './harness/rows-in-sight.ts';

const LONG = process.env.E2E_LONG === '1';
/** Both are higher than a browser can make an element. The shorter one is packed, which the panel must unpack. */
const ROWS = LONG ? 1_000_000 : 300_000;
const PACKING = LONG ? 'plain' : 'gzip';
const PATIENCE = LONG ? 600_000 : 120_000;

test(`every one of ${ROWS.toLocaleString('en')} rows can be reached and is right`, {
  timeout: PATIENCE * 2,
}, async () => {
  const file = await corpusFile(ROWS, PACKING);
  onTestFinished(() => rmSync(dirname(file.path), { recursive: true, force: true }));
  const { panel } = await panelInspection();
  await panel.importFile(file.path);
  const status = await eventsInPanel(panel, ROWS, PATIENCE);
  expect(status).toMatchObject({ events: ROWS, sessions: 1000, dropped: 0 });
  await panel.evaluate(() => document.querySelector<HTMLElement>('[role=grid]')?.focus(), null);

  const end = await pressed(panel, 'End');
  expectRight(end, file);
  expect(chosen(end)).toBe(ROWS - 1);
  expect(end.rows.at(-1)?.seq).toBe(ROWS - 1);

  const pageBack = await pressed(panel, 'PageUp');
  expect(chosen(pageBack)).toBe(ROWS - 1 - end.page);
  await stepsByOne(panel, ROWS - 1 - end.page);
  expect(chosen(await pressed(panel, 'PageDown'))).toBe(ROWS - 1);
  expect(chosen(await pressed(panel, 'ArrowDown')), 'there is no row behind the last').toBe(ROWS - 1);

  const home = await pressed(panel, 'Home');
  expectRight(home, file);
  expect(chosen(home)).toBe(0);
  expect(home.rows[0]?.seq).toBe(0);
  await stepsByOne(panel, 0);

  const middle = await dragThumb(panel, 0.5);
  expectRight(middle, file);
  expect(Math.abs((middle.rows[0]?.seq ?? 0) - ROWS / 2)).toBeLessThan(100);
  const wheeled = await wheel(panel, 110);
  expectRight(wheeled, file);
  expect((wheeled.rows[0]?.seq ?? 0) - (middle.rows[0]?.seq ?? 0)).toBe(5);
  const some = wheeled.rows[3]?.seq ?? -1;
  await panel.click({ css: `[role=row][data-seq="${some}"]` });
  await stepsByOne(panel, some);
  expectRight(await rowsInSight(panel), file);

  const bottom = await dragThumb(panel, 1);
  expectRight(bottom, file);
  expect(bottom.rows.at(-1)?.seq).toBe(ROWS - 1);
  await panel.click({ css: `[role=row][data-seq="${ROWS - 1}"]` });
  const { event } = file.said.at(ROWS - 1);
  const { event: _title, ...fields } = event;
  const decoded = await panel.text({ role: 'region', name: 'Event details' });
  expect(decoded).toContain(String(event.event));
  for (const [name, value] of Object.entries(fields)) {
    expect(decoded).toContain(name);
    expect(decoded).toContain(JSON.stringify(value));
  }
});

async function pressed(panel: Panel, key: string): Promise<Sight> {
  await panel.press(key);
  return rowsInSight(panel);
}

const chosen = (sight: Sight): number | undefined => sight.rows.find((row) => row.chosen)?.seq;

/** From the chosen row, `from`, the arrows go down by one row, three times, and back. */
async function stepsByOne(panel: Panel, from: number): Promise<void> {
  for (const step of [1, 2, 3]) expect(chosen(await pressed(panel, 'ArrowDown'))).toBe(from + step);
  for (const step of [2, 1, 0]) expect(chosen(await pressed(panel, 'ArrowUp'))).toBe(from + step);
}

/** The rows in sight follow on each other, fill the window, and say what the file says. */
function expectRight(sight: Sight, { said }: CorpusFile): void {
  expect(sight.rowCount).toBe(ROWS + 1);
  expect(sight.rows.length).toBeGreaterThanOrEqual(sight.page - 1);
  const first = sight.rows[0]?.seq ?? -1;
  const expected = sight.rows.map((_, at): RowInSight => {
    const seq = first + at;
    const { event, wallTime } = said.at(seq);
    return {
      seq,
      rowIndex: seq + 2,
      chosen: expect.any(Boolean) as boolean,
      time: localTime(wallTime),
      event: String(event.event),
      summary: expect.stringMatching(summaryOf(event)) as string,
    };
  });
  expect(sight.rows).toEqual(expected);
}

/** A message is summed up by what it says, cut where it is long; its last word is a number of its own. */
function summaryOf({ event, msg }: Readonly<Record<string, unknown>>): RegExp {
  if (event !== 'chat_session_message' || typeof msg !== 'string') return /./;
  return new RegExp(msg.length > 160 ? `^${msg.slice(0, 150)}` : `^${msg}$`);
}

/** As the panel writes it, by other means. */
function localTime(wallTime: number): string {
  const date = new Date(wallTime);
  return `${date.toTimeString().slice(0, 8)}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

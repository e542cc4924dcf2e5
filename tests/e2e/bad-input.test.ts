import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { exportWhole } from '../../scripts/browser/export-whole.ts';
import { until } from '../../scripts/browser/until.ts';
import { panelInspection, panelOfFile, playConversation } from './harness/inspection.ts';
import {
  eventsInPanel,
  readStatus,
  readTimeline,
  type SeenRow,
  timelineAtRest,
} from './harness/panel-view.ts';
import { saidEvents } from './harness/said-events.ts';

const freshPanel = panelOfFile();

test('hostile input is shown as text, executes nothing, and loses nothing beside it', async () => {
  const inspected = await panelInspection();
  const { demo, browser, panel } = inspected;
  await playConversation(inspected, { scenario: 'hostile' }, 90_000);
  const said = saidEvents(demo.log.entries).length;
  await eventsInPanel(panel, said - 8, 60_000); // Four bodies of 20 MB and four 10,000 deep need not count as events.
  const title = () => document.title;
  expect(await panel.evaluate(title, null)).toBe('Chat Inspector');
  expect(await browser.inPage(title, null)).not.toContain('executed');
  expect(await browser.inPage(() => ({}) as { polluted?: string }, null)).toEqual({});
  // The last of them come behind bodies of 20 MB.
  const isEnd = ({ cells }: SeenRow) => cells.Event === 'chat_session_ended';
  const rows = await until('the four ends', async () => {
    const read = await readTimeline(panel);
    return read.filter(isEnd).length === 4 && read;
  });
  expect(rows.some((row) => row.cells.Summary?.includes('<script>document.title'))).toBe(true);
  expect(rows.filter((row) => row.cells.Summary?.startsWith('cut')).length).toBeGreaterThan(0);
  expect((await readStatus(panel)).problems).toBeGreaterThan(0);
});

for (const { damage, damaged } of [
  { damage: 'is cut off in its first line', damaged: (text: string) => text.slice(0, 60) },
  { damage: 'is not a trace', damaged: () => 'Dear Sir or Madam,\nthis is no trace.\n' },
  { damage: 'has a line that is no JSON', damaged: (text: string) => text.replace('\n{', '\n{{') },
]) {
  test(`a trace file that ${damage} gives one sentence and leaves what is loaded alone`, async () => {
    const inspected = await freshPanel();
    const { panel } = inspected;
    await playConversation(inspected, { scenario: 'ordinary', transports: 'ws' });
    await eventsInPanel(panel, saidEvents(inspected.demo.log.entries).length);
    const before = await timelineAtRest(panel);
    const { path } = await exportWhole(panel);
    await panel.importFile(temporaryFile(damaged(readFileSync(path, 'utf8'))));
    const sentence = await until('a sentence about the file', async () =>
      (await panel.count({ role: 'alert' })) === 1 ? await panel.text({ role: 'alert' }) : null,
    );
    expect(sentence).toMatch(/\w+ .+\./);
    expect(await readTimeline(panel)).toEqual(before);
  });
}

function temporaryFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'chat-inspector-damaged-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'damaged.ndjson');
  writeFileSync(path, text);
  return path;
}

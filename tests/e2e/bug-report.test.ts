import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { strFromU8, unzipSync } from 'fflate';
import { expect, onTestFinished, test } from 'vitest';
import { until } from '../../scripts/browser/until.ts';
import { buildCommandLine } from '../../scripts/build/bundles.ts';
import { PROJECT } from '../../scripts/project.ts';
import { complaints } from './harness/accessibility.ts';
import { panelInspection, playConversation } from './harness/inspection.ts';
import { eventsInPanel, readStatus, timelineAtRest } from './harness/panel-view.ts';
import { saidEvents } from './harness/said-events.ts';

const DIALOG = { role: 'dialog', name: 'Export' } as const;

test('a bug report goes from the panel to whoever receives it: words, picture, trace, HAR, report and summary', async () => {
  const inspected = await panelInspection({}, { theme: 'light', width: 1400, height: 900 });
  const { panel, browser } = inspected;
  await playConversation(inspected, { scenario: 'defects', transports: 'xhr' });
  await eventsInPanel(panel, saidEvents(inspected.demo.log.entries).length);
  // Behind the last event there are calls that go wrong.
  await timelineAtRest(panel);
  const status = await readStatus(panel);
  await panel.click({ role: 'button', name: 'Export' });
  await panel.click({ css: '[name=export-format][value=bug-report]' });
  await panel.fill('Maren Holt answers after the end', DIALOG, { role: 'textbox', name: 'Title' });
  await panel.fill('No answer', DIALOG, { role: 'textbox', name: 'What was expected' });
  // A picture, as it is dropped; the picture in a paste comes the same way.
  await panel.evaluate(async () => {
    const canvas = new OffscreenCanvas(40, 20);
    canvas.getContext('2d')?.fillRect(0, 0, 20, 20);
    const data = new DataTransfer();
    data.items.add(new File([await canvas.convertToBlob()], 'shot.png', { type: 'image/png' }));
    dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true }));
  }, null);
  await until('the picture', async () => (await panel.text(DIALOG)).includes('shot.png'));
  await until('the summary', async () =>
    (await panel.text(DIALOG, { role: 'region', name: 'Preview of the export' })).includes(
      'answers after the end',
    ),
  );
  await until(
    'the file',
    async () => (await panel.count({ css: '.export .button-chief[aria-disabled=false]' })) > 0,
  );
  expect(await complaints(panel), 'the dialog with a bug report').toEqual([]);
  const saved = await panel.download(DIALOG, { role: 'button', name: 'Export' });
  expect(saved.name).toMatch(/-share\.zip$/);
  const files = unzipSync(new Uint8Array(readFileSync(saved.path)));
  expect(Object.keys(files)).toEqual([
    'trace.ndjson',
    'traffic.har',
    'report.html',
    'summary.md',
    'picture-1.png',
  ]);
  const summary = strFromU8(files['summary.md'] ?? new Uint8Array());
  expect(summary).toMatch(/^# ‹name#\d+› answers after the end\n/);
  expect(summary).toContain('**Expected:** No answer');

  // Whoever receives it reads it without the extension: on the command line, and in a browser.
  const folder = mkdtempSync(join(tmpdir(), 'chat-inspector-bug-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'bug.zip'), readFileSync(saved.path));
  writeFileSync(join(folder, 'report.html'), files['report.html'] ?? '');
  buildCommandLine();
  const cli = join(PROJECT, 'dist/cli/chat-inspector.js');
  const check = spawnSync(process.execPath, [cli, 'check', join(folder, 'bug.zip'), '--json'], {
    encoding: 'utf8',
  });
  const { files: checked } = JSON.parse(check.stdout) as {
    readonly files: readonly { readonly findings: readonly { readonly severity: string }[] }[];
  };
  expect(checked[0]?.findings.filter(({ severity }) => severity !== 'note')).toHaveLength(status.problems);
  await browser.open(pathToFileURL(join(folder, 'report.html')).href);
  await until('the report', () =>
    browser.inPage(() => document.querySelector('.report')?.getAttribute('data-loaded') === 'true', null),
  );
  expect(await browser.inPage(() => document.querySelector('.report-page')?.textContent, null)).toMatch(
    /‹name#\d+› answers after the end[\s\S]*ExpectedNo answer/,
  );
});

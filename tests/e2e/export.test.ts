import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { exportWhole } from '../../scripts/browser/export-whole.ts';
import type { Panel, Place } from '../../scripts/browser/inspected-browser.ts';
import { until } from '../../scripts/browser/until.ts';
import { convertTrace, WHOLE } from '../../src/report/convert.ts';
import { PROFILES } from '../../src/report/redaction/profile.ts';
import { parseTrace } from '../../src/trace/ndjson.ts';
import { complaints } from './harness/accessibility.ts';
import { panelOfFile, playConversation } from './harness/inspection.ts';
import { eventsInPanel } from './harness/panel-view.ts';
import { saidEvents } from './harness/said-events.ts';

const freshPanel = panelOfFile();

const DIALOG = { role: 'dialog', name: 'Export' } as const;
const EXPORT: Place = [DIALOG, { role: 'button', name: 'Export' }];

test('an export is redacted unless a person asks twice, and is what the preview shows and the command line writes', async () => {
  const inspected = await freshPanel();
  const { panel } = inspected;
  await playConversation(inspected, { scenario: 'ordinary', transports: 'ws' });
  await eventsInPanel(panel, saidEvents(inspected.demo.log.entries).length);
  const whole = parseTrace(readFileSync((await exportWhole(panel)).path, 'utf8'));

  await panel.click({ role: 'button', name: 'Export' });
  const shown = await previewOf(panel);
  expect(shown.marked).toBeGreaterThan(10);
  expect(shown.kinds).toContain('Names');
  expect(await complaints(panel), 'the export dialog').toEqual([]);
  const saved = await panel.download(...EXPORT);
  expect(saved.name).toMatch(/-share\.ndjson$/);
  const text = readFileSync(saved.path, 'utf8');
  expect(text.startsWith(shown.text.slice(0, 2_000))).toBe(true);
  const { header, observations } = parseTrace(text);
  const source = { ...whole.header, ...whole, redacted: null, wrappers: [] };
  const options = { to: 'ndjson', profile: PROFILES.share, selection: WHOLE, version: '0.1.0' } as const;
  const converted = [...convertTrace(source, options)].join('');
  expect(text.split('\n').slice(1)).toEqual(converted.split('\n').slice(1));
  expect({ ...header, created: '' }).toEqual({ ...parseTrace(converted).header, created: '' });
  expect(observations).toHaveLength(whole.observations.length);

  await panel.click({ role: 'button', name: 'Export' });
  await previewOf(panel);
  await panel.click({ css: '[name=export-profile][value=none]' });
  expect(await panel.attribute('aria-disabled', ...EXPORT)).toBe('true');
  await panel.evaluate(() => document.querySelector<HTMLElement>('.export .button-chief')?.click(), null);
  expect(await panel.count(DIALOG)).toBe(1);
  await panel.press('Escape');
  await until('the dialog to close', async () => (await panel.count(DIALOG)) === 0);
  expect(await panel.evaluate(() => document.activeElement?.getAttribute('aria-label'), null)).toBe('Export');
});

test('a kind that is switched off stays as it was, and the others are replaced', async () => {
  const inspected = await freshPanel();
  const { panel } = inspected;
  await playConversation(inspected, { scenario: 'ordinary', transports: 'ws' });
  await eventsInPanel(panel, saidEvents(inspected.demo.log.entries).length);
  await panel.click({ role: 'button', name: 'Export' });
  await panel.click({ css: '[name=export-format][value=markdown]' });
  const before = await previewOf(panel);
  await panel.evaluate(() => {
    const labels = [...document.querySelectorAll<HTMLElement>('.export-kinds label')];
    labels.find((label) => label.textContent?.startsWith('Message texts'))?.click();
  }, null);
  const after = await until('the preview to change', async () => {
    const now = await previewOf(panel);
    return now.text === before.text ? null : now;
  });
  expect(before.text).toMatch(/‹text#\d+/);
  expect(after.text).not.toMatch(/‹text#\d+/);
  expect(after.text).toMatch(/‹name#\d+›/);
  expect(after.kinds).toContain('Message texts');
  expect(await panel.text(DIALOG)).toContain('replaced; equal values keep equal tokens');
  await panel.click({ css: '[name=export-format][value=html]' });
  await until('the report', async () => (await previewOf(panel)).text.startsWith('<!doctype html>'));
  const { name, path } = await panel.download(...EXPORT);
  expect(name).toMatch(/-share-in-part\.html$/);
  const report = readFileSync(path, 'utf8');
  expect(report).toContain("default-src 'none'");
  const packed = /id="trace">([^<]*)</.exec(report)?.[1] ?? '';
  const { header } = parseTrace(gunzipSync(Buffer.from(packed, 'base64')).toString());
  expect(header).toMatchObject({ redacted: true, profile: 'share-without-text' });
});

/** The preview once it is there. */
function previewOf(panel: Panel) {
  return until('the preview', () =>
    panel.evaluate(() => {
      if (!document.querySelector('.button-chief[aria-disabled=false]')) return null;
      const texts = [...document.querySelectorAll('.export-text > bdi, .export-text > mark')];
      const kinds = [...document.querySelectorAll('.export-kinds label')];
      return {
        text: texts.map(({ textContent }) => textContent).join(''),
        marked: texts.filter(({ localName }) => localName === 'mark').length,
        kinds: kinds.map(({ textContent }) => (textContent ?? '').replace(/[\d,]+$/, '')),
      };
    }, null),
  );
}

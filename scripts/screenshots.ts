/**
 * `npm run screenshots`: a picture of each view in the real DevTools, light and dark, wide and narrow, into docs/.
 * `npm run screenshots -- --store`: the listing's pictures, of the size that both stores take, into store/.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startDemo } from '../demo/demo.ts';
import type { InspectedBrowser, Panel } from './browser/inspected-browser.ts';
import { launch } from './browser/launch.ts';
import { until } from './browser/until.ts';
import { buildExtension } from './build/bundles.ts';
import { PROJECT } from './project.ts';

const FOR_STORES = process.argv.includes('--store');
const FOLDER = join(PROJECT, FOR_STORES ? 'store' : 'docs', 'screenshots');
const STORE_LOOKS = [
  { theme: 'light', size: '1280x800', width: 1280, height: 800 },
  { theme: 'dark', size: '1280x800', width: 1280, height: 800 },
] as const;
const DOCS_LOOKS = [
  { theme: 'light', size: 'wide', width: 1400, height: 860 },
  { theme: 'dark', size: 'wide', width: 1400, height: 860 },
  { theme: 'light', size: 'narrow', width: 420, height: 860 },
  { theme: 'dark', size: 'narrow', width: 420, height: 860 },
  // Of the comparison alone, which has three layouts.
  { theme: 'light', size: 'medium', width: 700, height: 860 },
  { theme: 'dark', size: 'medium', width: 700, height: 860 },
] as const;
type Look = (typeof DOCS_LOOKS | typeof STORE_LOOKS)[number];

buildExtension('chrome');
mkdirSync(FOLDER, { recursive: true });
const demo = await startDemo({ pace: 30 });
try {
  for (const look of FOR_STORES ? STORE_LOOKS : DOCS_LOOKS) await picturesOf(look);
} finally {
  await demo.close();
}

async function picturesOf(look: Look): Promise<void> {
  const browser = await launch('chromium', look);
  try {
    const panel = await browser.openDevTools('Chat');
    await dismissNotice(panel);
    const picture = async (view: string) => {
      if (look.size === 'medium' && !view.startsWith('compare-') && view !== 'compare') return;
      const path = join(FOLDER, `${view}-${look.theme}-${look.size}.png`);
      await panel.screenshot(path);
      console.log(path);
    };
    if (!FOR_STORES) await picture('empty');
    await play(browser, panel, 'ordinary');
    await showMessage(panel);
    await picture('timeline');
    if (!FOR_STORES) {
      await panel.press('m');
      const text = { css: '.flag-text' } as const;
      await panel.fill('The visitor sees this one twice.', text);
      await picture('mark');
      await panel.press('Enter');
      await panel.click({ role: 'region', name: 'Event details' }, { role: 'button', name: 'Compare …' });
      for (let steps = 0; steps < 6; steps += 1) await panel.press(',');
      await picture('compared-events');
      await panel.click({ role: 'button', name: 'Stop comparing' });
    }
    await play(browser, panel, 'transfer');
    await panel.click({ role: 'tab', name: 'Sequence' });
    await picture('sequence');
    await panel.click({ role: 'tab', name: 'State machine' });
    await picture('state-machine');
    await play(browser, panel, 'corrections');
    await panel.click({ role: 'tab', name: 'Conversation' });
    await picture('conversation');
    await play(browser, panel, 'defects');
    await panel.click({ role: 'tab', name: 'Problems' });
    await until('the problems', async () => (await panel.count({ css: '.problem-defect' })) > 3);
    await panel.click({ css: '.problem-defect[data-place="0"]' });
    await panel.press('ArrowRight');
    await picture('problems');
    if (FOR_STORES) return;
    await browser.open(`${demo.url}?auto=1&scenario=ordinary&transports=fetch`);
    await settled(browser, panel);
    await panel.click({ role: 'tab', name: 'Conversation' });
    await panel.click({ role: 'button', name: 'Compare …' });
    await until('the comparison', async () => (await panel.count({ role: 'grid', name: 'Compare' })) > 0);
    await picture('compare');
    await panel.press('n');
    await panel.click({ role: 'tab', name: 'Exchange' });
    await picture('compare-exchange');
    await panel.click({ role: 'button', name: 'Close' });
    if (look.size === 'medium') return;
    await panel.click({ role: 'tab', name: 'Timeline' });
    for (const dialog of ['Settings', 'Frames', 'Export', 'Columns']) {
      await panel.click({ role: 'button', name: dialog });
      await until(`${dialog} to open`, async () => (await panel.count({ role: 'dialog', name: dialog })) > 0);
      // The export dialog prepares its file first.
      const preview = { css: 'dialog.export .export-text' } as const;
      await until('what it shows', async () => {
        return (await panel.count(preview)) === 0 || !(await panel.text(preview)).startsWith('Preparing');
      });
      await picture(dialog.toLowerCase());
      await panel.press('Escape');
    }
  } finally {
    await browser.close();
  }
}

/** Empties the panel and plays a scenario of the demo to its end. */
async function play(browser: InspectedBrowser, panel: Panel, scenario: string): Promise<void> {
  await panel.click({ role: 'button', name: 'Clear' });
  await panel.click({ role: 'tab', name: 'Timeline' });
  await browser.open(`${demo.url}?auto=1&scenario=${scenario}`);
  await settled(browser, panel);
}

/** Until the page has played to its end, and the panel has all of it. */
async function settled(browser: InspectedBrowser, panel: Panel): Promise<void> {
  await until('the conversation to end', () =>
    browser.inPage(() => document.documentElement.dataset.done === 'true', null),
  );
  let before = '';
  await until('the panel to have all of it', async () => {
    const now = await panel.text({ role: 'status' });
    const same = now === before;
    before = now;
    return same && !now.startsWith('0 events');
  });
}

/** Chooses the newest agent's message in sight, which has the most to show. */
async function showMessage(panel: Panel): Promise<void> {
  const seq = await panel.evaluate(() => {
    const rows = [...document.querySelectorAll<HTMLElement>('[role=row][data-seq]')].reverse();
    const messages = rows.filter((row) => row.textContent?.includes('chat_session_message'));
    return (
      (messages.find((row) => row.textContent?.includes('received')) ?? messages[0])?.dataset.seq ?? null
    );
  }, null);
  if (seq === null) throw new Error('There is no message in sight to choose.');
  await panel.click({ css: `[role=row][data-seq="${seq}"]` });
}

/** What is said on first run only is no part of a view. */
async function dismissNotice(panel: Panel): Promise<void> {
  await panel.click({ role: 'button', name: 'Got it' });
}

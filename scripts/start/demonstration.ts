import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Demo, startDemo } from '../../demo/demo.ts';
import { exportWhole } from '../browser/export-whole.ts';
import type { InspectedBrowser, Panel } from '../browser/inspected-browser.ts';
import { type BrowserName, bundleFor, launch } from '../browser/launch.ts';
import { until } from '../browser/until.ts';
import { buildExtension } from '../build/bundles.ts';
import { PROJECT } from '../project.ts';

export interface Demonstration {
  readonly browser: BrowserName;
  readonly display: 'window' | 'headless';
  readonly scenario: string;
  /** 0 takes any free port. */
  readonly port: number;
}

/** A conversation may take this long when nobody watches, in milliseconds. */
const CONVERSATION = 180_000;
/** Between two steps: a pace that eyes can follow, and one for nobody. */
const PACE = { window: 900, headless: 60 } as const;

/** Shows one conversation in the panel: to a person until they close the browser, or into files. */
export async function runDemonstration(asked: Demonstration): Promise<void> {
  if (asked.display === 'window') requireDisplay();
  console.log(`Building the extension: ${buildExtension(bundleFor(asked.browser))}`);
  const demo = await startDemo({
    port: asked.port,
    scenario: asked.scenario,
    pace: PACE[asked.display],
  });
  console.log(`The demo chat server is at ${demo.url}`);
  try {
    const browser = await launch(asked.browser, {
      headless: asked.display === 'headless',
      dock: asked.display === 'headless' && asked.browser === 'chromium' ? 'undocked' : 'bottom',
      width: 1500,
      height: 950,
    });
    try {
      await show(asked, demo, browser);
    } finally {
      await browser.close();
    }
  } finally {
    await demo.close();
  }
}

async function show(asked: Demonstration, demo: Demo, browser: InspectedBrowser): Promise<void> {
  await browser.open('about:blank');
  const panel = await browser.openDevTools('Chat');
  await browser.open(`${demo.url}?auto=1`);
  if (asked.display === 'headless') await saveEvidence(asked, browser, panel);
  else await stayOpen(browser);
}

async function stayOpen(browser: InspectedBrowser): Promise<void> {
  console.log('The Chat panel is open in the DevTools. Close the browser or press Ctrl+C to end.');
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await Promise.race([browser.closed, interrupted]);
}

async function saveEvidence(asked: Demonstration, browser: InspectedBrowser, panel: Panel): Promise<void> {
  await until(
    'the conversation to end',
    () => browser.inPage(() => document.documentElement.dataset.done !== undefined, null),
    CONVERSATION,
  );
  const status = await settledStatus(panel);
  const folder = join(PROJECT, 'artifacts');
  mkdirSync(folder, { recursive: true });
  const picture = join(folder, `${asked.scenario}-${asked.browser}.png`);
  await panel.screenshot(picture);
  const download = await exportWhole(panel);
  const trace = join(folder, `${asked.scenario}-${asked.browser}-sensitive.ndjson`);
  copyFileSync(download.path, trace);
  console.log(`The panel says: ${status}\nPicture: ${picture}\nTrace:   ${trace}`);
  const errors = await browser.uncaughtErrors();
  if (errors.length > 0)
    throw new Error(errors.map(({ where, message }) => `Uncaught in the ${where}: ${message}`).join('\n'));
}

/** The status line once it counts events and has stopped changing: what the page said has all arrived. */
async function settledStatus(panel: Panel): Promise<string> {
  let before = '';
  return until('the events to arrive in the panel', async () => {
    const now = (await panel.text({ role: 'status' })).trim();
    const settled = now === before && !/^0 events/.test(now);
    before = now;
    return settled && now;
  });
}

function requireDisplay(): void {
  if (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return;
  throw new Error(
    'There is no display here to open a browser on (DISPLAY is not set). Try: npm start -- --headless',
  );
}

import { readFileSync } from 'node:fs';
import { afterAll, onTestFinished } from 'vitest';
import { type Demo, type DemoOptions, startDemo } from '../../../demo/demo.ts';
import { exportWhole } from '../../../scripts/browser/export-whole.ts';
import type { InspectedBrowser, LaunchOptions, Panel } from '../../../scripts/browser/inspected-browser.ts';
import { type BrowserName, isBrowserName, launch } from '../../../scripts/browser/launch.ts';
import { until } from '../../../scripts/browser/until.ts';
import type { Settings } from '../../../src/messaging/settings.ts';
import { parseTrace, type Trace } from '../../../src/trace/ndjson.ts';

/** The browser that this run of the list is for. */
export const BROWSER: BrowserName = chosenBrowser();

/** A demo server and a browser with the extension. */
export interface Inspection {
  readonly demo: Demo;
  readonly browser: InspectedBrowser;
}

/** The title of the panel in the DevTools. */
export const PANEL_TITLE = 'Chat';

/**
 * A fresh browser with the extension, and a demo server of its own. When the test ends both are closed, and an error
 * that nobody caught, in the page, the panel or the background, fails the test.
 */
export async function inspection(
  demoOptions: DemoOptions = {},
  launchOptions: Partial<Omit<LaunchOptions, 'extension'>> = {},
): Promise<Inspection> {
  const demo = await startDemo({ pace: 0, ...demoOptions });
  onTestFinished(() => demo.close());
  const browser = await launch(BROWSER, launchOptions);
  onTestFinished(() => closeQuiet(browser));
  return { demo, browser };
}

/** Closes the browser. Throws where the page, a panel or the background had an error that nobody caught. */
async function closeQuiet(browser: InspectedBrowser): Promise<void> {
  const errors = await browser.uncaughtErrors().finally(() => browser.close());
  if (errors.length === 0) return;
  const list = errors.map(({ where, message }) => `${where}: ${message}`).join('\n');
  throw new Error(`Errors that nobody caught:\n${list}`);
}

/** One browser with the panel open, for all tests of a file: whoever opens it closes it, which fails as `inspection` does. */
export async function sharedPanel(): Promise<{
  readonly browser: InspectedBrowser;
  readonly panel: Panel;
  close(): Promise<void>;
}> {
  const browser = await launch(BROWSER);
  const panel = await browser.openDevTools(PANEL_TITLE);
  return { browser, panel, close: () => closeQuiet(browser) };
}

/** As the panel's settings dialog saves them; pages that are opened from now on go by them. */
export async function setSettings(browser: InspectedBrowser, settings: Partial<Settings>): Promise<void> {
  const page = await browser.openPanelPage();
  await page.run(`await chrome.storage.local.set(${JSON.stringify({ settings })})`);
  await page.close();
}

/** As `inspection`, with the panel open in the DevTools before the page says anything. */
export async function panelInspection(
  demoOptions: DemoOptions = {},
  launchOptions: Partial<Omit<LaunchOptions, 'extension'>> = {},
): Promise<Inspection & { readonly panel: Panel }> {
  const inspected = await inspection(demoOptions, launchOptions);
  const panel = await inspected.browser.openDevTools(PANEL_TITLE);
  return { ...inspected, panel };
}

/**
 * As `panelInspection`, in one browser for all tests of the file: a person's own, whose panel is emptied before each
 * test and starts anew. For tests of what the panel shows, not of how a browser or the extension starts. Called while
 * the file is read; gives what each test calls. An error that nobody caught fails the file.
 */
export function panelOfFile(
  launchOptions: Partial<Omit<LaunchOptions, 'extension'>> = {},
): (demoOptions?: DemoOptions) => Promise<Inspection & { readonly panel: Panel }> {
  let opened: Promise<{ readonly browser: InspectedBrowser; readonly panel: Panel }> | null = null;
  const open = async () => {
    const browser = await launch(BROWSER, launchOptions);
    return { browser, panel: await browser.openDevTools(PANEL_TITLE) };
  };
  afterAll(async () => {
    if (opened !== null) await closeQuiet((await opened).browser);
  });
  return async (demoOptions = {}) => {
    const demo = await startDemo({ pace: 0, ...demoOptions });
    onTestFinished(() => demo.close());
    const before = opened;
    opened ??= open();
    const { browser, panel } = await opened;
    if (before !== null) await startAnew(browser, panel);
    return { demo, browser, panel };
  };
}

/** The panel as it is when it is opened on an empty page: nothing of an earlier test is recorded, set or chosen. */
async function startAnew(browser: InspectedBrowser, panel: Panel): Promise<void> {
  await browser.open('about:blank');
  await panel.click({ role: 'toolbar' }, { role: 'button', name: 'Clear' });
  await until('the panel to be empty', async () => (await panel.count({ css: '.timeline-space > *' })) === 0);
  await panel.evaluate(() => {
    localStorage.clear();
    document.documentElement.dataset.left = 'true';
    location.reload();
  }, null);
  await until('the panel to have started anew', () =>
    panel.evaluate(
      () =>
        document.documentElement.dataset.left !== 'true' && document.querySelector('.status-live') !== null,
      null,
    ),
  );
}

/** What the demo's page is asked for in its query. */
export interface PageChoice {
  readonly scenario?: string;
  readonly transports?: string;
  readonly wrap?: 'lone' | 'envelope' | 'array';
  /** Name of what stands around the relay's messages. */
  readonly framing?: string;
  readonly api?: 'v1' | 'v2';
  readonly binary?: 'blob' | 'arraybuffer';
}

/** Opens the demo's page with a scripted visitor and waits until every chat on it has run to its end. */
export async function playConversation(
  { demo, browser }: Inspection,
  choice: PageChoice,
  patience?: number,
): Promise<void> {
  await browser.open(`${demo.url}?${new URLSearchParams({ auto: '1', ...choice })}`);
  await until(
    `the conversation ${JSON.stringify(choice)} to end`,
    () => browser.inPage(() => document.documentElement.dataset.done === 'true', null),
    patience,
  );
}

/** The trace as the panel's own Export saves it, with nothing replaced. */
export async function exportTrace(panel: Panel): Promise<Trace> {
  const due = (exports.get(panel) ?? 0) + BETWEEN_EXPORTS;
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
  exports.set(panel, performance.now());
  const { path } = await exportWhole(panel);
  return parseTrace(readFileSync(path, 'utf8'));
}

/** Milliseconds: Chromium keeps the eleventh or so of many downloads within a second from being one. */
const BETWEEN_EXPORTS = 250;
/** When the panel was last asked. */
const exports = new WeakMap<Panel, number>();

function chosenBrowser(): BrowserName {
  const name = process.env.E2E_BROWSER ?? 'chromium';
  if (!isBrowserName(name)) throw new Error(`E2E_BROWSER names "${name}".`);
  return name;
}

import { onTestFinished } from 'vitest';
import type { Demo, DemoOptions } from '../../../demo/demo.ts';
import { startDemo } from '../../../demo/demo.ts';
import type { InspectedBrowser, LaunchOptions, Panel } from '../../../scripts/browser/inspected-browser.ts';
import { type BrowserName, isBrowserName, launch } from '../../../scripts/browser/launch.ts';

/** The browser that this run of the list is for. */
export const BROWSER: BrowserName = chosenBrowser();

/** A demo server, a browser on its page, and the panel. */
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
  onTestFinished(async () => {
    const errors = await browser.uncaughtErrors();
    await browser.close();
    if (errors.length > 0) {
      const list = errors.map(({ where, message }) => `${where}: ${message}`).join('\n');
      throw new Error(`Errors that nobody caught:\n${list}`);
    }
  });
  return { demo, browser };
}

/** The panel open in the DevTools before the page has said anything. */
export async function panelOf({ browser }: Inspection): Promise<Panel> {
  return browser.openDevTools(PANEL_TITLE);
}

function chosenBrowser(): BrowserName {
  const name = process.env.E2E_BROWSER ?? 'chromium';
  if (!isBrowserName(name)) throw new Error(`E2E_BROWSER names "${name}".`);
  return name;
}

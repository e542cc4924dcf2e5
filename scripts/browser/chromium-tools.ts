import type { Page } from 'playwright-core';
import type { BrowserTools, ConsoleLine, ListedRequest, LoadedRequest } from './inspected-browser.ts';
import { until } from './until.ts';

/** What Chromium's DevTools themselves show beside the panel, in the window of DevTools. */
export class ChromiumTools implements BrowserTools {
  constructor(private readonly window: Page) {}

  async showRequests(): Promise<void> {
    await this.window.evaluate("InspectorFrontendAPI.showPanel('network')");
    await until('the list of requests', () =>
      this.window.evaluate<boolean>('globalThis.UI?.panels?.network?.isShowing() === true'),
    );
  }

  async requests(): Promise<readonly ListedRequest[]> {
    const known = await this.window.evaluate<readonly KnownRequest[]>(KNOWN_REQUESTS);
    const rows = await this.window
      .locator('.network-log-grid tr.data-grid-data-grid-node')
      .evaluateAll((found) =>
        found.map((row) => [
          row.querySelector('.name-column')?.textContent ?? '',
          row.querySelector('.initiator-column')?.textContent ?? '',
        ]),
      );
    // A name may begin another one: a row is of the longest that it begins with.
    const nameOf = (text: string): string =>
      known.reduce(
        (longest, { name }) => (name.length > longest.length && text.startsWith(name) ? name : longest),
        '',
      );
    return known.flatMap(({ url, name, scripts }) => {
      const row = rows.find(([text]) => nameOf(text ?? '') === name);
      return row ? [{ url, initiator: row[1] ?? '', scripts }] : [];
    });
  }

  async loadHar(path: string): Promise<readonly LoadedRequest[]> {
    await this.showRequests();
    await this.window.evaluate(EMPTY_LIST);
    const chooser = this.window.waitForEvent('filechooser');
    await this.window
      .getByLabel(/Import HAR/i)
      .first()
      .click();
    await (await chooser).setFiles(path);
    // A file is refused as a whole with a line in the Console, so that nothing comes.
    await until(`the list to hold ${path}`, () =>
      this.window.evaluate<boolean>(`${LOADED_REQUESTS}.then((requests) => requests.length > 0)`),
    );
    return this.window.evaluate<readonly LoadedRequest[]>(LOADED_REQUESTS);
  }

  async search(text: string): Promise<void> {
    await this.window.getByRole('tab', { name: 'Chat', exact: true }).click();
    await this.window.keyboard.press('Control+f');
    await this.window.keyboard.type(text);
  }

  async consoleLines(): Promise<readonly ConsoleLine[]> {
    await this.window.evaluate("InspectorFrontendAPI.showPanel('console')");
    return this.window.locator('.console-message-wrapper').evaluateAll((lines) =>
      lines.map((line) => ({
        text: line.querySelector('.console-message-text')?.textContent ?? '',
        link: line.querySelector('.console-message-anchor')?.textContent?.trim() ?? '',
      })),
    );
  }
}

interface KnownRequest {
  readonly url: string;
  readonly name: string;
  readonly scripts: readonly string[];
}

/** The front end's own record: the list's cells say less. */
const KNOWN_REQUESTS = `(async () => {
  const { NetworkLog } = await import('devtools://devtools/bundled/models/logs/logs.js');
  return NetworkLog.NetworkLog.instance().requests().map((request) => ({
    url: request.url(),
    name: request.name(),
    scripts: (request.initiator()?.stack?.callFrames ?? []).map(({ url }) => url),
  }));
})()`;

const EMPTY_LIST = `(async () => {
  const { NetworkLog } = await import('devtools://devtools/bundled/models/logs/logs.js');
  NetworkLog.NetworkLog.instance().reset(true);
})()`;

/** What the Messages and EventStream tabs are drawn from. */
const LOADED_REQUESTS = `(async () => {
  const { NetworkLog } = await import('devtools://devtools/bundled/models/logs/logs.js');
  const requests = NetworkLog.NetworkLog.instance().requests();
  return Promise.all(requests.map(async (request) => ({
    url: request.url(),
    status: request.statusCode,
    sent: ((await request.requestFormData()) ?? '').length,
    messages: request.frames().map(({ type, text }) => ({ type, data: text })),
    events: request.eventSourceMessages().map(({ eventName, data }) => ({ name: eventName, data })),
  })));
})()`;

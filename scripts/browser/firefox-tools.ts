import { readFileSync } from 'node:fs';
import type { BrowserTools, ConsoleLine, ListedRequest, LoadedRequest } from './inspected-browser.ts';
import type { Marionette } from './marionette.ts';

/** What Firefox's toolbox itself shows beside the panel. */
export class FirefoxTools implements BrowserTools {
  constructor(
    private readonly marionette: Marionette,
    /** Where the main window keeps the toolbox, as an expression. */
    private readonly toolbox: string,
  ) {}

  async showRequests(): Promise<void> {
    await this.#select('netmonitor');
  }

  async requests(): Promise<readonly ListedRequest[]> {
    const listed = await this.marionette.inBrowser(
      `const { document, store } = ${this.toolbox}.getPanel('netmonitor').panelWin;
      const cells = new Map([...document.querySelectorAll('.request-list-item')].map((row) =>
        [row.dataset.id, row.querySelector('.requests-list-initiator')?.textContent ?? '']));
      return store.getState().requests.requests.filter(({ id }) => cells.has(id)).map(({ id, url, cause }) => ({
        url,
        initiator: cells.get(id),
        scripts: cause?.lastFrame ? [cause.lastFrame.filename] : [],
      }));`,
    );
    return listed as readonly ListedRequest[];
  }

  async loadHar(path: string): Promise<readonly LoadedRequest[]> {
    await this.#select('netmonitor');
    const loaded = await this.marionette.inBrowser(
      `const { windowRequire, actions, store } = ${this.toolbox}.getPanel('netmonitor').panelWin;
      const { HarImporter } = windowRequire('devtools/client/netmonitor/src/har/har-importer');
      new HarImporter(actions).import(${JSON.stringify(readFileSync(path, 'utf8'))});
      return store.getState().requests.requests.map(({ url, status, requestPostData }) => ({
        url,
        status: Number(status),
        sent: requestPostData?.postData?.text?.length ?? 0,
        messages: [],
        events: [],
      }));`,
    );
    return loaded as readonly LoadedRequest[];
  }

  search(): Promise<never> {
    return Promise.reject(new Error('The tools of Firefox have no search bar.'));
  }

  async consoleLines(): Promise<readonly ConsoleLine[]> {
    await this.#select('webconsole');
    const lines = await this.marionette.inBrowser(
      `const { document } = ${this.toolbox}.getPanel('webconsole').hud.ui.window;
      return [...document.querySelectorAll('.message')].map((line) => ({
        text: line.querySelector('.message-body')?.textContent ?? '',
        link: line.querySelector('.message-location')?.textContent ?? '',
      }));`,
    );
    return lines as readonly ConsoleLine[];
  }

  async #select(tool: string): Promise<void> {
    await this.marionette.inBrowser(`return ${this.toolbox}.selectTool('${tool}').then(() => null)`);
  }
}

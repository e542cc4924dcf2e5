import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, CDPSession, Page, Worker } from 'playwright-core';
import { ChromiumPanel } from './chromium-panel.ts';
import { findChromium } from './find-chromium.ts';
import { heapOf, heapOfTarget } from './heap.ts';
import {
  callText,
  type InspectedBrowser,
  type InspectedTab,
  type Json,
  type LaunchOptions,
  type Panel,
  type UncaughtError,
} from './inspected-browser.ts';
import { PageThread } from './page-thread.ts';
import { removeProfile } from './remove-profile.ts';
import { ServiceWorkerWatch } from './service-worker-watch.ts';
import { until } from './until.ts';

const PANEL_PAGE = '/panel/index.html';

/** What only Chromium can tell of the inspected tab. */
export interface ChromiumInspected extends InspectedBrowser {
  /** The clock of the page's main thread. */
  pageThread(): Promise<PageThread>;
}

/** Starts Chromium or Chrome on a profile of its own, with the extension loaded. */
export async function launchChromium(options: LaunchOptions): Promise<ChromiumInspected> {
  // Without it Playwright lets go of the DevTools window as soon as it appears.
  process.env.PW_CHROMIUM_ATTACH_TO_OTHER = '1';
  const { chromium } = await import('playwright-core');
  const home = mkdtempSync(join(tmpdir(), 'chat-inspector-chromium-'));
  writePreferences(join(home, 'profile'), options);
  const context = await chromium.launchPersistentContext(join(home, 'profile'), {
    executablePath: await findChromium(),
    headless: options.headless,
    viewport: null,
    colorScheme: options.theme,
    acceptDownloads: true,
    // Who opened a window for a person ends it in their own order on Ctrl+C.
    handleSIGINT: options.headless,
    handleSIGTERM: options.headless,
    downloadsPath: join(home, 'downloads'),
    ignoreDefaultArgs: ['--disable-extensions', '--disable-back-forward-cache'],
    args: [
      // Branded Chrome ignores --load-extension; Extensions.loadUnpacked over the pipe works in every build.
      '--enable-unsafe-extension-debugging',
      `--window-size=${options.width},${options.height}`,
      // Without the bar that warns of unusual flags: it would stand in every picture.
      '--test-type',
      // Nothing of a run leaves the machine.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  try {
    return await ChromiumBrowser.attach(context, options, home);
  } catch (error) {
    await context.close();
    await removeProfile(home);
    throw error;
  }
}

/** DevTools reads where it docks and how it looks from the profile, once, when it starts. */
function writePreferences(profile: string, options: LaunchOptions): void {
  mkdirSync(join(profile, 'Default'), { recursive: true });
  const theme = JSON.stringify(options.theme === 'dark' ? 'dark' : 'default');
  const preferences = {
    currentDockState: JSON.stringify(options.dock),
    uiTheme: theme,
    'ui-theme': theme,
  };
  writeFileSync(
    join(profile, 'Default', 'Preferences'),
    JSON.stringify({ devtools: { preferences } }),
    'utf8',
  );
}

class ChromiumBrowser implements ChromiumInspected {
  readonly name = 'chromium';
  readonly closed: Promise<void>;
  readonly #errors: UncaughtError[] = [];
  #workerWatch: Promise<ServiceWorkerWatch> | null = null;

  private constructor(
    readonly version: string,
    private readonly context: BrowserContext,
    private readonly protocol: CDPSession,
    private readonly extensionId: string,
    private readonly page: Page,
    private readonly home: string,
  ) {
    this.closed = new Promise((resolve) => context.on('close', () => resolve()));
    context.on('weberror', (webError) => {
      const error = webError.error();
      const message = error.stack ?? error.message;
      const from = webError.page();
      if (from === this.page) this.#errors.push({ where: 'page', message });
      // The DevTools' own front end is not ours to judge.
      else if (!message.includes('devtools://')) this.#errors.push({ where: 'panel', message });
    });
    // What the relay says in a page's console the person sees among the page's own lines. Of the hook, the browser's
    // warnings about the page's own calls carry the name.
    context.on('console', (line) => {
      const { url } = line.location();
      if (line.page() === this.page && url.startsWith(this.#origin) && url.includes('relay'))
        this.#errors.push({ where: 'page', message: `${line.text()} (in the console)` });
    });
    context.on('serviceworker', (worker) => void this.#watch(worker));
    for (const worker of context.serviceWorkers()) void this.#watch(worker);
  }

  static async attach(
    context: BrowserContext,
    options: LaunchOptions,
    home: string,
  ): Promise<ChromiumBrowser> {
    const browser = context.browser();
    if (!browser) throw new Error('Chromium gave no debugging connection.');
    const protocol = await browser.newBrowserCDPSession();
    const loaded = await protocol.send('Extensions.loadUnpacked', { path: options.extension });
    // As for a person: the extension was installed before the page is opened, and its background has run once.
    if (readFileSync(join(options.extension, 'manifest.json'), 'utf8').includes('"background"'))
      await until('the background to have started', () =>
        context
          .serviceWorkers()
          .at(-1)
          ?.evaluate<boolean>(
            `!chrome.storage || chrome.storage.local.get().then((stored) => Object.keys(stored).length > 0)`,
          ),
      );
    const page = context.pages()[0] ?? (await context.newPage());
    return new ChromiumBrowser(browser.version(), context, protocol, loaded.id, page, home);
  }

  get #origin(): string {
    return `chrome-extension://${this.extensionId}`;
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url);
  }

  async heap(): Promise<number> {
    return heapOf(await this.context.newCDPSession(this.page));
  }

  async backgroundHeap(): Promise<number> {
    const { targetInfos } = await this.protocol.send('Target.getTargets');
    const worker = targetInfos.find(
      ({ type, url }) => type === 'service_worker' && url.startsWith(this.#origin),
    );
    if (!worker) throw new Error('The background does not run.');
    return heapOfTarget(this.protocol, worker.targetId);
  }

  async back(): Promise<void> {
    await this.page.goBack();
  }

  async inPage<Result, Argument extends Json>(
    inside: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result> {
    return (await this.page.evaluate(callText(inside, argument))) as Result;
  }

  async openBeside(url: string): Promise<InspectedTab> {
    const page = await this.context.newPage();
    await page.goto(url);
    return {
      inPage: async (inside, argument) => page.evaluate(callText(inside, argument)),
      openDevTools: (title) => this.#openDevTools(page, title),
    };
  }

  openDevTools(title: string): Promise<Panel> {
    return this.#openDevTools(this.page, title);
  }

  async #openDevTools(inspected: Page, title: string): Promise<Panel> {
    const session = await this.context.newCDPSession(inspected);
    const { targetInfo } = await session.send('Target.getTargetInfo');
    await session.detach();
    const appears = this.context.waitForEvent('page', {
      predicate: (page) => page.url().startsWith('devtools://'),
    });
    await this.protocol.send('Target.openDevTools', { targetId: targetInfo.targetId });
    const devtools = await appears;
    const view = `${this.#origin}${title}`;
    await until('the DevTools to know the panel', () =>
      devtools.evaluate<boolean>(`Boolean(globalThis.UI?.panels && ${JSON.stringify(view)} in UI.panels)`),
    );
    await devtools.evaluate(`InspectorFrontendAPI.showPanel(${JSON.stringify(view)})`);
    const frame = () => devtools.frames().find((each) => each.url() === this.#origin + PANEL_PAGE);
    await until('the panel to load', () => frame()?.evaluate<boolean>("document.readyState === 'complete'"));
    return new ChromiumPanel(devtools, frame);
  }

  async openPanelPage(path = PANEL_PAGE): Promise<Panel> {
    const page = await this.context.newPage();
    await page.goto(this.#origin + path);
    return new ChromiumPanel(page, () => page.mainFrame());
  }

  async moveToNewWindow(): Promise<void> {
    const panelPage = await this.openPanelPage();
    // The inspected tab is the first there is; only a page of the extension is asked to move tabs.
    const moved = await panelPage.run(`
      const [inspected] = await chrome.tabs.query({});
      const { id } = await chrome.windows.create({ tabId: inspected.id });
      return (await chrome.tabs.get(inspected.id)).windowId === id && inspected.windowId !== id;`);
    await panelPage.close();
    if (moved !== true) throw new Error('The tab was not moved.');
  }

  async pageThread(): Promise<PageThread> {
    return PageThread.watch(await this.context.newCDPSession(this.page));
  }

  async allowPrivateWindows(): Promise<void> {
    // Without the developer mode Chrome leaves an unpacked extension off that it starts anew.
    await this.#inSettings(
      `chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true })
        .then(() => chrome.developerPrivate.updateExtensionConfiguration({ extensionId: '${this.extensionId}', incognitoAccess: true }))`,
    );
    await until('the extension to run again', async () => {
      const page = await this.context.newPage();
      const loaded = await page.goto(this.#origin + PANEL_PAGE).catch(() => null);
      await page.close();
      return loaded !== null;
    });
  }

  takeBackSites(): Promise<void> {
    return this.#inSettings(
      `chrome.developerPrivate.updateExtensionConfiguration({ extensionId: '${this.extensionId}', hostAccess: 'ON_CLICK' })`,
    );
  }

  async reloadExtension(): Promise<void> {
    // Without the developer mode Chrome leaves an unpacked extension off.
    await this.#inSettings(
      `chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true })
        .then(() => chrome.developerPrivate.reload('${this.extensionId}', { failQuietly: true }))`,
    );
  }

  /** Runs a script in the browser's page of extensions. */
  async #inSettings(script: string): Promise<void> {
    const settings = await this.context.newPage();
    await settings.goto('chrome://extensions/');
    await settings.evaluate(script);
    await settings.close();
  }

  async permissionPage(): Promise<Panel> {
    const page = await until('the page that asks for access', async () =>
      this.context.pages().find((each) => each.url().startsWith(`${this.#origin}/src/permission/`)),
    );
    return new ChromiumPanel(page, () => page.mainFrame());
  }

  async killBackground(): Promise<void> {
    for (const worker of this.context.serviceWorkers()) await this.#collect(worker);
    this.#workerWatch ??= ServiceWorkerWatch.begin(await this.context.newCDPSession(this.page), this.#origin);
    await (await this.#workerWatch).stop();
  }

  async endProcessOf(origin: string): Promise<void> {
    const frame = this.page.frames().find((each) => each.url().startsWith(`${origin}/`));
    if (!frame) throw new Error(`There is no frame of ${origin}.`);
    const session = await this.context.newCDPSession(frame);
    // Nothing is left that could answer. From now on Playwright takes the whole page for crashed.
    const crashed = this.page.waitForEvent('crash');
    session.send('Page.crash').catch(() => undefined);
    await crashed;
  }

  async uncaughtErrors(): Promise<readonly UncaughtError[]> {
    for (const worker of this.context.serviceWorkers()) await this.#collect(worker);
    return this.#errors;
  }

  async quit(): Promise<string> {
    await this.context.close();
    return join(this.home, 'profile');
  }

  async close(): Promise<void> {
    await this.quit();
    await removeProfile(this.home);
  }

  /** Playwright does not report what a service worker leaves uncaught, so the worker keeps a list itself. */
  async #watch(worker: Worker): Promise<void> {
    const listen = `if (!self.__uncaught) {
      self.__uncaught = [];
      self.addEventListener('error', (event) => self.__uncaught.push(event.error?.stack ?? event.message));
      self.addEventListener('unhandledrejection', (event) => self.__uncaught.push(String(event.reason?.stack ?? event.reason)));
    }`;
    await worker.evaluate(listen).catch(() => undefined); // The worker may be gone again already.
  }

  async #collect(worker: Worker): Promise<void> {
    const take = worker.evaluate('self.__uncaught?.splice(0) ?? []').catch(() => []);
    // A worker that is ending neither answers nor fails.
    const messages = await Promise.race([take, new Promise((resolve) => setTimeout(resolve, 1000, []))]);
    if (!Array.isArray(messages)) return;
    for (const message of messages) this.#errors.push({ where: 'background', message: String(message) });
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFirefox } from './find-firefox.ts';
import { FirefoxPanel, runIn } from './firefox-panel.ts';
import { keepStartCache, makeFirefoxProfile } from './firefox-profile.ts';
import { FirefoxTools } from './firefox-tools.ts';
import type {
  InspectedBrowser,
  InspectedTab,
  Json,
  LaunchOptions,
  Panel,
  UncaughtError,
} from './inspected-browser.ts';
import { Marionette } from './marionette.ts';
import { removeProfile } from './remove-profile.ts';
import { until } from './until.ts';

/** The tab that was there at the start; others may come and be chosen. */
const PAGE = 'window.inspectedTab.linkedBrowser';

/** Starts Firefox on a profile of its own, with the extension loaded as a temporary add-on. */
export async function launchFirefox(options: LaunchOptions): Promise<InspectedBrowser> {
  const home = mkdtempSync(join(tmpdir(), 'chat-inspector-firefox-'));
  const port = await freePort();
  const { profile } = makeFirefoxProfile(home, port, options);
  const size = ['--width', String(options.width), '--height', String(options.height)];
  const program = spawn(
    await findFirefox(),
    [
      '--marionette',
      '-remote-allow-system-access',
      '--no-remote',
      '--profile',
      profile,
      ...size,
      ...(options.headless ? ['--headless'] : []),
    ],
    { stdio: 'ignore', env: { ...process.env, HOME: home } },
  );
  const stop = () => program.kill('SIGKILL');
  process.once('exit', stop);
  program.once('exit', () => process.off('exit', stop));
  try {
    const marionette = await Marionette.connect(port);
    const addon = await marionette.send('Addon:Install', { path: options.extension, temporary: true });
    await marionette.send('Marionette:SetContext', { value: 'chrome' });
    const version = String(
      await marionette.inBrowser(
        'window.inspectedTab = gBrowser.selectedTab; return Services.appinfo.version',
      ),
    );
    const extension = (addon as { readonly value: string }).value;
    return new FirefoxBrowser(version, marionette, program, extension, home, options);
  } catch (error) {
    stop();
    throw error;
  }
}

class FirefoxBrowser implements InspectedBrowser {
  readonly name = 'firefox';
  readonly closed: Promise<void>;
  #beside = 0;
  #pages = 0;

  constructor(
    readonly version: string,
    private readonly marionette: Marionette,
    private readonly program: ChildProcess,
    private readonly extension: string,
    private readonly home: string,
    private readonly options: LaunchOptions,
  ) {
    this.closed = new Promise((resolve) => program.once('exit', () => resolve()));
  }

  async open(url: string): Promise<void> {
    await this.marionette.send('Marionette:SetContext', { value: 'content' });
    try {
      await this.marionette.send('WebDriver:Navigate', { url });
    } finally {
      await this.marionette.send('Marionette:SetContext', { value: 'chrome' });
    }
  }

  async heap(): Promise<null> {
    return null;
  }

  async backgroundHeap(): Promise<null> {
    return null;
  }

  async back(): Promise<void> {
    await this.marionette.send('Marionette:SetContext', { value: 'content' });
    try {
      await this.marionette.send('WebDriver:Back', {});
    } finally {
      await this.marionette.send('Marionette:SetContext', { value: 'chrome' });
    }
  }

  inPage<Result, Argument extends Json>(
    inside: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result> {
    return runIn(this.marionette, PAGE, inside, argument);
  }

  async openBeside(url: string): Promise<InspectedTab> {
    this.#beside += 1;
    const name = `tabBeside${this.#beside}`;
    await this.marionette.inBrowser(
      `const tab = gBrowser.addTrustedTab(arguments[1]);
      gBrowser.selectedTab = tab;
      window[arguments[0]] = tab;
      return new Promise((resolve) => {
        const look = () => tab.linkedBrowser.currentURI.spec === arguments[1] &&
          !tab.linkedBrowser.webProgress.isLoadingDocument ? resolve(null) : setTimeout(look, 40);
        look();
      });`,
      name,
      url,
    );
    return {
      inPage: (inside, argument) => runIn(this.marionette, `window.${name}.linkedBrowser`, inside, argument),
      openDevTools: (title) => this.#openDevTools(name, title),
    };
  }

  openDevTools(title: string): Promise<Panel> {
    return this.#openDevTools('inspectedTab', title);
  }

  /** @param tab the name by which the main window keeps the tab. */
  async #openDevTools(tab: string, title: string): Promise<Panel> {
    await this.marionette.inBrowser(
      `const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs');
      const { gDevTools } = require('devtools/client/framework/devtools');
      const [title, hostType, tab, width, height] = arguments;
      const soon = () => new Promise((resolve) => setTimeout(resolve, 40));
      const inTime = async (what, ask) => {
        for (let tries = 0; tries < 500; tries += 1, await soon()) {
          const answer = await ask();
          if (answer) return answer;
        }
        throw new Error('Waited in vain for ' + what);
      };
      return (async () => {
        const toolbox = await gDevTools.showToolboxForTab(window[tab], { toolId: 'webconsole', hostType });
        const tool = await inTime('the panel to be registered', () =>
          toolbox.getAdditionalTools().find((each) => each.label === title));
        await toolbox.selectTool(tool.id);
        if (hostType === 'window') toolbox.win.top.resizeTo(width, height);
        const frame = () => toolbox.doc.getElementById('toolbox-panel-iframe-' + tool.id);
        window['panelOf ' + tab] = await inTime('the panel to load', () => {
          const browser = frame()?.contentDocument?.querySelector('browser');
          return browser?.currentURI?.scheme === 'moz-extension' && !browser.webProgress?.isLoadingDocument && browser;
        });
        window['toolboxOf ' + tab] = toolbox;
      })();`,
      title,
      this.options.dock === 'undocked' ? 'window' : this.options.dock,
      tab,
      this.options.width,
      this.options.height,
    );
    const toolbox = `window['toolboxOf ${tab}']`;
    return this.#panel(`window['panelOf ${tab}']`, toolbox, `return ${toolbox}.destroy().then(() => null)`);
  }

  #panelInTab(tab: string): Panel {
    return this.#panel(`${tab}.linkedBrowser`, 'undefined', `gBrowser.removeTab(${tab})`);
  }

  /** Three expressions in the main window: the panel's `<browser>`, its toolbox, and what closes it. */
  #panel(browser: string, toolbox: string, close: string): Panel {
    const tools = new FirefoxTools(this.marionette, toolbox);
    return new FirefoxPanel(this.marionette, browser, tools, () => this.marionette.inBrowser(close));
  }

  async openPanelPage(path = '/panel/index.html'): Promise<Panel> {
    this.#pages += 1;
    const name = `panelPageTab${this.#pages}`;
    await this.marionette.inBrowser(
      `const host = WebExtensionPolicy.getByID(arguments[0]).mozExtensionHostname;
      const tab = gBrowser.addTrustedTab('moz-extension://' + host + arguments[1]);
      // What lies in the background is never painted.
      gBrowser.selectedTab = tab;
      window[arguments[2]] = tab;
      return new Promise((resolve) => {
        const look = () => tab.linkedBrowser.currentURI.scheme === 'moz-extension' &&
          !tab.linkedBrowser.webProgress.isLoadingDocument ? resolve(null) : setTimeout(look, 40);
        look();
      });`,
      this.extension,
      path,
      name,
    );
    return this.#panelInTab(`window.${name}`);
  }

  async moveToNewWindow(): Promise<void> {
    await this.marionette.inBrowser(
      `// The only tab of a window has nowhere to go.
      gBrowser.addTrustedTab('about:blank');
      const started = 'browser-delayed-startup-finished';
      return new Promise((resolve) => {
        const moved = gBrowser.replaceTabWithWindow(window.inspectedTab);
        Services.obs.addObserver(function look(subject) {
          if (subject !== moved) return;
          Services.obs.removeObserver(look, started);
          window.inspectedTab = moved.gBrowser.selectedTab;
          resolve(null);
        }, started);
      });`,
    );
  }

  async allowPrivateWindows(): Promise<void> {
    await this.marionette.inBrowser(
      `const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
      const allowed = { permissions: ['internal:privateBrowsingAllowed'], origins: [] };
      return ExtensionPermissions.add(arguments[0], allowed).then(() => null);`,
      this.extension,
    );
    await this.reloadExtension();
  }

  async takeBackSites(): Promise<void> {
    await this.marionette.inBrowser(
      `const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
      const { extension } = WebExtensionPolicy.getByID(arguments[0]);
      const sites = { permissions: [], origins: ['<all_urls>'] };
      return ExtensionPermissions.remove(arguments[0], sites, extension).then(() => null);`,
      this.extension,
    );
  }

  async permissionPage(): Promise<Panel> {
    await until('the page that asks for access', () =>
      this.marionette.inBrowser(
        `const asks = ({ linkedBrowser }) => linkedBrowser.currentURI.spec.includes('/permission.html');
        window.permissionTab = gBrowser.tabs.find((tab) => asks(tab) && !tab.linkedBrowser.webProgress.isLoadingDocument);
        return window.permissionTab !== undefined;`,
      ),
    );
    return this.#panelInTab('window.permissionTab');
  }

  async killBackground(): Promise<void> {
    await this.marionette.inBrowser(
      `return WebExtensionPolicy.getByID(arguments[0]).extension
        .terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true }).then(() => null);`,
      this.extension,
    );
  }

  async reloadExtension(): Promise<void> {
    await this.marionette.inBrowser(
      `const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
      return (async () => {
        await (await AddonManager.getAddonByID(arguments[0])).reload();
        await WebExtensionPolicy.getByID(arguments[0]).extension.promiseBackgroundStarted?.();
        return null;
      })();`,
      this.extension,
    );
  }

  async endProcessOf(origin: string): Promise<void> {
    const id = await this.marionette.inBrowser(
      `const frames = window.inspectedTab.linkedBrowser.browsingContext.getAllBrowsingContextsInSubtree();
      return frames.find(({ currentURI }) => currentURI.spec.startsWith(arguments[0] + '/'))?.currentWindowGlobal.osPid ?? 0;`,
      origin,
    );
    if (typeof id !== 'number' || id <= 0) throw new Error(`There is no frame of ${origin}.`);
    process.kill(id, 'SIGKILL');
  }

  async uncaughtErrors(): Promise<readonly UncaughtError[]> {
    const found = await this.marionette.inBrowser(
      `const host = 'moz-extension://' + WebExtensionPolicy.getByID(arguments[0]).mozExtensionHostname;
      const where = (source) => source.startsWith(host)
        ? (source.includes('panel') ? 'panel' : 'background')
        : /^https?:\\/\\/(localhost|127\\.0\\.0\\.1)[:/]/.test(source) ? 'page' : null;
      return Services.console.getMessageArray()
        .filter((message) => message instanceof Ci.nsIScriptError)
        .filter((error) => (error.flags & Ci.nsIScriptError.warningFlag) === 0 && error.category.includes('javascript'))
        .map((error) => ({ where: where(error.sourceName), message: error.errorMessage + ' ' + error.sourceName + ':' + error.lineNumber + ':' + error.columnNumber }))
        .filter((error) => error.where !== null);`,
      this.extension,
    );
    return found as readonly UncaughtError[];
  }

  async quit(): Promise<string> {
    // The answer may never come: the browser ends while it says so.
    this.marionette.send('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => undefined);
    const late = setTimeout(() => this.program.kill('SIGKILL'), 10_000);
    await this.closed;
    clearTimeout(late);
    this.marionette.close();
    const profile = join(this.home, 'profile');
    keepStartCache(profile);
    return profile;
  }

  async close(): Promise<void> {
    await this.quit();
    await removeProfile(this.home);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

import { writeFileSync } from 'node:fs';
import {
  type BrowserTools,
  callText,
  type Download,
  type Json,
  type Panel,
  type Place,
} from './inspected-browser.ts';
import type { Marionette } from './marionette.ts';
import { pathsOfPlace } from './roles-in-page.ts';
import { until } from './until.ts';

/** Gives the remote control's actor in the document that a `<browser>` of the main window shows. */
const ACTOR = (browser: string) =>
  `const actor = ${browser}.browsingContext.currentWindowGlobal.getActor('MarionetteCommands');`;

/** Runs a function in the document of a `<browser>`, named by an expression in the main window. */
export async function runIn<Result, Argument extends Json>(
  marionette: Marionette,
  browser: string,
  inside: (argument: Argument) => Result | Promise<Result>,
  argument: Argument,
): Promise<Result> {
  return (await runScriptIn(marionette, browser, `return ${callText(inside, argument)}`)) as Result;
}

/** Runs the text of a script in the document of a `<browser>` and gives what it returns, promises awaited. */
async function runScriptIn(marionette: Marionette, browser: string, script: string): Promise<unknown> {
  // As JSON text: what the remote control does to objects on the way is its own affair.
  const asText = `return (async () => { ${script}\n})().then((result) => JSON.stringify(result ?? null));`;
  const text = await marionette.inBrowser(
    `${ACTOR(browser)}
    return actor.executeScript(arguments[0], [], { timeout: 600000, sandboxName: null, newSandbox: false, async: false });`,
    asText,
  );
  return JSON.parse(String(text));
}

/**
 * The panel in Firefox. It lies in a remote `<browser>` of the toolbox which no frame switch reaches, so every act goes
 * through the remote control's own actor in that document: clicks and keys are real ones.
 */
export class FirefoxPanel implements Panel {
  #marks = 0;

  constructor(
    private readonly marionette: Marionette,
    /** Where the main window keeps the panel's `<browser>`, as an expression. */
    private readonly browser: string,
    readonly tools: BrowserTools,
    private readonly closeHost: () => Promise<unknown>,
  ) {}

  evaluate<Result, Argument extends Json>(
    inside: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result> {
    return runIn(this.marionette, this.browser, inside, argument);
  }

  run(script: string): Promise<unknown> {
    return runScriptIn(this.marionette, this.browser, script);
  }

  async click(...place: Place): Promise<void> {
    await this.#act(place, 'return actor.clickElement(element, capabilities).then(() => null)');
  }

  async fill(text: string, ...place: Place): Promise<void> {
    await this.#act(place, 'return actor.clearElement(element).then(() => null)');
    if (text !== '')
      await this.#act(
        place,
        'return actor.sendKeysToElement(element, arguments[1], capabilities).then(() => null)',
        text,
      );
  }

  async press(key: string): Promise<void> {
    await this.marionette.inBrowser(
      `${ACTOR(this.browser)}
      const capabilities = { toJSON: () => ({ 'moz:accessibilityChecks': false }) };
      return (async () => {
        const element = await actor.findElement('css selector', ':focus, body', { all: false, timeout: 3000 });
        await actor.sendKeysToElement(element, arguments[0], capabilities);
        return null;
      })();`,
      webdriverKeys(key),
    );
  }

  async text(...place: Place): Promise<string> {
    const path = await this.#path(place);
    return this.evaluate((css) => document.querySelector(css)?.textContent ?? '', path);
  }

  async attribute(attribute: string, ...place: Place): Promise<string | null> {
    const path = await this.#path(place);
    return this.evaluate(({ css, name }) => document.querySelector(css)?.getAttribute(name) ?? null, {
      css: path,
      name: attribute,
    });
  }

  async count(...place: Place): Promise<number> {
    return (await this.#paths(place)).length;
  }

  async download(...place: Place): Promise<Download> {
    const before = await this.#downloads();
    await this.click(...place);
    const path = await until('the download to be saved', async () =>
      (await this.#downloads()).find((each) => !before.includes(each)),
    );
    return { name: path.slice(path.lastIndexOf('/') + 1), path };
  }

  async importFile(path: string, into = '#import'): Promise<void> {
    await this.#actOn(into, SEND_KEYS, path);
  }

  async heap(): Promise<null> {
    return null;
  }

  async screenshot(path: string): Promise<void> {
    const shot = await this.marionette.send('WebDriver:TakeScreenshot', { full: false });
    writeFileSync(path, Buffer.from((shot as { readonly value: string }).value, 'base64'));
  }

  async close(): Promise<void> {
    await this.closeHost();
  }

  async #downloads(): Promise<string[]> {
    const paths = await this.marionette.inBrowser(
      `const { Downloads } = ChromeUtils.importESModule('resource://gre/modules/Downloads.sys.mjs');
      return (async () => {
        const all = await (await Downloads.getList(Downloads.ALL)).getAll();
        return all.filter((each) => each.succeeded).map((each) => each.target.path);
      })();`,
    );
    return paths as string[];
  }

  #paths(place: Place): Promise<string[]> {
    return this.evaluate(pathsOfPlace, place);
  }

  /** The one element a place names, as soon as it is there. */
  #path(place: Place): Promise<string> {
    return until(`the ${describe(place)}`, async () => {
      const paths = await this.#paths(place);
      if (paths.length > 1) throw new Error(`${paths.length} parts are called so`);
      return paths[0];
    });
  }

  /**
   * The element itself is marked where it is found: the panel may draw its place anew before it is acted on, and a path would
   * then lead to another one. Looks for the place again where the element has gone: nothing was done then.
   */
  async #act(place: Place, script: string, ...parameters: readonly unknown[]): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#actOn(await this.#marked(place), script, ...parameters);
      } catch (error) {
        const gone = error instanceof Error && error.message.includes('Unable to locate element');
        if (!gone || tries === 5) throw error;
      }
    }
  }

  /** A selector of the one element a place names, as soon as it is there. */
  #marked(place: Place): Promise<string> {
    this.#marks += 1;
    const mark = `${this.#marks}`;
    const find = `const paths = ${callText(pathsOfPlace, place as unknown as Json)};
      if (paths.length === 1) document.querySelector(paths[0]).setAttribute('data-driven', '${mark}');
      return paths.length;`;
    return until(`the ${describe(place)}`, async () => {
      const found = Number(await this.run(find));
      if (found > 1) throw new Error(`${found} parts are called so`);
      return found === 1 && `[data-driven="${mark}"]`;
    });
  }

  async #actOn(css: string, script: string, ...parameters: readonly unknown[]): Promise<void> {
    await this.marionette.inBrowser(
      `${ACTOR(this.browser)}
      const capabilities = { toJSON: () => ({ 'moz:accessibilityChecks': false, 'moz:webdriverClick': true }) };
      const given = arguments;
      return (async () => {
        const element = await actor.findElement('css selector', given[0], { all: false, timeout: 3000 });
        ${script.replaceAll('arguments', 'given')}
      })();`,
      css,
      ...parameters,
    );
  }
}

const SEND_KEYS = 'return actor.sendKeysToElement(element, arguments[1], capabilities).then(() => null)';

/** `Control+f`: WebDriver holds a modifier to the end of what is sent. */
function webdriverKeys(key: string): string {
  const parts = key.length > 1 ? key.split('+') : [key];
  return parts.map((part) => WEBDRIVER_KEYS[part] ?? part).join('');
}

/** The code points by which WebDriver names the keys that are no characters. */
const WEBDRIVER_KEYS: Readonly<Record<string, string>> = {
  Enter: '\uE007',
  Escape: '\uE00C',
  Tab: '\uE004',
  Home: '\uE011',
  End: '\uE010',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  F3: '\uE033',
  Shift: '\uE008',
  Control: '\uE009',
};

function describe(place: Place): string {
  return place
    .map((part) =>
      'css' in part ? part.css : part.name === undefined ? part.role : `${part.role} "${part.name}"`,
    )
    .join(', in it ');
}

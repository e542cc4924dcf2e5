import type { Frame, Locator, Page } from 'playwright-core';
import { ChromiumTools } from './chromium-tools.ts';
import { heapOf } from './heap.ts';
import { type BrowserTools, callText, type Json, type Panel, type Place } from './inspected-browser.ts';

/** The panel in a window of Chromium's DevTools, or in a tab of its own: the frame is looked for anew at each use. */
export class ChromiumPanel implements Panel {
  readonly tools: BrowserTools;

  constructor(
    private readonly window: Page,
    private readonly findFrame: () => Frame | undefined,
  ) {
    this.tools = new ChromiumTools(window);
  }

  get #frame(): Frame {
    const frame = this.findFrame();
    if (!frame) throw new Error('The panel is gone from the DevTools.');
    return frame;
  }

  async evaluate<Result, Argument extends Json>(
    inside: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result> {
    return (await this.#frame.evaluate(callText(inside, argument))) as Result;
  }

  run(script: string): Promise<unknown> {
    return this.#frame.evaluate(`(async () => { ${script}\n})()`);
  }

  click(...place: Place): Promise<void> {
    return this.#locate(place).click();
  }

  fill(text: string, ...place: Place): Promise<void> {
    return this.#locate(place).fill(text);
  }

  press(key: string): Promise<void> {
    return this.window.keyboard.press(key);
  }

  async text(...place: Place): Promise<string> {
    return (await this.#locate(place).textContent()) ?? '';
  }

  attribute(attribute: string, ...place: Place): Promise<string | null> {
    return this.#locate(place).getAttribute(attribute);
  }

  count(...place: Place): Promise<number> {
    return this.#locate(place).count();
  }

  async download(...place: Place): Promise<{ name: string; path: string }> {
    const [download] = await Promise.all([this.window.waitForEvent('download'), this.click(...place)]);
    return { name: download.suggestedFilename(), path: await download.path() };
  }

  async importFile(path: string, into = '#import'): Promise<void> {
    await this.#frame.locator(into).setInputFiles(path);
  }

  async heap(): Promise<number> {
    return heapOf(await this.window.context().newCDPSession(this.#frame));
  }

  async screenshot(path: string): Promise<void> {
    await this.window.screenshot({ path });
  }

  async close(): Promise<void> {
    await this.window.close();
  }

  #locate(place: Place): Locator {
    let within: Locator | Frame = this.#frame;
    for (const part of place) {
      if ('css' in part) {
        within = within.locator(part.css);
        continue;
      }
      const { role, name, nth } = part;
      const found: Locator = within.getByRole(
        role as Parameters<Frame['getByRole']>[0],
        name === undefined ? {} : { name, exact: true },
      );
      within = nth === undefined ? found : found.nth(nth);
    }
    return within as Locator;
  }
}

/**
 * What a frame pays before any chat: script time and heap of a page with many empty frames, in browsers that differ only
 * in which content scripts they have.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CDPSession, chromium } from 'playwright-core';
import { findChromium } from '../../scripts/browser/find-chromium.ts';

/** Which of the extension's two scripts run; the others are empty ones. */
export type Scripts = 'none' | 'main' | 'isolated' | 'both';
export const SCRIPTS: readonly Scripts[] = ['none', 'main', 'isolated', 'both'];

/** Of one frame, as the browser counts. */
export interface FrameCost {
  /** Milliseconds of script. */
  readonly script: number;
  /** Bytes of heap after a collection. */
  readonly heap: number;
}

export interface FramedBrowser {
  /** Loads the page anew, makes the frames in it, and gives what one of them costs. */
  round(): Promise<FrameCost>;
  close(): Promise<void>;
}

/** So many frames are made at once, so that what a frame costs stands out of what the page costs. */
export const FRAMES = 60;

/** The extension with only some of its scripts; an empty one runs in place of each that is left out. */
function extensionWith(scripts: Scripts, extension: string): string {
  const folder = mkdtempSync(join(tmpdir(), `chat-inspector-${scripts}-`));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  cpSync(extension, folder, { recursive: true });
  const { content_scripts: entries } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  for (const { js, world } of entries) {
    const runs = scripts === 'both' || scripts === (world === 'MAIN' ? 'main' : 'isolated');
    if (!runs) for (const file of js) writeFileSync(join(folder, file), '');
  }
  return folder;
}

/** A browser of its own at a page that is empty. */
export async function launchFramed(scripts: Scripts, extension: string, url: string): Promise<FramedBrowser> {
  const context = await chromium.launchPersistentContext('', {
    executablePath: await findChromium(),
    viewport: null,
    ignoreDefaultArgs: ['--disable-extensions', '--disable-back-forward-cache'],
    args: [
      '--enable-unsafe-extension-debugging',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  const protocol = await context.browser()?.newBrowserCDPSession();
  await protocol?.send('Extensions.loadUnpacked', { path: extensionWith(scripts, extension) });
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(url);
  const session = await context.newCDPSession(page);
  // CPU time: what others do on the machine meanwhile is not counted.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return {
    close: () => context.close(),
    round: async () => {
      await page.goto(url);
      const before = await costOf(session);
      await page.evaluate(makeFrames, FRAMES);
      const after = await costOf(session);
      return { script: (after.script - before.script) / FRAMES, heap: (after.heap - before.heap) / FRAMES };
    },
  };
}

async function makeFrames(count: number): Promise<void> {
  for (let n = 0; n < count; n++) document.body.append(document.createElement('iframe'));
}

/** Milliseconds of script so far, and bytes of heap that are reachable. */
async function costOf(session: CDPSession): Promise<FrameCost> {
  // What the first collection lets go of is freed by the second.
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (name: string): number => {
    const value = metrics.find((each) => each.name === name)?.value;
    if (value === undefined) throw new Error(`Chromium does not say ${name}.`);
    return value;
  };
  return { script: metric('ScriptDuration') * 1000, heap: metric('JSHeapUsedSize') };
}

import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'vite';
import { findChromium } from '../../../scripts/browser/find-chromium.ts';
import { until } from '../../../scripts/browser/until.ts';
import { altered, type SavedPage, servePlain } from './plain-page.ts';
import { projectFolder } from './playwright-run.ts';

/** How a page behaved whose servers were the handlers. */
export interface PlayedPage {
  /** What the page's panels of conversation show, line by line. */
  readonly shown: readonly string[];
  readonly sent: readonly string[];
  readonly steps: readonly string[];
  readonly unexpected: readonly string[];
}

const START = `import { setupWorker } from 'msw/browser';
import { handlers, STEPS, sent, unexpected } from './handlers.ts';
Object.assign(globalThis, { played: { sent, steps: STEPS, unexpected } });
await setupWorker(...handlers).start({ quiet: true, onUnhandledRequest: 'bypass' });
const page = '/page/page.ts';
await import(/* @vite-ignore */ page);
`;

/** The page with MSW's worker and the handlers in it, before its own script. */
async function withHandlers(page: SavedPage, address: URL, handlers: string): Promise<SavedPage> {
  const folder = projectFolder();
  try {
    writeFileSync(join(folder.path, 'handlers.ts'), handlers);
    writeFileSync(join(folder.path, 'start.ts'), START);
    await build({
      root: folder.path,
      configFile: false,
      logLevel: 'error',
      build: {
        target: 'es2022',
        minify: false,
        rolldownOptions: {
          input: join(folder.path, 'start.ts'),
          output: { entryFileNames: 'start.js', format: 'es' },
        },
      },
    });
    const script = {
      type: 'text/javascript',
      text: readFileSync(join(folder.path, 'dist/start.js'), 'utf8'),
    };
    const worker = createRequire(import.meta.url).resolve('msw/mockServiceWorker.js');
    const text = readFileSync(worker, 'utf8');
    const document = address.pathname + address.search;
    return new Map([
      ...altered(page, document, 'src="/page/page.ts"', 'src="/start.js"'),
      ['/start.js', script],
      ['/mockServiceWorker.js', { type: 'text/javascript', text }],
    ]);
  } finally {
    folder.remove();
  }
}

/** Opens the page in Chromium with the handlers in place of its servers, until it has run to its end, or `patience` ms. */
export async function playWithHandlers(
  page: SavedPage,
  address: string,
  handlers: string,
  patience = 20_000,
): Promise<PlayedPage> {
  const url = new URL(address);
  const { chromium } = await import('playwright-core');
  const server = await servePlain(Number(url.port), await withHandlers(page, url, handlers));
  const browser = await chromium.launch({ executablePath: await findChromium() });
  try {
    const tab = await browser.newPage();
    await tab.goto(address);
    await until(
      'the page to run to its end',
      () => tab.evaluate(() => document.documentElement.dataset.done === 'true'),
      patience,
    ).catch(() => {});
    return await tab.evaluate(() => {
      const { played } = globalThis as unknown as { played: Omit<PlayedPage, 'shown'> };
      const lines = document.querySelectorAll<HTMLElement>('.log li');
      return { ...played, shown: Array.from(lines, (line) => line.textContent) };
    });
  } finally {
    await browser.close();
    await server.close();
  }
}

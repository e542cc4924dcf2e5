/**
 * Pictures of every view for whoever designs the panel: `npx tsx scripts/panel-shots.ts BUILD [OUT]`, where BUILD is a
 * folder with `panel/index.html` as `vite build --outDir BUILD` writes it. Imports a made-up trace by the Import
 * button, as a person would, and says what axe finds.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join, normalize } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { sampleTrace } from '../src/analysis/testing/sample-trace.ts';
import { writeTrace } from '../src/trace/ndjson.ts';

const [build = 'dist/chrome', out = '/tmp/panel-shots'] = process.argv.slice(2);
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const server = createServer(async (request, response) => {
  const path = normalize(new URL(request.url ?? '/', 'http://x').pathname);
  try {
    const bytes = await readFile(join(build, path));
    response
      .writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' })
      .end(bytes);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = server.address();
const port = typeof address === 'object' && address ? address.port : 0;
await mkdir(out, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const trace = Buffer.from([...writeTrace(sampleTrace())].join(''));

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1400, 700, 320]) {
    const page = await browser.newPage({
      viewport: { width, height: width === 320 ? 640 : 720 },
      colorScheme,
    });
    page.on('pageerror', (error) => console.log('PAGE ERROR', error.stack));
    page.on('console', (message) => {
      if (message.type() === 'error') console.log('CONSOLE', message.text());
    });
    await page.goto(`http://127.0.0.1:${port}/panel/index.html`);
    await photograph(page, `${colorScheme}-${width}`);
    await page.close();
  }
}
await browser.close();
server.close();

async function photograph(page: Page, name: string): Promise<void> {
  const shot = async (view: string) => {
    await page.screenshot({ path: join(out, `${name}-${view}.png`) });
    if (!name.startsWith('light-700')) await audit(page, `${name}-${view}`);
  };
  await page.getByRole('grid', { name: 'Timeline' }).waitFor();
  await shot('empty');
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByLabel('URLs that contain').fill('/relay/poll\n*');
  await shot('settings');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const focused = await page.evaluate('document.activeElement?.getAttribute("aria-label")');
  if (focused !== 'Settings') console.log(name, 'the focus went to', focused);
  await importFile(
    page,
    'broken.ndjson',
    Buffer.from('{"format":"chat-inspector-trace","version":1,"created":"'),
  );
  await page.getByRole('alert').waitFor();
  await shot('damaged');
  await importFile(page, 'support-case.ndjson', trace);
  await page.locator('[data-seq="0"], [data-seq="30"]').first().waitFor();
  await shot('timeline');
  await page.getByRole('grid').focus();
  await page.keyboard.press('Home');
  await page.locator('[data-seq="11"]').first().click();
  for (const tab of ['Decoded', 'Raw', 'Exchange']) {
    await page.getByRole('tab', { name: tab }).click();
    await shot(`details-${tab.toLowerCase()}`);
  }
  await page.getByRole('tab', { name: 'State machine' }).click();
  await shot('machine-then');
  await page.getByRole('button', { name: 'Now' }).click();
  await page
    .getByLabel('Session', { exact: true })
    .selectOption({ index: -1 + (await page.locator('option').count()) });
  await shot('machine-now');
  await page.getByRole('tab', { name: 'Problems' }).click();
  await shot('problems');
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await page.getByRole('searchbox', { name: 'Filter' }).fill('message -typing');
  await shot('filter');
}

async function importFile(page: Page, name: string, buffer: Buffer): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Import' }).click();
  await (await chooser).setFiles({ name, mimeType: 'application/x-ndjson', buffer });
}

async function audit(page: Page, name: string): Promise<void> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe);
  const faults = await page.evaluate<string[]>(
    `axe.run().then(({violations}) => violations.flatMap((rule) => rule.nodes.map((node) => rule.id + ' ' + node.target + ' ' + node.failureSummary.split('\\n').slice(1,2))))`,
  );
  for (const fault of faults.slice(0, 6)) console.log(name, 'AXE', fault);
}

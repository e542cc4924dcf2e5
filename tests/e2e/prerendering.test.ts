import { expect, onTestFinished, test } from 'vitest';
import { bundleFor } from '../../scripts/browser/launch.ts';
import { launchUndebugged, type UndebuggedPanel } from '../../scripts/browser/undebugged-chromium.ts';
import { until } from '../../scripts/browser/until.ts';
import { bundleFolder } from '../../scripts/build/bundle-folder.ts';
import { chatText, startHookServer } from '../hook/server.ts';
import { BROWSER, inspection, PANEL_TITLE } from './harness/inspection.ts';

/** A script that posts a text of chat. */
const post = (msg: string): string =>
  `fetch('/relay', { method: 'POST', body: ${JSON.stringify(chatText(msg))} })`;

test('a page that the browser prepares is a document of its own, and the tab’s only once it is shown', async () => {
  if (BROWSER === 'firefox') {
    const { browser, demo } = await inspection();
    await browser.open(demo.url);
    // Firefox prepares none; when it does, this test is for it too.
    return expect(await browser.inPage(() => 'prerendering' in document, null)).toBe(false);
  }
  const server = await startHookServer();
  onTestFinished(() => server.close());
  const chromium = await launchUndebugged(bundleFolder(bundleFor('chromium')));
  onTestFinished(() => chromium.close());

  const chat = `if (document.prerendering) ${post('prepared')};
    document.addEventListener('prerenderingchange', () => ${post('shown')});`;
  const ahead = `${server.origin}/page/ahead?run=${encodeURIComponent(chat)}`;
  const rules = { prerender: [{ source: 'list', urls: [ahead], eagerness: 'immediate' }] };
  const first = `${post('first')};
    globalThis.prepare = () => {
      const rules = document.createElement('script');
      rules.type = 'speculationrules';
      rules.textContent = ${JSON.stringify(JSON.stringify(rules))};
      document.head.append(rules);
    };`;
  const panel = await chromium.open(
    `${server.origin}/page/first?run=${encodeURIComponent(first)}`,
    PANEL_TITLE,
  );
  await shows(panel, ['first']);
  // What belongs to a page that the tab no longer shows goes.
  await panel.evaluate(() => document.querySelector<HTMLElement>('.tool-switch input')?.click(), null);

  await inPage(panel, 'prepare()');
  await shows(panel, ['first', 'prepared']);
  // A new frame has the panel ask the tab's documents anew.
  await inPage(
    panel,
    `document.body.append(Object.assign(document.createElement('iframe'), { src: '/page/frame' }))`,
  );
  await until('the frame in the list', async () => (await frames(panel)).includes('/page/frame'));
  await shows(panel, ['first', 'prepared']);
  expect(await frames(panel)).toContain('/page/first');

  await inPage(panel, `location.href = ${JSON.stringify(ahead)}`);
  await shows(panel, ['prepared', 'shown']);
  await until('the page alone in the list', async () => {
    const listed = (await frames(panel)).join();
    if (listed !== '/page/ahead') throw new Error(`it lists ${listed}`);
    return true;
  });
  expect(server.heard).toEqual(['first', 'prepared', 'shown'].map((msg) => `/relay ${chatText(msg)}`));
});

function inPage(panel: UndebuggedPanel, script: string): Promise<unknown> {
  return panel.evaluate(
    (text) =>
      new Promise<null>((resolve) => {
        // Beside the driver's back: by the panel's own means.
        const { devtools } = (globalThis as unknown as { chrome: typeof chrome }).chrome;
        devtools.inspectedWindow.eval(text, () => resolve(null));
      }),
    script,
  );
}

/** Waits until the timeline shows exactly these messages, in this order, however many rows each has. */
async function shows(panel: UndebuggedPanel, messages: readonly string[]): Promise<void> {
  let shown: string[] = [];
  await until('the messages', async () => {
    shown = await panel.evaluate(
      () =>
        [...document.querySelectorAll('[role=row][data-seq]')].flatMap(
          (row) => /first|prepared|shown/.exec(row.textContent ?? '')?.[0] ?? [],
        ),
      null,
    );
    return [...new Set(shown)].join() === messages.join();
  }).catch(() => undefined); // The comparison says it better.
  expect([...new Set(shown)]).toEqual(messages);
}

/** The paths in the list of frames, which is opened for it. */
function frames(panel: UndebuggedPanel): Promise<string[]> {
  return panel.evaluate(async () => {
    const button = document.querySelector<HTMLElement>('button[aria-label^=Frames]');
    button?.click();
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const paths = [...document.querySelectorAll('.frame-path')].map((each) => each.textContent ?? '');
    button?.click();
    return paths;
  }, null);
}

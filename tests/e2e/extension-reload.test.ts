import { expect, test } from 'vitest';
import { until } from '../../scripts/browser/until.ts';
import { hooked, observations, openPanel, unbroken } from '../hook/hooked.ts';
import { chatText } from '../hook/server.ts';
import { BROWSER } from './harness/inspection.ts';

/** In the page: posts chat and waits for its echo. */
const post = async ({ url, body }: { url: string; body: string }): Promise<void> => {
  await (await fetch(url, { method: 'POST', body })).text();
};

const bodies = (all: Awaited<ReturnType<typeof observations>>): string[] =>
  all.flatMap((each) => (each.kind === 'request' ? [each.body?.data ?? ''] : []));

test('after the extension was reloaded the open page goes on undisturbed, and the panel says what to do', async () => {
  const { browser, server } = await hooked();
  const chat = (msg: string) => browser.inPage(post, { url: `${server.origin}/relay`, body: chatText(msg) });
  await browser.open(`${server.origin}/page`);
  const first = await openPanel(browser);
  await chat('before');
  await observations(first, 'the first exchange', (all) => all.some(({ kind }) => kind === 'end'));
  await first.close();
  await browser.reloadExtension();
  await chat('after the reload');

  const panel = await openPanel(browser);
  if (BROWSER === 'chromium') {
    // Its relay is an orphan there: only a load of the page brings a new one.
    await until('the panel to say so', async () =>
      (await panel.text({ css: '.app' })).includes('Reload the page to continue'),
    );
    await chat('unseen by the hook');
    await browser.open(`${server.origin}/page?again`);
  }
  await chat('seen');
  // In Firefox both scripts ran again in the open page, which must not make anything double. In Chromium the orphan's
  // requests are those that the open DevTools have reported, once there is a hook again to compare them with.
  const expected =
    BROWSER === 'firefox' ? ['before', 'after the reload', 'seen'] : ['seen', 'unseen by the hook'];
  const seen = await observations(panel, 'the new exchange', (all) => bodies(all).length === expected.length);
  expect(bodies(seen)).toEqual(expected.map(chatText));
  const reported = seen.filter(({ source }) => source === 'devtools.network');
  expect(bodies(reported)).toEqual(BROWSER === 'firefox' ? [] : [chatText('unseen by the hook')]);
  expect(unbroken(seen)).toBe(true);
  expect((await panel.text({ css: '.app' })).includes('Reload the page to continue')).toBe(false);
  expect(server.heard.filter((line) => line.startsWith('/relay'))).toHaveLength(
    BROWSER === 'chromium' ? 4 : 3,
  );
});

test('a page that chats through the reload of the extension is not disturbed by it', async () => {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page`);
  const done = browser.inPage(
    async ({ url, text }) => {
      const problems: string[] = [];
      addEventListener('error', ({ message }) => problems.push(message));
      addEventListener('unhandledrejection', ({ reason }) => problems.push(String(reason)));
      const socket = new WebSocket(url);
      await new Promise((resolve) => socket.addEventListener('open', resolve));
      let heard = 0;
      socket.addEventListener('message', () => {
        heard += 1;
      });
      (window as unknown as { stop(): void }).stop = () => socket.close();
      const timer = setInterval(() => {
        if (socket.readyState === WebSocket.OPEN) socket.send(text);
      }, 10);
      await new Promise((resolve) => socket.addEventListener('close', resolve));
      clearInterval(timer);
      return { heard, problems };
    },
    { url: `${server.origin.replace('http', 'ws')}/rt`, text: chatText('on and on') },
  );
  const heardSoFar = () => server.heard.length;
  const goesOn = (from: number) => until('more of the chat', () => heardSoFar() > from + 20);
  await goesOn(0);
  await browser.reloadExtension();
  await goesOn(heardSoFar());
  await browser.reloadExtension();
  await goesOn(heardSoFar());
  await browser.inPage(() => (window as unknown as { stop(): void }).stop(), null);
  const { heard, problems } = await done;
  expect(problems).toEqual([]);
  expect(heard).toBeGreaterThan(60);
});

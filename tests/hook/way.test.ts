import { expect, test } from 'vitest';
import { until } from '../../scripts/browser/until.ts';
import { hooked, messagesIn, observations, openPanel, unbroken } from './hooked.ts';
import { chatText } from './server.ts';

/** In the page: opens a socket, says texts over it, and resolves when all came back. */
const chatOverSocket = async ({ url, texts }: { url: string; texts: string[] }): Promise<number> => {
  const socket = new WebSocket(url);
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  let heard = 0;
  await new Promise<void>((resolve) => {
    socket.addEventListener('message', () => {
      heard += 1;
      if (heard === texts.length) resolve();
    });
    for (const text of texts) socket.send(text);
  });
  return heard;
};

const socketUrl = (origin: string): string => `${origin.replace('http', 'ws')}/rt`;

test('a flood arrives whole while the background is killed again and again', async () => {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page`);
  const panel = await openPanel(browser);
  // Both ways fit into the ring, so that nothing may be lost however slow the machine is.
  const count = 2_400;
  const done = browser.inPage(
    ({ url, total }) =>
      new Promise<void>((resolve) => {
        const socket = new WebSocket(url);
        let said = 0;
        let heard = 0;
        const timer = setInterval(() => {
          if (socket.readyState !== WebSocket.OPEN) return;
          for (let i = 0; i < 40 && said < total; i++, said++) {
            socket.send(JSON.stringify({ event: 'chat_session_message', msg: `Message ${said}` }));
          }
          if (said === total) clearInterval(timer);
        }, 20);
        socket.addEventListener('message', () => {
          heard += 1;
          if (heard === total) resolve();
        });
      }),
    { url: socketUrl(server.origin), total: count },
  );
  let flooding = true;
  let kills = 0;
  void done.then(() => {
    flooding = false;
  });
  while (flooding) {
    await browser.killBackground();
    kills += 1;
  }
  await done;
  expect(kills).toBeGreaterThan(1);
  const expected = Array.from({ length: count }, (_, at) => chatText(`Message ${at}`));
  const seen = await observations(panel, 'every message', (all) => messagesIn(all).length >= count);
  expect(messagesIn(seen, 'out')).toEqual(expected);
  expect(messagesIn(seen)).toEqual(expected);
  expect(unbroken(seen)).toBe(true);
});

test('a page that went into the back/forward cache and came back goes on in the same document', async () => {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page`);
  const panel = await openPanel(browser);
  const post = (msg: string) =>
    browser.inPage(
      async ({ url, body }) => {
        await (await fetch(url, { method: 'POST', body })).text();
      },
      { url: `${server.origin}/relay`, body: chatText(msg) },
    );
  await post('before');
  await observations(panel, 'the first exchange', (all) => all.some(({ kind }) => kind === 'end'));
  await browser.open(`${server.origin}/page/second`);
  await browser.inPage(() => history.back(), null);
  await until('the first page', () => browser.inPage(() => location.pathname === '/page', null));
  await post('after');
  const seen = await observations(
    panel,
    'both exchanges',
    (all) => all.filter(({ kind }) => kind === 'end').length === 2,
  );
  const phases = seen.flatMap((each) => (each.kind === 'document' ? [each.phase] : []));
  expect(phases).toEqual(['start', 'hidden', 'restored']);
  expect(new Set(seen.map(({ documentId }) => documentId)).size).toBe(1);
  expect(unbroken(seen)).toBe(true);
});

test('what a frame said just before it was removed is kept, panel open or not', async () => {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page`);
  const chatInFrame = (msg: string) =>
    browser.inPage(
      async ({ page, url, body }) => {
        const frame = document.createElement('iframe');
        frame.src = page;
        await new Promise((resolve) => {
          frame.addEventListener('load', resolve);
          document.body.append(frame);
        });
        const inside = frame.contentWindow;
        if (!inside) throw new Error('no window');
        inside.addEventListener('pagehide', () => {
          inside.navigator.sendBeacon(url, body.replace('"msg":"', '"msg":"beacon of '));
        });
        const xhr = new (inside as typeof window & Window).XMLHttpRequest();
        xhr.open('POST', url, false);
        xhr.send(body);
        frame.remove();
      },
      { page: `${server.origin}/page/frame`, url: `${server.origin}/relay`, body: chatText(msg) },
    );
  await chatInFrame('recorded');
  const panel = await openPanel(browser);
  await chatInFrame('live');
  const requests = (all: Parameters<typeof unbroken>[0]) =>
    all.flatMap((each) => (each.kind === 'request' ? [each.body?.data] : []));
  const gone = (all: Parameters<typeof unbroken>[0]) =>
    all.filter((each) => each.kind === 'document' && each.phase === 'gone');
  const seen = await observations(
    panel,
    'four requests, and both ends',
    (all) => requests(all).length >= 4 && gone(all).length >= 2,
  );
  expect(requests(seen)).toEqual([
    chatText('recorded'),
    chatText('beacon of recorded'),
    chatText('live'),
    chatText('beacon of live'),
  ]);
  expect(gone(seen)).toHaveLength(2);
  expect(unbroken(seen)).toBe(true);
});

test('documents of three navigations back are there, each as its own block', async () => {
  const { browser, server } = await hooked();
  for (const name of ['one', 'two', 'three', 'four']) {
    await browser.open(`${server.origin}/page/${name}`);
    await browser.inPage(chatOverSocket, { url: socketUrl(server.origin), texts: [chatText(name)] });
  }
  await browser.killBackground();
  const panel = await openPanel(browser);
  const seen = await observations(panel, 'all four', (all) => messagesIn(all).length === 4);
  expect(messagesIn(seen)).toEqual(['one', 'two', 'three', 'four'].map(chatText));
  expect(new Set(seen.map(({ documentId }) => documentId)).size).toBe(4);
  expect(unbroken(seen)).toBe(true);
});

test('an exception in a handler of a chat event is beside the event', async () => {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page`);
  const panel = await openPanel(browser);
  await browser.inPage(
    async ({ url, text }) => {
      // A script of the page's own: what a driver runs may report its errors elsewhere.
      const script = document.createElement('script');
      script.textContent = `
        const socket = new WebSocket(${JSON.stringify(url)});
        socket.onopen = () => socket.send(${JSON.stringify(text)});
        socket.onmessage = () => {
          setTimeout(() => {
            document.title = 'heard';
            throw new Error('unrelated, intended');
          });
          throw new Error('intended');
        };`;
      document.body.append(script);
    },
    { url: socketUrl(server.origin), text: chatText('hello') },
  );
  await until('the message', () => browser.inPage(() => document.title === 'heard', null));
  const seen = await observations(panel, 'the error', (all) => all.some(({ kind }) => kind === 'page-error'));
  const errors = seen.flatMap((each) => (each.kind === 'page-error' ? [each] : []));
  expect(errors.map(({ message }) => message)).toEqual([expect.stringMatching(/Error: intended$/)]);
  const during = seen.find((each) => each.seq === errors[0]?.during);
  expect(during).toMatchObject({ kind: 'frame', direction: 'in' });
});

test('a panel that is closed and opened again has everything once', async () => {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page`);
  const texts = (from: number) => Array.from({ length: 50 }, (_, at) => chatText(`Message ${from + at}`));
  const first = await openPanel(browser);
  await browser.inPage(chatOverSocket, { url: socketUrl(server.origin), texts: texts(0) });
  await first.close();
  await browser.inPage(chatOverSocket, { url: socketUrl(server.origin), texts: texts(50) });
  const panel = await openPanel(browser);
  await browser.inPage(chatOverSocket, { url: socketUrl(server.origin), texts: texts(100) });
  const seen = await observations(panel, 'every message', (all) => messagesIn(all).length >= 150);
  expect(messagesIn(seen)).toEqual([...texts(0), ...texts(50), ...texts(100)]);
  expect(unbroken(seen)).toBe(true);
});

test('a frame whose Window outlives its first empty document is tapped once', async () => {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page`);
  const panel = await openPanel(browser);
  await browser.inPage(
    async ({ page, url, body }) => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
      frame.src = page;
      await loaded;
      const inside = frame.contentWindow as typeof window;
      await (await inside.fetch(url, { method: 'POST', body })).text();
    },
    { page: `${server.origin}/page/frame`, url: `${server.origin}/relay`, body: chatText('once') },
  );
  const seen = await observations(panel, 'the exchange', (all) => all.some(({ kind }) => kind === 'end'));
  expect(seen.map(({ kind }) => kind)).toEqual(['document', 'request', 'response', 'body', 'end']);
});

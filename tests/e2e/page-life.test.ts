import { expect, test } from 'vitest';
import { until } from '../../scripts/browser/until.ts';
import type { Observation } from '../../src/observation/observation.ts';
import { hooked, line, messagesIn, observations, openPanel, unbroken } from '../hook/hooked.ts';
import { chatText } from '../hook/server.ts';
import { standingFrame } from './harness/flood.ts';
import { BROWSER } from './harness/inspection.ts';
import { readTimeline } from './harness/panel-view.ts';

/** In the page: opens a socket and says a text over it; resolves when it came back. The socket stays open. */
const chatOverSocket = async ({ url, text }: { url: string; text: string }): Promise<void> => {
  const socket = new WebSocket(url);
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  await new Promise((resolve) => {
    socket.addEventListener('message', resolve, { once: true });
    socket.send(text);
  });
};

const socketUrl = (origin: string): string => `${origin.replace('http', 'ws')}/rt`;

const phases = (all: readonly Observation[]): string[] =>
  all.flatMap((each) => (each.kind === 'document' ? [each.phase] : []));

test('a page with an open socket that goes away and comes back is seen once, with what happened to its socket', async () => {
  const { browser, server } = await hooked();
  const url = socketUrl(server.origin);
  await browser.open(`${server.origin}/page`);
  const panel = await openPanel(browser);
  await browser.inPage(
    async ({ address, text }) => {
      const socket = new WebSocket(address);
      await new Promise((resolve) => socket.addEventListener('open', resolve));
      await new Promise((resolve) => {
        socket.addEventListener('message', resolve, { once: true });
        socket.send(text);
      });
      // As a page does that wants to be kept: Firefox keeps none whose socket is still closing.
      socket.close(1000, 'leaving');
      await new Promise((resolve) => socket.addEventListener('close', resolve));
      (window as unknown as { kept: boolean }).kept = true;
    },
    { address: url, text: chatText('before') },
  );
  await browser.open(`${server.origin}/page/second`);
  await browser.inPage(chatOverSocket, { url, text: chatText('between') });
  // What is on its way when the background is killed comes again later, behind what the next page says.
  await observations(panel, 'the second page', (all) => messagesIn(all).length === 2);
  await browser.inPage(() => history.back(), null);
  await until('the first page', () => browser.inPage(() => location.pathname === '/page', null));
  // Not loaded again: it is the same document.
  expect(await browser.inPage(() => 'kept' in window, null)).toBe(true);
  await browser.killBackground();
  await browser.inPage(chatOverSocket, { url, text: chatText('after') });
  const seen = await observations(panel, 'all three', (all) => messagesIn(all).length === 3);
  expect(messagesIn(seen)).toEqual(['before', 'between', 'after'].map(chatText));
  const first = seen.filter(({ documentId }) => documentId === seen[0]?.documentId);
  expect(phases(first)).toEqual(['start', 'hidden', 'restored']);
  expect(first.filter(({ kind }) => kind === 'socket-close')).toHaveLength(1);
  expect(unbroken(seen)).toBe(true);
});

test('two DevTools on two tabs each see their own', async () => {
  const { browser, server } = await hooked();
  const url = socketUrl(server.origin);
  await browser.open(`${server.origin}/page/one`);
  const one = await openPanel(browser);
  const beside = await browser.openBeside(`${server.origin}/page/two`);
  const two = await beside.openDevTools('Chat');
  await browser.inPage(chatOverSocket, { url, text: chatText('one') });
  await beside.inPage(chatOverSocket, { url, text: chatText('two') });
  await browser.killBackground();
  await browser.inPage(chatOverSocket, { url, text: chatText('one again') });
  await beside.inPage(chatOverSocket, { url, text: chatText('two again') });
  const both = (all: readonly Observation[]) => messagesIn(all).length >= 2;
  expect(messagesIn(await observations(one, 'what the first tab said', both))).toEqual(
    ['one', 'one again'].map(chatText),
  );
  expect(messagesIn(await observations(two, 'what the second tab said', both))).toEqual(
    ['two', 'two again'].map(chatText),
  );
});

test('a tab that is moved to another window goes on being captured', async () => {
  const { browser, server } = await hooked();
  const url = socketUrl(server.origin);
  await browser.open(`${server.origin}/page/moved`);
  const before = await openPanel(browser);
  await browser.inPage(chatOverSocket, { url, text: chatText('before') });
  await browser.moveToNewWindow();
  // Firefox closes the toolbox of a tab that it moves.
  const panel = BROWSER === 'firefox' ? await openPanel(browser) : before;
  await browser.inPage(chatOverSocket, { url, text: chatText('after') });
  await browser.killBackground();
  await browser.inPage(chatOverSocket, { url, text: chatText('later') });
  const seen = await observations(panel, 'all three', (all) => messagesIn(all).length === 3);
  expect(messagesIn(seen)).toEqual(['before', 'after', 'later'].map(chatText));
  expect(new Set(seen.map(({ documentId }) => documentId)).size).toBe(1);
  expect(unbroken(seen)).toBe(true);
});

test('a document that says its last while the next one already speaks stands before it, once', async () => {
  const { browser, server } = await hooked();
  const url = socketUrl(server.origin);
  await browser.open(`${server.origin}/page/old`);
  const panel = await openPanel(browser);
  await browser.inPage(
    ({ address, text }) => {
      // The first chat of this document, and nothing but its last words can carry it.
      addEventListener('pagehide', () => navigator.sendBeacon(address, text));
    },
    { address: `${server.origin}/relay`, text: chatText('last of the old') },
  );
  const script = `{
    const socket = new WebSocket(${JSON.stringify(url)});
    socket.onopen = () => socket.send(${JSON.stringify(chatText('first of the new'))});
  }`;
  await browser.open(`${server.origin}/page/new?run=${encodeURIComponent(script)}`);
  const seen = await observations(panel, 'the new one', (all) => messagesIn(all).length === 1);
  expect(seen.flatMap((each) => (each.kind === 'request' ? [each.body?.data] : []))).toEqual([
    chatText('last of the old'),
  ]);
  const documents = [...new Set(seen.map(({ documentId }) => documentId))];
  expect(documents).toHaveLength(2);
  // No document is torn in two by the other.
  const order = seen.map(({ documentId }) => documents.indexOf(documentId));
  expect(order, seen.map(line).join('\n')).toEqual([...order].sort());
});

test('the background may die while documents come and go, and the panel may be closed meanwhile', async () => {
  const { browser, server } = await hooked();
  const url = socketUrl(server.origin);
  const texts = ['one', 'two', 'three', 'four', 'five'].map(chatText);
  for (const [at, text] of texts.entries()) {
    await browser.open(`${server.origin}/page/${at}`);
    // Firefox ends its background only when it is idle: by force, what it was just being told is lost with it.
    if (BROWSER === 'chromium') await browser.killBackground();
    await browser.inPage(chatOverSocket, { url, text });
    if (at === 2) {
      const panel = await openPanel(browser);
      await observations(panel, 'the first three', (all) => messagesIn(all).length === 3);
      await panel.close();
    }
  }
  const panel = await openPanel(browser);
  const seen = await observations(panel, 'all five', (all) => messagesIn(all).length === 5);
  expect(messagesIn(seen)).toEqual(texts);
  expect(unbroken(seen)).toBe(true);
});

/** A vendor's frame, which chats by itself; its host removes it as soon as it says that the chat has ended. */
const widget = (origin: string, msg: string): string =>
  `${origin}/page/widget?run=${encodeURIComponent(`{
    const socket = new WebSocket(${JSON.stringify(socketUrl(origin))});
    socket.onopen = () => socket.send(${JSON.stringify(chatText(msg))});
    socket.onmessage = () => parent.postMessage('ended', '*');
    addEventListener('pagehide', () => navigator.sendBeacon('/relay', ${JSON.stringify(chatText(`left ${msg}`))}));
  }`)}`;

/** In the page: shows the widget until it has ended. */
const visit = (address: string): Promise<void> =>
  new Promise((resolve) => {
    const frame = document.createElement('iframe');
    frame.src = address;
    addEventListener('message', ({ data }) => {
      if (data !== 'ended') return;
      frame.remove();
      resolve();
    });
    document.body.append(frame);
  });

test('a frame of another origin that was gone before the panel opened is a document of its own', async () => {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page/shop`);
  await standingFrame(browser, `${server.otherOrigin}/page/stays`);
  await browser.inPage(visit, widget(server.otherOrigin, 'first'));
  await browser.inPage(chatOverSocket, { url: socketUrl(server.origin), text: chatText('host') });
  await browser.inPage(visit, widget(server.otherOrigin, 'second'));
  // Firefox's background is ended by force: what it was just being told is lost with it.
  if (BROWSER === 'chromium') await browser.killBackground();
  const panel = await openPanel(browser);
  const posted = (all: readonly Observation[]) =>
    all.flatMap((each) => (each.kind === 'request' ? [each.body?.data] : []));
  const seen = await observations(
    panel,
    'all three, and two beacons',
    (all) => messagesIn(all).length === 3 && posted(all).length === 2,
  );
  expect(unbroken(seen)).toBe(true);
  expect(seen.filter(({ kind }) => kind === 'gap')).toEqual([]);
  // Each of another document, and nothing of it among another's. Those that live come after those that are gone.
  const documents = [...new Set(seen.map(({ documentId }) => documentId))];
  const order = seen.map(({ documentId }) => documents.indexOf(documentId));
  expect(order, seen.map(line).join('\n')).toEqual([...order].sort());
  const blocks = documents.map((id) => seen.filter(({ documentId }) => documentId === id));
  const said = blocks.map((block) => [...messagesIn(block, 'out'), ...posted(block)].join());
  expect([...said].sort()).toEqual([
    `${chatText('first')},${chatText('left first')}`,
    chatText('host'),
    `${chatText('second')},${chatText('left second')}`,
  ]);
  expect(blocks.map(phases).sort()).toEqual([['start'], ['start', 'gone'], ['start', 'gone']]);
  const separators = (await readTimeline(panel)).filter(({ cells }) => cells.Event === 'document');
  expect(separators.map(({ cells }) => cells.Summary?.split('?')[0]).sort()).toEqual([
    // A row says its origin before its words.
    `${new URL(server.origin).host}${server.origin}/page/shop`,
    `${new URL(server.otherOrigin).host}${server.otherOrigin}/page/widget`,
    `${new URL(server.otherOrigin).host}${server.otherOrigin}/page/widget`,
  ]);
});

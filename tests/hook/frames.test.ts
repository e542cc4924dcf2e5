import { describe, expect, test } from 'vitest';
import { until } from '../../scripts/browser/until.ts';
import { hooked, messagesIn, observations, openPanel, unbroken } from './hooked.ts';
import { chatText } from './server.ts';

interface Place {
  readonly http: string;
  readonly other: string;
  /** A script that chats over a socket as soon as it runs. */
  readonly script: string;
}

/** Chats from the first script of a frame, which tells its parent when its message has come back. */
function chatScript(origin: string, msg: string): string {
  const url = JSON.stringify(`${origin.replace('http', 'ws')}/rt`);
  return `{
    const socket = new WebSocket(${url});
    socket.onopen = () => socket.send(${JSON.stringify(chatText(msg))});
    socket.onmessage = () => (opener || parent).postMessage('heard', '*');
  }`;
}

/** In the page: makes one kind of frame with the script in it, and waits until it has chatted. */
const KINDS: Readonly<Record<string, (place: Place) => Promise<void>>> = {
  'an iframe of another origin': async ({ other, script }) => {
    const heard = new Promise((resolve) => addEventListener('message', resolve, { once: true }));
    const frame = document.createElement('iframe');
    frame.src = `${other}/page/script?run=${encodeURIComponent(script)}`;
    document.body.append(frame);
    await heard;
  },
  'a sandboxed iframe': async ({ http, script }) => {
    const heard = new Promise((resolve) => addEventListener('message', resolve, { once: true }));
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.src = `${http}/page/script?run=${encodeURIComponent(script)}`;
    document.body.append(frame);
    await heard;
  },
  'an about:blank iframe that the page writes into': async ({ script }) => {
    const heard = new Promise((resolve) => addEventListener('message', resolve, { once: true }));
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const element = frame.contentDocument?.createElement('script');
    if (!element) throw new Error('no document');
    element.textContent = script;
    frame.contentDocument?.body.append(element);
    await heard;
  },
  'a srcdoc iframe': async ({ script }) => {
    const heard = new Promise((resolve) => addEventListener('message', resolve, { once: true }));
    const frame = document.createElement('iframe');
    frame.srcdoc = `<script>${script}</script>`;
    document.body.append(frame);
    await heard;
  },
  'a sandboxed srcdoc iframe': async ({ script }) => {
    const heard = new Promise((resolve) => addEventListener('message', resolve, { once: true }));
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.srcdoc = `<script>${script}</script>`;
    document.body.append(frame);
    await heard;
  },
  'a blob: iframe': async ({ script }) => {
    const heard = new Promise((resolve) => addEventListener('message', resolve, { once: true }));
    const frame = document.createElement('iframe');
    frame.src = URL.createObjectURL(new Blob([`<script>${script}</script>`], { type: 'text/html' }));
    document.body.append(frame);
    await heard;
  },
  'a data: iframe': async ({ script }) => {
    const heard = new Promise((resolve) => addEventListener('message', resolve, { once: true }));
    const frame = document.createElement('iframe');
    frame.src = `data:text/html,${encodeURIComponent(`<script>${script}</script>`)}`;
    document.body.append(frame);
    await heard;
  },
  'an iframe written with document.open()': async ({ http, script }) => {
    const heard = new Promise((resolve) => addEventListener('message', resolve, { once: true }));
    const frame = document.createElement('iframe');
    frame.src = `${http}/page/frame`;
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    document.body.append(frame);
    await loaded;
    const inside = frame.contentDocument;
    if (!inside) throw new Error('no document');
    inside.open();
    inside.write(`<script>${script}</script>`);
    inside.close();
    await heard;
  },
};

/** By the browser's word; of the others it is the page's. */
const ORIGINS: Readonly<Record<string, 'other' | 'opaque'>> = {
  'an iframe of another origin': 'other',
  'a sandboxed iframe': 'opaque',
  'a sandboxed srcdoc iframe': 'opaque',
  'a data: iframe': 'opaque',
};

describe.each(Object.entries(KINDS))('chat in %s', (kind, make) => {
  test('is seen once, in a document of its own', async () => {
    const { browser, server } = await hooked();
    await browser.open(`${server.origin}/page`);
    const panel = await openPanel(browser);
    const script = chatScript(server.origin, 'framed');
    await browser.inPage(make, { http: server.origin, other: server.otherOrigin, script });
    const seen = await observations(panel, 'the answer', (all) => messagesIn(all).length > 0);
    expect(messagesIn(seen, 'out')).toEqual([chatText('framed')]);
    expect(messagesIn(seen)).toEqual([chatText('framed')]);
    expect(new Set(seen.map(({ documentId }) => documentId)).size).toBe(1);
    const { origin: own, otherOrigin: other } = server;
    const origin = { page: own, other, opaque: 'null' }[ORIGINS[kind] ?? 'page'];
    expect(seen[0]).toMatchObject({ kind: 'document', phase: 'start', top: false, origin });
    expect(seen[0]?.frame).not.toBe(0);
    expect(unbroken(seen)).toBe(true);
  });
});

test('chat in the page itself goes on after document.open()', async () => {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page`);
  const panel = await openPanel(browser);
  await browser.inPage(
    async ({ script }) => {
      document.open();
      document.write('<!doctype html><title>Rewritten</title><body></body>');
      document.close();
      const heard = new Promise((resolve) => addEventListener('message', resolve, { once: true }));
      const element = document.createElement('script');
      element.textContent = script;
      document.body.append(element);
      await heard;
    },
    { script: chatScript(server.origin, 'rewritten') },
  );
  const seen = await observations(panel, 'the answer', (all) => messagesIn(all).length > 0);
  expect(messagesIn(seen, 'out')).toEqual([chatText('rewritten')]);
  expect(messagesIn(seen)).toEqual([chatText('rewritten')]);
});

test('chat of a page that the server sandboxes and whose policy forbids scripts of others is seen', async () => {
  const { browser, server } = await hooked();
  const policy = "default-src 'none'; connect-src *; sandbox allow-scripts";
  await browser.open(`${server.origin}/page?csp=${encodeURIComponent(policy)}`);
  const panel = await openPanel(browser);
  await browser.inPage(
    async ({ url, body }) => {
      await (await fetch(url, { method: 'POST', body })).text();
    },
    { url: `${server.origin}/relay`, body: chatText('under a policy') },
  );
  const seen = await observations(panel, 'the exchange', (all) => all.some(({ kind }) => kind === 'end'));
  expect(seen.map(({ kind }) => kind)).toEqual(['document', 'request', 'response', 'body', 'end']);
});

test('workers are counted, before the panel opened and after, in frames too', async () => {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page`);
  const start = (inside: string) =>
    browser.inPage(
      async ({ page, script }) => {
        let realm: typeof globalThis = globalThis;
        if (page !== '') {
          const frame = document.createElement('iframe');
          frame.src = page;
          const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
          document.body.append(frame);
          await loaded;
          realm = frame.contentWindow as typeof window;
        }
        const worker = new realm.Worker(script);
        await new Promise((resolve) => worker.addEventListener('message', resolve));
      },
      { page: inside, script: `${server.origin}/script?text=postMessage(0)` },
    );
  await start('');
  const panel = await openPanel(browser);
  const workersSaid = (words: string) =>
    until(words, async () => (await panel.text({ css: '[role=status]' })).includes(words));
  await workersSaid('1 worker: ');
  await start('');
  await workersSaid('2 workers: ');
  await start(`${server.origin}/page/frame`);
  await workersSaid('3 workers: ');
});

test('a popup is a tab of its own: its chat is kept for its own panel, and counted here', async () => {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page`);
  const panel = await openPanel(browser);
  await browser.inPage(
    async ({ url }) => {
      const heard = new Promise((resolve) => addEventListener('message', resolve, { once: true }));
      // A person would click; the driver's evaluation counts as a person's gesture in neither browser.
      const link = document.createElement('a');
      link.href = url;
      link.target = '_blank';
      link.rel = 'opener';
      document.body.append(link);
      link.click();
      await heard;
    },
    {
      url: `${server.origin}/page/script?run=${encodeURIComponent(chatScript(server.origin, 'popup'))}`,
    },
  );
  const status = await until('the popup in the status line', async () => {
    const text = await panel.text({ css: '[role=status]' });
    return text.includes('popup') && text;
  });
  expect(status).toContain('0 events');
  expect(status).toContain('1 popup with its own panel');
});

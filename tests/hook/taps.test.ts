import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundleFor } from '../../scripts/browser/launch.ts';
import { until } from '../../scripts/browser/until.ts';
import { bundleFolder } from '../../scripts/build/bundle-folder.ts';
import type { Observation } from '../../src/observation/observation.ts';
import { BROWSER } from '../e2e/harness/inspection.ts';
import { hooked, messagesIn, observations, openPanel, unbroken } from './hooked.ts';
import { chatText } from './server.ts';

const requests = (all: readonly Observation[]) =>
  all.flatMap((each) => (each.kind === 'request' ? [each] : []));
const fromBase64 = (data: string): string => Buffer.from(data, 'base64').toString();

test('a fetch whose signal is aborted already is seen as given up, and leaves nothing open', async () => {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page`);
  const panel = await openPanel(browser);
  await browser.inPage(
    async ({ url, body }) => {
      const signal = AbortSignal.abort('no longer wanted');
      await fetch(url, { method: 'POST', body, signal }).catch(() => undefined);
      await fetch(new Request(url, { method: 'POST', body, signal })).catch(() => undefined);
    },
    { url: `${server.origin}/relay`, body: chatText('never sent') },
  );
  const aborts = (all: readonly Observation[]) =>
    all.flatMap((each) => (each.kind === 'abort' ? [each] : []));
  const seen = await observations(panel, 'both', (all) => aborts(all).length === 2);
  expect(aborts(seen).map(({ reason }) => reason)).toEqual(['no longer wanted', 'no longer wanted']);
  expect(aborts(seen).map(({ of }) => of)).toEqual(requests(seen).map(({ seq }) => seq));
  expect(server.heard).toEqual([]);
});

test('chat in the bytes of an ArrayBuffer shows that a socket, a fetch and a request are chat', async () => {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page`);
  const panel = await openPanel(browser);
  await browser.inPage(
    async ({ http, body }) => {
      const bytes = new TextEncoder().encode(body);
      const echoed = async (binaryType: BinaryType, data: ArrayBuffer | Uint8Array<ArrayBuffer>) => {
        const socket = new WebSocket(`${http.replace('http', 'ws')}/bytes/${binaryType}`);
        socket.binaryType = binaryType;
        await new Promise((resolve) => socket.addEventListener('open', resolve));
        const heard = new Promise((resolve) => socket.addEventListener('message', resolve));
        socket.send(data);
        await heard;
        socket.close();
      };
      // Bytes that are no text tell nothing, and a socket that says nothing else stays unseen.
      await echoed('arraybuffer', new Uint8Array([0, 1, 2, 3]));
      await echoed('arraybuffer', bytes.buffer);
      await echoed('blob', new Uint8Array(bytes));
      await (await fetch(`${http}/bytes/fetch`, { method: 'POST', body: bytes })).text();
      const xhr = new XMLHttpRequest();
      // Another origin, which has not shown chat.
      xhr.open('POST', `${http.replace('127.0.0.1', 'localhost')}/bytes/xhr`, false);
      xhr.send(bytes.buffer);
    },
    { http: server.origin, body: chatText('in bytes') },
  );
  const ends = (all: readonly Observation[]) => all.filter(({ kind }) => kind === 'end').length;
  const seen = await observations(
    panel,
    'every body',
    (all) => ends(all) === 2 && all.some((each) => each.kind === 'body' && each.role === 'frame'),
  );
  const frames = seen.flatMap((each) => (each.kind === 'frame' ? [each] : []));
  expect(frames.map(({ direction, payload }) => [direction, payload.encoding])).toEqual([
    ['out', 'base64'],
    ['in', 'base64'],
    ['out', 'base64'],
    ['in', 'later'],
  ]);
  const late = seen.flatMap((each) => (each.kind === 'body' && each.role === 'frame' ? [each] : []));
  expect(late.map(({ of }) => of)).toEqual([frames[3]?.seq]);
  const texts = [...frames.slice(0, 3), ...late].map(({ payload }) => fromBase64(payload.data));
  expect(texts).toEqual(Array.from({ length: 4 }, () => chatText('in bytes')));
  expect(requests(seen).map(({ transport, body }) => [transport, fromBase64(body?.data ?? '')])).toEqual([
    ['fetch', chatText('in bytes')],
    ['xhr', chatText('in bytes')],
  ]);
});

test('bytes of Blob frames are said in the order of their frames, large ones before small', async () => {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page`);
  const panel = await openPanel(browser);
  await browser.inPage(
    async ({ url, body }) => {
      const socket = new WebSocket(url);
      await new Promise((resolve) => socket.addEventListener('open', resolve));
      socket.send(body);
      for (let i = 0; i < 10; i++) socket.send(new Blob([`${i} `, 'x'.repeat(i % 2 === 0 ? 400_000 : 1)]));
    },
    { url: `${server.origin.replace('http', 'ws')}/clientweb/api/v1/rt`, body: chatText('first') },
  );
  const late = (all: readonly Observation[], from: 'in' | 'out') => {
    const frames = all.flatMap((each) =>
      each.kind === 'frame' && each.direction === from ? [each.seq] : [],
    );
    return all.flatMap((each) => (each.kind === 'body' && frames.includes(each.of) ? [each] : []));
  };
  const seen = await observations(panel, 'ten bodies', (all) => late(all, 'out').length === 10);
  const numbers = late(seen, 'out').map(({ payload }) => fromBase64(payload.data.slice(0, 4))[0]);
  expect(numbers).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
});

test('a pattern, a mark and "all traffic" from the settings reach the frames of an open page', async () => {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page`);
  const panel = await openPanel(browser);
  const ask = (path: string, body: string) =>
    browser.inPage(
      async ({ url, text }) => {
        await (await fetch(url, { method: 'POST', body: text })).text();
      },
      { url: `${server.origin}${path}`, text: body },
    );
  // Until the page has been told the request is unseen, so it is made again.
  const seenWith = async (settings: { [name: string]: string[] | boolean }, path: string, body: string) => {
    await panel.evaluate(async (value) => {
      await (globalThis as unknown as { chrome: typeof chrome }).chrome.storage.local.set({
        settings: value,
      });
    }, settings);
    await until(`${path} in the trace`, async () => {
      await ask(path, body);
      const all = await observations(panel, 'the trace', () => true);
      return requests(all).some(({ url }) => url.endsWith(path));
    });
  };
  await ask('/unseen', 'anything');
  await seenWith({ marks: ['"type":"talk"'] }, '/by-mark', '{"type":"talk"}');
  const before = await observations(panel, 'the trace', () => true);
  expect(requests(before).some(({ url }) => url.endsWith('/unseen'))).toBe(false);
  await browser.open(`${server.otherOrigin}/page`);
  await seenWith({ patterns: ['/custom/*/talk'] }, '/custom/relay/talk', 'anything');
  await browser.open(`${server.origin}/page/all`);
  await seenWith({ everything: true }, '/plain', 'anything');
});

test('an answer that the page has read is kept, though its signal is aborted right after', async () => {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page`);
  const panel = await openPanel(browser);
  const texts = Array.from({ length: 120 }, (_, at) => chatText(`${at} ${'x'.repeat((at % 3) * 2_000)}`));
  await browser.inPage(
    async ({ url, answers }) => {
      const poll = async (text: string, signal: AbortSignal) => {
        const held = `${url}?text=${encodeURIComponent(text)}`;
        const answer = await fetch(held, { cache: 'no-store', signal });
        if ((await answer.text()) !== text) throw new Error('not the answer');
      };
      // Six chats at once, each giving its poll up as soon as it has the answer.
      const chats = Array.from({ length: 6 }, async (_, chat) => {
        for (let at = chat; at < answers.length; at += 6) {
          const giveUp = new AbortController();
          await poll(answers[at] ?? '', giveUp.signal);
          giveUp.abort();
        }
      });
      await Promise.all(chats);
    },
    { url: `${server.origin}/clientweb/api/v1/poll`, answers: texts },
  );
  const over = (all: readonly Observation[]) =>
    all.filter(({ kind }) => kind === 'end' || kind === 'abort').length;
  const seen = await observations(panel, 'every exchange', (all) => over(all) === texts.length);
  const read = seen.flatMap((each) => (each.kind === 'body' ? [each.payload.data] : []));
  expect(read.sort()).toEqual([...texts].sort());
  expect(seen.filter(({ kind }) => kind === 'abort')).toEqual([]);
});

test('two copies of the hook in one realm, and libraries that patch after them, see everything once', async () => {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page`);
  const panel = await openPanel(browser);
  await browser.inPage(
    async ({ http, hook, body }) => {
      const run = (text: string) => {
        const script = document.createElement('script');
        script.textContent = text;
        document.head.append(script);
      };
      run(hook);
      // As zone.js does: listeners are wrapped, handlers and methods of the prototypes are replaced.
      const { addEventListener } = EventTarget.prototype;
      EventTarget.prototype.addEventListener = function (this: EventTarget, type, listener, options) {
        const wrapped =
          typeof listener === 'function' ? (event: Event) => listener.call(this, event) : listener;
        addEventListener.call(this, type, wrapped, options);
      };
      const { send } = XMLHttpRequest.prototype;
      XMLHttpRequest.prototype.send = function (this: XMLHttpRequest, data) {
        send.call(this, data);
      };
      const { fetch: before } = window;
      window.fetch = (...args) => before(...args).then((answer) => answer);
      run(hook);
      const socket = new WebSocket(`${http.replace('http', 'ws')}/rt`);
      await new Promise((resolve) => socket.addEventListener('open', resolve));
      const heard = new Promise((resolve) => socket.addEventListener('message', resolve));
      socket.send(body);
      await heard;
      await (await fetch(`${http}/relay`, { method: 'POST', body })).text();
      const xhr = new XMLHttpRequest();
      xhr.open('POST', `${http}/relay`);
      xhr.send(body);
      await new Promise((resolve) => xhr.addEventListener('loadend', resolve));
    },
    {
      http: server.origin,
      hook: readFileSync(join(bundleFolder(bundleFor(BROWSER)), 'src/capture/hook.iife.js'), 'utf8'),
      body: chatText('once'),
    },
  );
  const ends = (all: readonly Observation[]) => all.filter(({ kind }) => kind === 'end').length;
  const seen = await observations(panel, 'everything', (all) => ends(all) >= 2);
  expect(messagesIn(seen, 'out')).toEqual([chatText('once')]);
  expect(messagesIn(seen)).toEqual([chatText('once')]);
  expect(requests(seen).map(({ transport }) => transport)).toEqual(['fetch', 'xhr']);
  expect(ends(seen)).toBe(2);
  expect(new Set(seen.map(({ documentId }) => documentId)).size).toBe(1);
  expect(unbroken(seen)).toBe(true);
});
